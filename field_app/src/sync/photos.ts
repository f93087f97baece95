/** Sending photos in pieces that go on where they stopped; one after the other, each named by its SHA-256. */

import { isBusy, NOT_OURS, type Reply } from '../api/reply'
import type { MediaReceipt, Problem } from '../api/wire'
import { dropSentPhoto, keepPhotoFailure, keepPhotoProgress, keepPreviewState } from '../outbox/progress'
import type { PhotoLine } from '../store/database'
import { Locked } from '../store/vault'
import { FIRST_PIECE_BYTES, sizeNextPiece, waitAfter } from './backoff'
import { leave, type Onward, type Parts } from './parts'

/** Answers that moved nothing forward before the photo is left for a later round. */
const STANDSTILLS = 3

/** Times that a photo is tried to be read before it is left to the person. */
const READS = 3

/** The piece size that suited the line; it lasts as long as the page. */
let piece_bytes = FIRST_PIECE_BYTES

/** Send the small picture of a photo; `busy` where the server wants no more of them now. It is a comfort: no second try. */
export async function sendPreview(parts: Parts, photo: PhotoLine): Promise<Onward | 'busy'> {
  // What cannot be read is told when the photo itself has its turn.
  const row = await readBytes(parts, photo).catch(() => null)
  const preview = row?.preview
  if (!preview) {
    await keepPreviewState(parts.database, photo, 'none')
    return 'go_on'
  }
  const reply = await parts.api.putPreview(photo.sha256, preview)
  const onward = leave(reply)
  if (onward !== 'go_on') return onward
  if (reply.kind === 'failed' && (isBusy(reply.problem) || reply.problem.code === NOT_OURS)) return 'busy'
  await keepPreviewState(parts.database, photo, reply.kind === 'ok' ? 'sent' : 'refused')
  return 'go_on'
}

const readBytes = ({ database }: Parts, { visit_id, sha256 }: PhotoLine) => database.get('photos', [visit_id, sha256])

/**
 * Send one photo from `offset`, the bytes the server already has; null when that is not known. A photo that the phone
 * itself cannot read holds up no other: that is kept with it, and a lost one is tried again only by hand.
 */
export async function sendPhoto(parts: Parts, photo: PhotoLine, offset: number | null): Promise<Onward> {
  let bytes: ArrayBuffer | undefined
  try {
    bytes = (await readBytes(parts, photo))?.bytes
  } catch (reason) {
    console.error(reason)
    await keepUnreadable(parts, photo, photo.tries >= READS)
    return 'go_on'
  }
  if (!bytes || bytes.byteLength !== photo.size) {
    // Sent by another page in the meantime, its line is gone as well and there is nothing to tell.
    await keepUnreadable(parts, photo, true)
    return 'go_on'
  }
  try {
    return await sendBytes(parts, photo, bytes, offset)
  } catch (reason) {
    if (reason instanceof Locked) throw reason
    console.error(reason)
    await keepLater(parts, photo, { code: 'PHONE_FAILED', status: 0 }, null)
    return 'go_on'
  }
}

async function keepUnreadable(parts: Parts, photo: PhotoLine, for_good: boolean): Promise<void> {
  const problem: Problem = { code: 'PHOTO_UNREADABLE', status: 0 }
  await (for_good ? holdPhoto(parts, photo, problem) : keepLater(parts, photo, problem, null))
}

async function sendBytes(parts: Parts, photo: PhotoLine, bytes: ArrayBuffer, offset: number | null): Promise<Onward> {
  let from = offset ?? (await parts.api.mediaOffset(photo.sha256)) ?? 0
  let standstills = 0
  while (standstills < STANDSTILLS) {
    // A server that claims all bytes without saying «durable» is asked again with the last piece.
    const repeated = from >= photo.size
    if (repeated) from = Math.max(0, photo.size - piece_bytes)
    const piece = bytes.slice(from, from + piece_bytes)
    const begun = parts.now().getTime()
    const reply = await parts.api.putPiece(photo.sha256, photo.mime, piece, from, photo.size)
    const took_ms = parts.now().getTime() - begun
    const step = await judgePiece(parts, photo, from, reply)
    // A line that died under a piece may carry a smaller one.
    if (reply.kind === 'ok' || reply.kind === 'offline') piece_bytes = sizeNextPiece(piece_bytes, piece.byteLength, reply.kind === 'ok' ? took_ms : null)
    if (typeof step === 'string') return step
    if (repeated || step.from <= from) standstills += 1
    from = step.from
  }
  await keepLater(parts, photo, { code: 'PHOTO_OFFSET', status: 409 }, null)
  return 'go_on'
}

type Step = Onward | { from: number }

async function judgePiece(parts: Parts, photo: PhotoLine, from: number, reply: Reply<MediaReceipt>): Promise<Step> {
  switch (reply.kind) {
    case 'ok':
      return judgeReceipt(parts, photo, reply.body)
    case 'offline':
    case 'revoked':
      return leave(reply)
    case 'not_modified':
      return { from }
    case 'failed': {
      const offset = reply.problem.details?.['offset']
      if (reply.problem.code === 'PHOTO_OFFSET' && Number.isInteger(offset)) {
        return { from: Math.min(Math.max(0, offset as number), photo.size) }
      }
      await keepLater(parts, photo, reply.problem, reply.retry_after_s)
      return 'go_on'
    }
    case 'refused':
      await holdPhoto(parts, photo, reply.problem)
      return 'go_on'
  }
}

async function judgeReceipt(parts: Parts, photo: PhotoLine, receipt: MediaReceipt): Promise<Step> {
  if (receipt.complete && receipt.durable && receipt.sha256 === photo.sha256) {
    await dropSentPhoto(parts.database, photo, parts.now())
    return 'go_on'
  }
  const received = Math.min(Math.max(0, receipt.received_bytes), photo.size)
  await keepPhotoProgress(parts.database, photo, received)
  return { from: received }
}

/** Refused for good, as far as a program can tell: it stays on the phone, and is tried again only by hand. */
async function holdPhoto(parts: Parts, photo: PhotoLine, problem: Problem): Promise<void> {
  await keepPhotoFailure(parts.database, photo, problem, 0, true)
}

async function keepLater(parts: Parts, photo: PhotoLine, problem: Problem, retry_after_s: number | null): Promise<void> {
  const next = parts.now().getTime() + waitAfter(photo.tries, parts.random(), retry_after_s)
  await keepPhotoFailure(parts.database, photo, problem, next, false)
}
