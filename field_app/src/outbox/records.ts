/** What waits to be sent, read for the screens and for a round. No photo's bytes are touched here. */

import type { PhotoLine } from '../store/database'
import type { AnyReceipt, Database, OutboxRecord, ReceiptRow } from '../store/database'
import { openReceiptRow, openTrouble } from '../store/private_rows'
import { Locked } from '../store/vault'
import { isTouched } from './drafts'
import { asKnown, lateReceipts } from './unwritten'

export type OutboxLine = { record: OutboxRecord; photos: PhotoLine[] }

/** Records of this account that are still on the phone, oldest first, each with how far its photos are. */
export async function listOutbox(database: Database, account_id: string): Promise<OutboxLine[]> {
  const [records, lines] = await readBoth(database)
  const photos = new Map<string, PhotoLine[]>()
  for (const line of lines) {
    const known = photos.get(line.visit_id)
    if (known) known.push(line)
    else photos.set(line.visit_id, [line])
  }
  const own = records
    .filter((record) => record.account_id === account_id)
    .sort((one, other) => one.captured_at.localeCompare(other.captured_at))
    .map(async (record) => ({ record: await openOrBare(asKnown(record)), photos: photos.get(record.id) ?? [] }))
  return Promise.all(own)
}

async function readBoth(database: Database): Promise<[OutboxRecord[], PhotoLine[]]> {
  try {
    const change = database.transaction(['records', 'photo_lines'])
    return await Promise.all([change.objectStore('records').getAll(), change.objectStore('photo_lines').getAll()])
  } catch {
    return [await readRecords(database), await database.getAll('photo_lines')]
  }
}

/** Every record that can be read: where one cannot, the others are read one by one. The export names what is left out. */
export async function readRecords(database: Database): Promise<OutboxRecord[]> {
  try {
    return await database.getAll('records')
  } catch {
    const rows = (await database.getAllKeys('records')).map((id) => database.get('records', id).catch(() => undefined))
    return (await Promise.all(rows)).filter((row): row is OutboxRecord => row !== undefined)
  }
}

/** Does a record lie on the phone that cannot be read? */
export async function hidesSome(database: Database): Promise<boolean> {
  return (await database.count('records')) > (await readRecords(database)).length
}

/** What was said of a record and can be opened no more leaves its code standing, and the record among the others. */
async function openOrBare(record: OutboxRecord): Promise<OutboxRecord> {
  try {
    return await openTrouble(record)
  } catch (reason) {
    if (reason instanceof Locked) throw reason
    return record
  }
}

/** How far the photos of a record or draft are, without their bytes. */
export function listPhotos(database: Database, visit_id: string): Promise<PhotoLine[]> {
  return database.getAllFromIndex('photo_lines', 'visit_id', visit_id)
}

/** The photos that the server's receipt names; none of a month. */
export function photosOf(receipt: AnyReceipt | null): { sha256: string; received: boolean }[] {
  return receipt && 'photos' in receipt ? receipt.photos : []
}

/** How many of this account's records wait for the line; what was refused waits for the person and counts as well. */
export async function countWaiting(database: Database, account_id: string): Promise<number> {
  const records = await readRecords(database)
  return records.filter((record) => record.account_id === account_id && record.state !== 'kept_aside').length
}

/** How many records have not wholly arrived, whoever made them; what the server keeps aside whole has arrived. */
export async function countUnsent(database: Database): Promise<{ records: number; drafts: number }> {
  const drafts = (await database.getAll('drafts')).filter(isTouched).length + (await database.count('month_drafts'))
  let records = 0
  for (const record of await database.getAll('records')) {
    const left = await database.countFromIndex('photo_lines', 'visit_id', record.id)
    if (record.state !== 'kept_aside' || left > 0) records += 1
  }
  return { records, drafts }
}

/** What other accounts left on this phone: counted and exported, never shown and never sent by this one. */
export async function countOthers(database: Database, account_id: string): Promise<number> {
  const drafts = [...(await database.getAll('drafts')).filter(isTouched), ...(await database.getAll('month_drafts'))]
  const rows = [...(await readRecords(database)), ...drafts]
  return rows.filter((row) => row.account_id !== account_id).length
}

export async function listReceipts(database: Database, account_id: string): Promise<ReceiptRow[]> {
  const rows = await database.getAllFromIndex('receipts', 'done_at')
  const own = [...rows, ...lateReceipts()].filter((row) => row.account_id === account_id).reverse()
  return Promise.all(own.map(openReceiptRow))
}

/** How much the photos on this phone weigh that the server does not hold yet, in bytes, whoever took them. */
export async function weighPhotos(database: Database): Promise<number> {
  return (await database.getAll('photo_lines')).reduce((sum, line) => sum + line.size, 0)
}
