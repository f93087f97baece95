/** Bringing forms and stations down, only what changed: each page of the list has its own tag. */

import type { Station } from '../api/wire'
import { readSetting, type StationPage } from '../store/database'
import { keepForms, keepStations, listPages } from '../store/downloads'
import type { Onward, Parts } from './parts'

const MOST_PAGES = 200

export async function fetchForms(parts: Parts): Promise<Onward> {
  const reply = await parts.api.forms(await readSetting(parts.database, 'forms_etag'))
  if (reply.kind === 'ok') await keepForms(parts.database, reply.body.forms, reply.headers.get('ETag'))
  return reply.kind === 'offline' || reply.kind === 'revoked' ? reply.kind : 'go_on'
}

/** Walk the pages. A walk that breaks off keeps the list as it was: half a list would look like removals. */
export async function fetchStations(parts: Parts): Promise<Onward> {
  const before = new Map((await listPages(parts.database)).map((page) => [page.after, page]))
  const pages: StationPage[] = []
  const changed: Station[] = []
  let after = ''
  let as_of: string | null = null
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const known = before.get(after)
    const reply = await parts.api.stations(after || null, known?.etag ?? null)
    if (reply.kind === 'offline' || reply.kind === 'revoked') return reply.kind
    if (reply.kind === 'not_modified' && known) {
      pages.push(known)
    } else if (reply.kind === 'ok') {
      const { stations, next } = reply.body
      changed.push(...stations)
      as_of = reply.body.as_of ?? as_of
      pages.push({ after, etag: reply.headers.get('ETag'), next: typeof next === 'number' ? String(next) : null, codes: stations.map(({ code }) => code) })
    } else {
      return 'go_on'
    }
    const next = pages[pages.length - 1]?.next ?? null
    if (next === null || pages.some((page) => page.after === next)) {
      await keepStations(parts.database, changed, pages, as_of)
      return 'go_on'
    }
    after = next
  }
  return 'go_on'
}
