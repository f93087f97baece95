/** One round of sync: plan, then the text of every record, then previews, then photos, then what is new. */

import { dropSentPhoto, fallBack, finishArrived } from '../outbox/progress'
import { hidesSome, listOutbox, type OutboxLine } from '../outbox/records'
import { readSetting } from '../store/database'
import type { OutboxRecord, PhotoLine } from '../store/database'
import { currentAccountId, eraseAccess } from '../store/enrolment'
import { isLocked } from '../store/vault'
import { isOver } from './backoff'
import { registerKey } from './key'
import { fetchNews } from './news'
import type { Onward, Outcome, Parts } from './parts'
import { sendPhoto, sendPreview } from './photos'
import { askPlan, type Known } from './plan'
import { sendTexts } from './texts'
import { watchLocked } from './watch'

/** `by_hand`: the person pressed the button, so waits are not waited for and held photos are tried once more. */
export type Round = { by_hand: boolean }

export async function runRound(parts: Parts, round: Round): Promise<Outcome> {
  const account_id = await currentAccountId(parts.database)
  if (account_id === null) return 'not_enrolled'
  if (await isLocked(parts.database)) return watchLocked(parts)
  await fallBack(parts.database)
  await finishArrived(parts.database, parts.now())
  let onward: Onward
  try {
    onward = await exchange(parts, account_id, round)
  } finally {
    // What a line that died left under way waits like the rest.
    await fallBack(parts.database)
  }
  if (onward === 'revoked' || onward === 'erased') {
    await eraseAccess(parts.database, parts.now(), onward === 'erased')
    return 'revoked'
  }
  if (onward !== 'go_on') return onward
  const outcome = judgeRest(await listOutbox(parts.database, account_id), await holdsPhotosBack(parts, round))
  return outcome === 'all_sent' && (await hidesSome(parts.database)) ? 'broken' : outcome
}

/** What is left says how the round ended. */
function judgeRest(left: OutboxLine[], photos_wait: boolean): Outcome {
  const unsettled = left.filter(isUnsettled)
  if (unsettled.length > 0) return photos_wait && !unsettled.some(({ record }) => isToSend(record)) ? 'wifi' : 'waiting'
  return left.some(({ record, photos }) => record.state === 'refused' || photos.length > 0) ? 'mending' : 'all_sent'
}

/** Is there still something that a later round would send? */
export function isUnsettled({ record, photos }: OutboxLine): boolean {
  if (record.state === 'refused') return false
  return isToSend(record) || photos.some((photo) => !photo.held)
}

/** One that is «under way» at the beginning of a round was left so by a killed page. */
const isToSend = ({ state }: OutboxRecord): boolean => state === 'ready' || state === 'sending'

async function exchange(parts: Parts, account_id: string, round: Round): Promise<Onward> {
  const now = parts.now().getTime()
  const photos_wait = await holdsPhotosBack(parts, round)
  const lines = (await listOutbox(parts.database, account_id)).filter((line) => round.by_hand || isDue(line, now, photos_wait))
  const { onward, known } = await askPlan(parts, lines)
  if (onward !== 'go_on') return onward
  const registered = await registerKey(parts)
  if (registered !== 'go_on') return registered
  for (const photo of lines.map(({ photos }) => photos).reduce((all, some) => all.concat(some), [])) {
    // The plan's promise is as good as the answer to the last piece, which a dead line may have swallowed.
    if (known.complete.has(photo.sha256)) await dropSentPhoto(parts.database, photo, parts.now())
  }
  const sent = lines.length > 0 ? await sendAll(parts, account_id, lines, known, round) : 'go_on'
  return sent === 'go_on' ? fetchNews(parts, known.news) : sent
}

/** Is there something of this record to be sent now, rather than after the wait that the last failure set? */
function isDue({ record, photos }: OutboxLine, now: number, photos_wait: boolean): boolean {
  if (isToSend(record)) return isOver(record.next_try_at, now)
  if (record.state === 'refused') return false
  return photos.some((photo) => !photo.held && isOver(photo.next_try_at, now) && (!photos_wait || photo.preview === 'waiting'))
}

async function sendAll(parts: Parts, account_id: string, lines: OutboxLine[], known: Known, round: Round): Promise<Onward> {
  const texts = await sendTexts(parts, lines.map(({ record }) => record).filter(isToSend))
  if (texts !== 'go_on') return texts
  const now = parts.now().getTime()
  const photos = (await listArrivedPhotos(parts, account_id)).filter(
    (photo) => round.by_hand || (!photo.held && isOver(photo.next_try_at, now)),
  )
  const previews = await sendPreviews(parts, photos.filter(({ preview, sha256 }) => preview === 'waiting' && !known.seen.has(sha256)))
  if (previews !== 'go_on') return previews
  return sendPhotos(parts, photos, known, round)
}

async function sendPreviews(parts: Parts, photos: PhotoLine[]): Promise<Onward> {
  for (const photo of photos) {
    const onward = await sendPreview(parts, photo)
    if (onward === 'busy') return 'go_on'
    if (onward !== 'go_on') return onward
  }
  return 'go_on'
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
    // Asked before each: somebody walks out of the shop's Wi-Fi while the first is under way.
    if (await holdsPhotosBack(parts, round)) return 'go_on'
    const onward = await sendPhoto(parts, photo, known.offsets.get(photo.sha256) ?? (known.asked ? 0 : null))
    if (onward !== 'go_on') return onward
  }
  return 'go_on'
}

/** Where photos go over Wi-Fi only and the phone is not there, or cannot say so, they wait; the button sends them. */
async function holdsPhotosBack(parts: Parts, round: Round): Promise<boolean> {
  return !round.by_hand && (await readSetting(parts.database, 'photos_over')) === 'wifi' && parts.line() !== 'wifi'
}
