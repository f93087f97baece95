/** One round of sync: plan, then the text of every record, then previews, then photos, then what is new. */

import { fallBack } from '../outbox/progress'
import { listOutbox, type OutboxLine } from '../outbox/records'
import { readSetting } from '../store/database'
import type { PhotoLine } from '../store/database'
import { currentAccountId, eraseAccess } from '../store/enrolment'
import { fetchNews } from './news'
import type { Onward, Outcome, Parts } from './parts'
import { sendPhoto, sendPreview } from './photos'
import { askPlan, type Known } from './plan'
import { sendTexts } from './texts'

/** `by_hand`: the person pressed the button, so waits are not waited for and held photos are tried once more. */
export type Round = { by_hand: boolean }

export async function runRound(parts: Parts, round: Round): Promise<Outcome> {
  const account_id = await currentAccountId(parts.database)
  if (account_id === null) return 'not_enrolled'
  await fallBack(parts.database)
  const onward = await exchange(parts, account_id, round)
  // What a line that died left under way waits like the rest.
  await fallBack(parts.database)
  if (onward === 'revoked' || onward === 'erased') {
    await eraseAccess(parts.database, parts.now(), onward === 'erased')
    return 'revoked'
  }
  if (onward !== 'go_on') return onward
  return judgeRest(await listOutbox(parts.database, account_id), await holdsPhotosBack(parts, round))
}

/** What is left says how the round ended. */
function judgeRest(left: OutboxLine[], photos_wait: boolean): Outcome {
  const unsettled = left.filter(isUnsettled)
  if (unsettled.length > 0) return photos_wait && !unsettled.some(({ record }) => record.state === 'ready') ? 'wifi' : 'waiting'
  return left.some(({ record, photos }) => record.state === 'refused' || photos.length > 0) ? 'mending' : 'all_sent'
}

/** Is there still something that a later round would send? */
export function isUnsettled({ record, photos }: OutboxLine): boolean {
  if (record.state === 'refused') return false
  return record.state === 'ready' || record.state === 'sending' || photos.some((photo) => !photo.held)
}

async function exchange(parts: Parts, account_id: string, round: Round): Promise<Onward> {
  const lines = (await listOutbox(parts.database, account_id)).filter((line) => round.by_hand || isUnsettled(line))
  const { onward, known } = await askPlan(parts, lines)
  if (onward !== 'go_on') return onward
  if (lines.length > 0) {
    const sent = await sendAll(parts, account_id, lines, known, round)
    if (sent !== 'go_on') return sent
  }
  return fetchNews(parts, known.news)
}

async function sendAll(parts: Parts, account_id: string, lines: OutboxLine[], known: Known, round: Round): Promise<Onward> {
  const now = parts.now().getTime()
  const texts = lines.filter(({ record, photos }) => {
    const due = round.by_hand || record.next_try_at <= now
    // The server has a photo whole, but the answer that promised so was lost: the record's receipt promises it again.
    const promiseLost = record.state === 'acknowledged' && photos.some((photo) => known.complete.has(photo.sha256))
    return (record.state === 'ready' && due) || promiseLost
  })
  const sent = await sendTexts(parts, texts.map(({ record }) => record))
  if (sent !== 'go_on') return sent
  const photos = await listArrivedPhotos(parts, account_id)
  for (const photo of photos) {
    if (photo.preview !== 'waiting' || photo.held || known.seen.has(photo.sha256)) continue
    const onward = await sendPreview(parts, photo)
    if (onward !== 'go_on') return onward
  }
  return (await holdsPhotosBack(parts, round)) ? 'go_on' : sendPhotos(parts, photos, known, round)
}

/** Photos of records whose text has arrived, oldest record first. */
async function listArrivedPhotos(parts: Parts, account_id: string): Promise<PhotoLine[]> {
  const lines = (await listOutbox(parts.database, account_id)).filter(
    ({ record }) => record.state === 'acknowledged' || record.state === 'kept_aside',
  )
  return lines.map(({ photos }) => photos).reduce((all, some) => all.concat(some), [])
}

/** Each is read from the disk alone, so memory stays bounded. */
async function sendPhotos(parts: Parts, photos: PhotoLine[], known: Known, round: Round): Promise<Onward> {
  for (const photo of photos) {
    const due = round.by_hand || (!photo.held && photo.next_try_at <= parts.now().getTime())
    if (!due) continue
    const onward = await sendPhoto(parts, photo, known.offsets.get(photo.sha256) ?? null)
    if (onward !== 'go_on') return onward
  }
  return 'go_on'
}

/** Where photos go over Wi-Fi only and the phone is not there, or cannot say so, they wait; the button sends them. */
async function holdsPhotosBack(parts: Parts, round: Round): Promise<boolean> {
  return !round.by_hand && (await readSetting(parts.database, 'photos_over')) === 'wifi' && parts.line() !== 'wifi'
}
