/** One round of sync: plan, then the text of every visit, then photos, then what is new. */

import { listOutbox, type OutboxLine } from '../outbox/records'
import { currentAccountId, eraseAccess } from '../store/enrolment'
import { fetchForms, fetchStations } from './downloads'
import type { Onward, Outcome, Parts } from './parts'
import { askPlan, type Known } from './plan'
import { sendPhoto } from './photos'
import { sendText } from './texts'

/** `by_hand`: the person pressed the button, so waits are not waited for and held photos are tried once more. */
export type Round = { by_hand: boolean }

export async function runRound(parts: Parts, round: Round): Promise<Outcome> {
  const account_id = await currentAccountId(parts.database)
  if (account_id === null) return 'not_enrolled'
  const onward = await sendAll(parts, account_id, round)
  const after = onward === 'go_on' ? await fetchNews(parts) : onward
  if (after === 'revoked') {
    await eraseAccess(parts.database, parts.now())
    return 'revoked'
  }
  if (after === 'offline') return 'offline'
  const left = await listOutbox(parts.database, account_id)
  if (left.some(isUnsettled)) return 'waiting'
  return left.some(({ record, photos }) => record.state === 'refused' || photos.length > 0) ? 'mending' : 'all_sent'
}

/** Is there still something that a later round would send? */
export function isUnsettled({ record, photos }: OutboxLine): boolean {
  if (record.state === 'refused') return false
  return record.state === 'ready' || photos.some((photo) => !photo.held)
}

async function sendAll(parts: Parts, account_id: string, round: Round): Promise<Onward> {
  const lines = (await listOutbox(parts.database, account_id)).filter((line) => round.by_hand || isUnsettled(line))
  if (lines.length === 0) return 'go_on'
  const { onward, known } = await askPlan(parts, lines)
  if (onward !== 'go_on') return onward
  const texts = await sendTexts(parts, lines, known, round)
  return texts === 'go_on' ? sendPhotos(parts, account_id, known, round) : texts
}

async function sendTexts(parts: Parts, lines: OutboxLine[], known: Known, round: Round): Promise<Onward> {
  for (const { record, photos } of lines) {
    const due = round.by_hand || record.next_try_at <= parts.now().getTime()
    // The server has a photo whole, but the answer that promised so was lost: the record's receipt promises it again.
    const promiseLost = record.state === 'acknowledged' && photos.some((photo) => known.complete.has(photo.sha256))
    if ((record.state === 'ready' && due) || promiseLost) {
      const onward = await sendText(parts, record)
      if (onward !== 'go_on') return onward
    }
  }
  return 'go_on'
}

/** Photos of records whose text has arrived; each is read from the disk alone, so memory stays bounded. */
async function sendPhotos(parts: Parts, account_id: string, known: Known, round: Round): Promise<Onward> {
  for (const { record, photos } of await listOutbox(parts.database, account_id)) {
    if (record.state !== 'acknowledged' && record.state !== 'kept_aside') continue
    for (const { sha256 } of photos) {
      const photo = await parts.database.get('photos', [record.id, sha256])
      if (!photo) continue
      const due = round.by_hand || (!photo.held && photo.next_try_at <= parts.now().getTime())
      if (!due) continue
      const onward = await sendPhoto(parts, photo, known.offsets.get(sha256) ?? null)
      if (onward !== 'go_on') return onward
    }
  }
  return 'go_on'
}

async function fetchNews(parts: Parts): Promise<Onward> {
  const forms = await fetchForms(parts)
  return forms === 'go_on' ? fetchStations(parts) : forms
}
