/** Bringing down what is new, and only what the plan said is new. */

import type { Plan } from '../api/wire'
import { isFull } from '../device/storage'
import { readSetting, writeSetting } from '../store/database'
import { keepChanges, keepForms, keepGround, keepMonths } from '../store/downloads'
import { Locked } from '../store/vault'
import { fetchTaskPhotos } from './last_photos'
import { leave, type Onward, type Parts } from './parts'

const MOST_PAGES = 200
const GROUND_EVERY_MS = 24 * 3_600_000

export async function fetchNews(parts: Parts, news: Plan['news']): Promise<Onward> {
  const steps = [
    news.forms ? fetchForms : null,
    news.changes ? fetchChanges : null,
    news.months ? fetchMonths : null,
    fetchGround,
    news.changes ? fetchTaskPhotos : null,
  ]
  let trouble: Onward = 'go_on'
  for (const step of steps) {
    try {
      const onward = step ? await step(parts) : 'go_on'
      if (onward !== 'go_on') return onward
    } catch (reason) {
      if (reason instanceof Locked) throw reason
      // What has no room is not fetched; what failed otherwise holds up nothing else.
      if (isFull(reason)) return 'full'
      console.error(reason)
      trouble = 'broken'
    }
  }
  return trouble
}

async function fetchForms(parts: Parts): Promise<Onward> {
  const reply = await parts.api.forms(await readSetting(parts.database, 'forms_etag'))
  if (reply.kind === 'ok') await keepForms(parts.database, reply.body.forms, reply.headers.get('ETag'))
  return leave(reply)
}

/** Go on from the cursor, page by page; each page is kept with its cursor, so a walk that breaks off is gone on with. */
async function fetchChanges(parts: Parts): Promise<Onward> {
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const cursor = await readSetting(parts.database, 'cursor')
    const reply = await parts.api.changes(cursor)
    if (reply.kind !== 'ok') return leave(reply)
    await keepChanges(parts.database, reply.body, cursor === null)
    if (!reply.body.more || reply.body.cursor === cursor) return 'go_on'
  }
  return 'go_on'
}

async function fetchMonths(parts: Parts): Promise<Onward> {
  const reply = await parts.api.months()
  if (reply.kind === 'ok') await keepMonths(parts.database, reply.body)
  return leave(reply)
}

/** The ground changes with the map, not with the day: asked for at most once a day, or when the phone changes hands. */
async function fetchGround(parts: Parts): Promise<Onward> {
  const { database, now } = parts
  const account = (await readSetting(database, 'enrolment'))?.account
  // An owner draws no map.
  if (!account || account.role === 'owner') return 'go_on'
  const asked = await readSetting(database, 'ground_asked')
  const age_ms = asked?.unit_code === account.unit_code ? now().getTime() - Date.parse(asked.at) : NaN
  // Asked in the future: the phone's clock ran ahead then.
  if (age_ms >= 0 && age_ms < GROUND_EVERY_MS) return 'go_on'
  const reply = await parts.api.ground(await readSetting(database, 'ground_etag'))
  if (reply.kind === 'ok') await keepGround(database, reply.body, reply.headers.get('ETag'))
  if (reply.kind !== 'failed' && leave(reply) === 'go_on') {
    await writeSetting(database, 'ground_asked', { at: now().toISOString(), unit_code: account.unit_code })
  }
  return leave(reply)
}
