/** How far a record has come. It leaves the phone only when the server holds all of it for good. */

import type { Problem } from '../api/wire'
import { announce } from '../store/changes'
import { type AnyReceipt, type Database, type OutboxRecord, type PhotoLine, type ReceiptRow, STRICT } from '../store/database'
import { sealProblem, sealReceipt } from '../store/private_rows'
import { photosOf, readRecords } from './records'
import { asKnown, forget, ifRoom, lateReceipts, putOff, remember, wasWritten } from './unwritten'

const RECEIPTS_KEPT = 300
const PHOTO_TABLES = ['photos', 'photo_lines'] as const

async function changeRecord(database: Database, id: string, alter: (record: OutboxRecord) => OutboxRecord): Promise<void> {
  let altered: OutboxRecord | null = null
  try {
    const change = database.transaction('records', 'readwrite', STRICT)
    const found = await change.store.get(id)
    altered = found ? alter(asKnown(found)) : null
    await Promise.all([altered && change.store.put(altered), change.done])
    forget(id)
  } catch (reason) {
    if (!altered) throw reason
    remember(altered)
  }
  announce('outbox')
}

/** Show that the bytes of these records are under way. A mark for the eye, so it need not survive a flat battery. */
export async function markSending(database: Database, ids: string[]): Promise<void> {
  await ifRoom(async () => {
    const change = database.transaction('records', 'readwrite')
    const found = await Promise.all(ids.map((id) => change.store.get(id)))
    const ready = found.filter((record): record is OutboxRecord => record?.state === 'ready')
    await Promise.all([...ready.map((record) => change.store.put({ ...record, state: 'sending' })), change.done])
  })
  announce('outbox')
}

/** What a killed page or a dead line left under way is ready again; nobody knows how far it came. */
export async function fallBack(database: Database): Promise<void> {
  // Where there is no room for that, a round takes what is under way for ready all the same.
  await ifRoom(async () => {
    const change = database.transaction('records', 'readwrite')
    const under_way = (await change.store.getAll()).filter((record) => record.state === 'sending')
    await Promise.all([...under_way.map((record) => change.store.put({ ...record, state: 'ready' })), change.done])
    if (under_way.length > 0) announce('outbox')
  })
}

/** A page that was killed between the last promise and the line of receipt left the record waiting for nothing. */
export async function finishArrived(database: Database, now: Date): Promise<void> {
  for (const { id, state } of (await readRecords(database)).map(asKnown)) {
    if (state === 'acknowledged' && (await database.countFromIndex('photo_lines', 'visit_id', id)) === 0) await finishRecord(database, id, now)
  }
}

/**
 * The server holds the text for good; photos it names as received are held as well and leave the phone. On a full phone
 * these leave first, since only that makes room.
 */
export async function keepReceipt(database: Database, id: string, answer: AnyReceipt, now: Date): Promise<void> {
  const receipt = await sealReceipt(answer)
  const arrived = photosOf(receipt).filter(({ received }) => received).map(({ sha256 }) => sha256)
  let written: OutboxRecord[] = []
  const write = async (): Promise<void> => {
    const change = database.transaction(['records', ...PHOTO_TABLES], 'readwrite', STRICT)
    const found = await change.objectStore('records').get(id)
    const others = found && 'version' in receipt ? await change.objectStore('records').getAll() : []
    written = found ? [acknowledge(asKnown(found), receipt), ...followUp(others.map(asKnown), asKnown(found), receipt)] : []
    await Promise.all([
      ...written.map((record) => change.objectStore('records').put(record)),
      ...(found ? arrived : []).map((sha256) => change.objectStore('photos').delete([id, sha256])),
      ...(found ? arrived : []).map((sha256) => change.objectStore('photo_lines').delete([id, sha256])),
      change.done,
    ])
    written.forEach((record) => forget(record.id))
  }
  if (!(await ifRoom(write))) {
    written.forEach(remember)
    for (const sha256 of arrived) await deletePhoto(database, id, sha256)
    await ifRoom(write)
  }
  await finishRecord(database, id, now)
}

const acknowledge = (record: OutboxRecord, receipt: AnyReceipt): OutboxRecord =>
  ({ ...record, state: 'acknowledged', receipt, problem: null, tries: 0, next_try_at: 0 })

/** A later filing of the same month, made before this one was answered, had this very version before the eyes. */
function followUp(records: OutboxRecord[], first: OutboxRecord, receipt: AnyReceipt): OutboxRecord[] {
  if (!('version' in receipt)) return []
  return records
    .filter((later) =>
      later.kind === 'month' && later.id !== first.id && later.account_id === first.account_id
      && later.station_code === first.station_code && later.period === first.period
      && (later.state === 'ready' || later.state === 'sending')
      && later.seen_version === first.seen_version && later.captured_at > first.captured_at)
    .map((later) => ({ ...later, seen_version: receipt.version }))
}

/** The server keeps the whole body for a person to settle: it is not sent again, and stays visible here with the reason. */
export async function keepAside(database: Database, id: string, quarantine_id: string, reason: Problem | null): Promise<void> {
  const problem = reason && (await sealProblem(reason))
  return changeRecord(database, id, (record) => ({ ...record, state: 'kept_aside', quarantine_id, problem }))
}

export async function keepRefusal(database: Database, id: string, reason: Problem): Promise<void> {
  const problem = await sealProblem(reason)
  return changeRecord(database, id, (record) => ({ ...record, state: 'refused', problem }))
}

/** Sending did not work this time; try again at `next_try_at` (milliseconds since 1970). */
export async function keepFailure(database: Database, id: string, reason: Problem, next_try_at: number): Promise<void> {
  const problem = await sealProblem(reason)
  return changeRecord(database, id, (record) => ({
    ...record,
    state: record.state === 'sending' ? 'ready' : record.state,
    problem,
    next_try_at,
    tries: record.tries + 1,
  }))
}

async function changeLine(database: Database, visit_id: string, sha256: string, alter: (line: PhotoLine) => PhotoLine): Promise<void> {
  // What is lost of a photo's marks costs a question to the server, never a photo.
  await ifRoom(async () => {
    const change = database.transaction('photo_lines', 'readwrite', STRICT)
    const found = await change.store.get([visit_id, sha256])
    await Promise.all([found && change.store.put(alter(found)), change.done])
  })
  announce('outbox')
}

export function keepPhotoFailure(
  database: Database,
  { visit_id, sha256 }: PhotoLine,
  problem: Problem,
  next_try_at: number,
  held: boolean,
): Promise<void> {
  return changeLine(database, visit_id, sha256, (line) => ({ ...line, problem, next_try_at, held, tries: line.tries + 1 }))
}

/** How far the server has a photo. Only for the eye: the server's own answer decides where to go on. */
export function keepPhotoProgress(database: Database, { visit_id, sha256 }: PhotoLine, sent_bytes: number): Promise<void> {
  return changeLine(database, visit_id, sha256, (line) => ({ ...line, sent_bytes, problem: null }))
}

export function keepPreviewState(database: Database, { visit_id, sha256 }: PhotoLine, preview: PhotoLine['preview']): Promise<void> {
  return changeLine(database, visit_id, sha256, (line) => ({ ...line, preview }))
}

/** The server holds this photo for good: its bytes may leave the phone. */
export async function dropSentPhoto(database: Database, { visit_id, sha256 }: PhotoLine, now: Date): Promise<void> {
  await deletePhoto(database, visit_id, sha256)
  await finishRecord(database, visit_id, now)
}

async function deletePhoto(database: Database, visit_id: string, sha256: string): Promise<void> {
  const change = database.transaction(PHOTO_TABLES, 'readwrite', STRICT)
  await Promise.all([
    change.objectStore('photos').delete([visit_id, sha256]),
    change.objectStore('photo_lines').delete([visit_id, sha256]),
    change.done,
  ])
}

/** Turn an acknowledged record whose photos have all arrived into a line of receipt. */
async function finishRecord(database: Database, id: string, now: Date): Promise<void> {
  const look = database.transaction(['records', 'photo_lines'])
  const found = await look.objectStore('records').get(id)
  const left = await look.objectStore('photo_lines').index('visit_id').count(id)
  await look.done
  const record = found ? asKnown(found) : null
  if (record?.state === 'acknowledged' && record.receipt && left === 0) {
    const { kind, period, account_id, station_code, station_name, observed_state, captured_at, sha256, receipt } = record
    await leaveReceipt(database, {
      id, kind, period, account_id, station_code, station_name, observed_state, captured_at, sha256,
      received_at: receipt.received_at, photos: photosOf(receipt).length, done_at: now.toISOString(),
      ...('version' in receipt ? { filing: receipt } : {}),
    })
  }
  announce('outbox')
}

/** The receipt stands in the record's place. Where not even that fits, the record leaves and its receipt waits for room. */
async function leaveReceipt(database: Database, row: ReceiptRow): Promise<void> {
  if (!(await ifRoom(() => writeReceipt(database, row)))) {
    await database.delete('records', row.id)
    putOff(row)
  }
  forget(row.id)
  for (const late of lateReceipts()) {
    if (!(await ifRoom(() => writeReceipt(database, late)))) return
    wasWritten(late.id)
  }
}

async function writeReceipt(database: Database, row: ReceiptRow): Promise<void> {
  const change = database.transaction(['records', 'receipts'], 'readwrite', STRICT)
  const receipts = change.objectStore('receipts')
  const known = await receipts.index('done_at').getAllKeys()
  await Promise.all([
    receipts.put(row),
    change.objectStore('records').delete(row.id),
    ...known.slice(0, Math.max(0, known.length + 1 - RECEIPTS_KEPT)).map((key) => receipts.delete(key)),
    change.done,
  ])
}
