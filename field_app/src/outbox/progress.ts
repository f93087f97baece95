/** How far a record has come. It leaves the phone only when the server holds all of it for good. */

import type { Problem } from '../api/wire'
import { announce } from '../store/changes'
import { type AnyReceipt, type Database, type OutboxRecord, type PhotoLine, type ReceiptRow, STRICT } from '../store/database'
import { photosOf } from './records'

const RECEIPTS_KEPT = 300
const PHOTO_TABLES = ['photos', 'photo_lines'] as const

async function changeRecord(database: Database, id: string, alter: (record: OutboxRecord) => OutboxRecord): Promise<void> {
  const change = database.transaction('records', 'readwrite', STRICT)
  const found = await change.store.get(id)
  if (found) await change.store.put(alter(found))
  await change.done
  announce('outbox')
}

/** Show that the bytes of these records are under way. A mark for the eye, so it need not survive a flat battery. */
export async function markSending(database: Database, ids: string[]): Promise<void> {
  const change = database.transaction('records', 'readwrite')
  for (const id of ids) {
    const found = await change.store.get(id)
    if (found?.state === 'ready') await change.store.put({ ...found, state: 'sending' })
  }
  await change.done
  announce('outbox')
}

/** What a killed page or a dead line left under way is ready again; nobody knows how far it came. */
export async function fallBack(database: Database): Promise<void> {
  const change = database.transaction('records', 'readwrite')
  const under_way = (await change.store.getAll()).filter((record) => record.state === 'sending')
  await Promise.all([...under_way.map((record) => change.store.put({ ...record, state: 'ready' })), change.done])
  if (under_way.length > 0) announce('outbox')
}

/** A page that was killed between the last promise and the line of receipt left the record waiting for nothing. */
export async function finishArrived(database: Database, now: Date): Promise<void> {
  const look = database.transaction(['records', 'photo_lines'])
  const arrived: string[] = []
  for (const { id, state } of await look.objectStore('records').getAll()) {
    const waits = state !== 'acknowledged' || (await look.objectStore('photo_lines').index('visit_id').count(id)) > 0
    if (!waits) arrived.push(id)
  }
  await look.done
  for (const id of arrived) await finishRecord(database, id, now)
}

/** The server holds the text for good; photos it names as received are held as well and leave the phone. */
export async function keepReceipt(database: Database, id: string, receipt: AnyReceipt, now: Date): Promise<void> {
  const change = database.transaction(['records', ...PHOTO_TABLES], 'readwrite', STRICT)
  const found = await change.objectStore('records').get(id)
  if (found) {
    const record: OutboxRecord = { ...found, state: 'acknowledged', receipt, problem: null, tries: 0, next_try_at: 0 }
    await change.objectStore('records').put(record)
    for (const photo of photosOf(receipt)) {
      if (!photo.received) continue
      await change.objectStore('photos').delete([id, photo.sha256])
      await change.objectStore('photo_lines').delete([id, photo.sha256])
    }
    if ('version' in receipt) await followUp(change.objectStore('records'), record, receipt.version)
  }
  await change.done
  await finishRecord(database, id, now)
}

type Records = { getAll(): Promise<OutboxRecord[]>; put?(record: OutboxRecord): Promise<unknown> }

/** A later filing of the same month, made before this one was answered, had this very version before the eyes. */
async function followUp(records: Records, first: OutboxRecord, version: number): Promise<void> {
  for (const later of await records.getAll()) {
    const same = later.kind === 'month' && later.id !== first.id && later.account_id === first.account_id
      && later.station_code === first.station_code && later.period === first.period
    if (same && later.state === 'ready' && later.seen_version === first.seen_version && later.captured_at > first.captured_at) {
      await records.put?.({ ...later, seen_version: version })
    }
  }
}

/** The server keeps the whole body for a person to settle: it is not sent again, and stays visible here with the reason. */
export function keepAside(database: Database, id: string, quarantine_id: string, reason: Problem | null): Promise<void> {
  return changeRecord(database, id, (record) => ({ ...record, state: 'kept_aside', quarantine_id, problem: reason }))
}

export function keepRefusal(database: Database, id: string, problem: Problem): Promise<void> {
  return changeRecord(database, id, (record) => ({ ...record, state: 'refused', problem }))
}

/** Sending did not work this time; try again at `next_try_at` (milliseconds since 1970). */
export function keepFailure(database: Database, id: string, problem: Problem, next_try_at: number): Promise<void> {
  return changeRecord(database, id, (record) => ({
    ...record,
    state: record.state === 'sending' ? 'ready' : record.state,
    problem,
    next_try_at,
    tries: record.tries + 1,
  }))
}

async function changeLine(database: Database, visit_id: string, sha256: string, alter: (line: PhotoLine) => PhotoLine): Promise<void> {
  const change = database.transaction('photo_lines', 'readwrite', STRICT)
  const found = await change.store.get([visit_id, sha256])
  if (found) await change.store.put(alter(found))
  await change.done
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
  const change = database.transaction(PHOTO_TABLES, 'readwrite', STRICT)
  await Promise.all([
    change.objectStore('photos').delete([visit_id, sha256]),
    change.objectStore('photo_lines').delete([visit_id, sha256]),
    change.done,
  ])
  await finishRecord(database, visit_id, now)
}

/** Turn an acknowledged record whose photos have all arrived into a line of receipt. */
async function finishRecord(database: Database, id: string, now: Date): Promise<void> {
  const change = database.transaction(['records', 'photo_lines', 'receipts'], 'readwrite', STRICT)
  const record = await change.objectStore('records').get(id)
  const left = await change.objectStore('photo_lines').index('visit_id').count(id)
  if (record?.state === 'acknowledged' && record.receipt && left === 0) {
    const { kind, period, account_id, station_code, station_name, observed_state, captured_at, sha256, receipt } = record
    const row: ReceiptRow = {
      id, kind, period, account_id, station_code, station_name, observed_state, captured_at, sha256,
      received_at: receipt.received_at, photos: photosOf(receipt).length, done_at: now.toISOString(),
      ...('version' in receipt ? { filing: receipt } : {}),
    }
    await change.objectStore('receipts').put(row)
    await change.objectStore('records').delete(id)
    const keys = await change.objectStore('receipts').index('done_at').getAllKeys()
    await Promise.all(keys.slice(0, -RECEIPTS_KEPT).map((key) => change.objectStore('receipts').delete(key)))
  }
  await change.done
  announce('outbox')
}
