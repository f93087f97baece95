/** What waits to be sent, and how far it has come. A record leaves only when the server holds all of it for good. */

import type { InspectionBody, Problem, Receipt } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type Draft, type OutboxRecord, type PhotoRow, type ReceiptRow, STRICT } from '../store/database'
import { isTouched } from './drafts'

const RECEIPTS_KEPT = 300

export type PhotoState = Pick<PhotoRow, 'sha256' | 'purpose' | 'size' | 'sent_bytes' | 'problem' | 'held' | 'tries'>
export type OutboxLine = { record: OutboxRecord; photos: PhotoState[] }

/** Records of this account that are still on the phone, oldest first, each with the state of its photos. */
export async function listOutbox(database: Database, account_id: string): Promise<OutboxLine[]> {
  const records = (await database.getAll('records')).filter((record) => record.account_id === account_id)
  records.sort((one, other) => one.captured_at.localeCompare(other.captured_at))
  return Promise.all(
    records.map(async (record) => ({ record, photos: await listPhotos(database, record.id) })),
  )
}

/** The photos of a visit without their bytes, one by one, so that a full outbox does not fill the memory. */
export async function listPhotos(database: Database, visit_id: string): Promise<PhotoState[]> {
  const photos: PhotoState[] = []
  let cursor = await database.transaction('photos').store.index('visit_id').openCursor(visit_id)
  while (cursor) {
    const { sha256, purpose, size, sent_bytes, problem, held, tries } = cursor.value
    photos.push({ sha256, purpose, size, sent_bytes, problem, held, tries })
    cursor = await cursor.continue()
  }
  return photos
}

/** How many visits have not wholly arrived, whoever made them; what the server keeps aside whole has arrived. */
export async function countUnsent(database: Database): Promise<{ records: number; drafts: number }> {
  const drafts = (await database.getAll('drafts')).filter(isTouched).length
  let records = 0
  for (const record of await database.getAll('records')) {
    const left = await database.countFromIndex('photos', 'visit_id', record.id)
    if (record.state !== 'kept_aside' || left > 0) records += 1
  }
  return { records, drafts }
}

/** Visits of other accounts that this phone still keeps: counted and exported, never shown and never sent by this one. */
export async function countOthers(database: Database, account_id: string): Promise<number> {
  const rows = [...(await database.getAll('records')), ...(await database.getAll('drafts')).filter(isTouched)]
  return rows.filter((row) => row.account_id !== account_id).length
}

export async function listReceipts(database: Database, account_id: string): Promise<ReceiptRow[]> {
  const rows = await database.getAllFromIndex('receipts', 'done_at')
  return rows.filter((row) => row.account_id === account_id).reverse()
}

async function changeRecord(database: Database, id: string, alter: (record: OutboxRecord) => OutboxRecord): Promise<void> {
  const change = database.transaction('records', 'readwrite', STRICT)
  const found = await change.store.get(id)
  if (found) await change.store.put(alter(found))
  await change.done
  announce('outbox')
}

/** The server holds the text for good; photos it names as received are held as well and leave the phone. */
export async function keepReceipt(database: Database, id: string, receipt: Receipt, now: Date): Promise<void> {
  const change = database.transaction(['records', 'photos'], 'readwrite', STRICT)
  const found = await change.objectStore('records').get(id)
  if (found) {
    await change.objectStore('records').put({ ...found, state: 'acknowledged', receipt, problem: null, tries: 0, next_try_at: 0 })
    for (const photo of receipt.photos) {
      if (photo.received) await change.objectStore('photos').delete([id, photo.sha256])
    }
  }
  await change.done
  await finishRecord(database, id, now)
}

/** The server keeps the whole body for a person to settle: it is not sent again, and stays visible here. */
export function keepAside(database: Database, id: string, quarantine_id: string): Promise<void> {
  return changeRecord(database, id, (record) => ({ ...record, state: 'kept_aside', quarantine_id, problem: null }))
}

export function keepRefusal(database: Database, id: string, problem: Problem): Promise<void> {
  return changeRecord(database, id, (record) => ({ ...record, state: 'refused', problem }))
}

/** Sending did not work this time; try again at `next_try_at` (milliseconds since 1970). */
export function keepFailure(database: Database, id: string, problem: Problem, next_try_at: number): Promise<void> {
  return changeRecord(database, id, (record) => ({ ...record, problem, next_try_at, tries: record.tries + 1 }))
}

async function changePhoto(database: Database, visit_id: string, sha256: string, alter: (row: PhotoRow) => PhotoRow): Promise<void> {
  const change = database.transaction('photos', 'readwrite', STRICT)
  const found = await change.store.get([visit_id, sha256])
  if (found) await change.store.put(alter(found))
  await change.done
  announce('outbox')
}

export function keepPhotoFailure(
  database: Database,
  visit_id: string,
  sha256: string,
  problem: Problem,
  next_try_at: number,
  held: boolean,
): Promise<void> {
  return changePhoto(database, visit_id, sha256, (row) => ({ ...row, problem, next_try_at, held, tries: row.tries + 1 }))
}

/** How far the server has a photo. Only for the eye: the server's own answer decides where to go on. */
export function keepPhotoProgress(database: Database, visit_id: string, sha256: string, sent_bytes: number): Promise<void> {
  return changePhoto(database, visit_id, sha256, (row) => ({ ...row, sent_bytes, problem: null }))
}

/** The server holds this photo for good: its bytes may leave the phone. */
export async function dropSentPhoto(database: Database, visit_id: string, sha256: string, now: Date): Promise<void> {
  const change = database.transaction('photos', 'readwrite', STRICT)
  await change.store.delete([visit_id, sha256])
  await change.done
  await finishRecord(database, visit_id, now)
}

/** Turn an acknowledged record whose photos have all arrived into a line of receipt. */
async function finishRecord(database: Database, id: string, now: Date): Promise<void> {
  const change = database.transaction(['records', 'photos', 'receipts'], 'readwrite', STRICT)
  const record = await change.objectStore('records').get(id)
  const left = await change.objectStore('photos').index('visit_id').count(id)
  if (record?.state === 'acknowledged' && record.receipt?.durable && left === 0) {
    const { account_id, station_code, station_name, observed_state, captured_at, receipt } = record
    await change.objectStore('receipts').put({
      id,
      account_id,
      station_code,
      station_name,
      observed_state,
      captured_at,
      received_at: receipt.received_at,
      sha256: receipt.sha256,
      photos: receipt.photos.length,
      done_at: now.toISOString(),
    })
    await change.objectStore('records').delete(id)
    const keys = await change.objectStore('receipts').index('done_at').getAllKeys()
    await Promise.all(keys.slice(0, -RECEIPTS_KEPT).map((key) => change.objectStore('receipts').delete(key)))
  }
  await change.done
  announce('outbox')
}

/** Take a record kept aside off the list: the server holds its text for good, and no photo of it waits here. */
export async function dismissKeptAside(database: Database, id: string): Promise<void> {
  const change = database.transaction(['records', 'photos'], 'readwrite', STRICT)
  const record = await change.objectStore('records').get(id)
  const left = await change.objectStore('photos').index('visit_id').count(id)
  if (record?.state === 'kept_aside' && left === 0) await change.objectStore('records').delete(id)
  await change.done
  announce('outbox')
}

/** Open a refused record as a draft again, photos and all, so that it can be mended and sent. */
export async function reopenRefused(database: Database, id: string, form: Draft['form'], now: Date): Promise<Draft | null> {
  const change = database.transaction(['records', 'photos', 'drafts'], 'readwrite', STRICT)
  const record = await change.objectStore('records').get(id)
  if (record?.state !== 'refused') return null
  const body = JSON.parse(new TextDecoder().decode(record.body)) as InspectionBody
  const checks = form.fields.find((field) => field.type === 'check_map')
  const draft: Draft = {
    id,
    account_id: record.account_id,
    station_code: record.station_code,
    station_name: record.station_name,
    form,
    started_at: body.started_at,
    changed_at: now.toISOString(),
    answers: {
      ...body.answers,
      method: body.method,
      observed_state: body.observed_state,
      ...(body.note ? { note: body.note } : {}),
      ...(checks ? { [checks.name]: body.checks } : {}),
    },
    position: body.fix
      ? {
          lon: body.fix.lon,
          lat: body.fix.lat,
          accuracy_m: body.fix.accuracy_m,
          at: new Date(Date.parse(body.ended_at) - body.fix.age_s * 1000).toISOString(),
        }
      : null,
    photos: body.photos,
  }
  await change.objectStore('drafts').put(draft)
  await change.objectStore('records').delete(id)
  await change.done
  announce('outbox')
  return draft
}
