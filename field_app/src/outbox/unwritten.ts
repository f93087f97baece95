/**
 * What a full phone had no room to write. Remembered while the page lives and laid over what is stored, so that a
 * record the server holds goes on to its photos, whose leaving is what makes room.
 */

import type { OutboxRecord, ReceiptRow } from '../store/database'

type Known = Omit<OutboxRecord, 'body' | 'is_sealed'>

const records = new Map<string, Known>()
const receipts = new Map<string, ReceiptRow>()

/** Do a write that is a comfort; says whether it was kept. */
export async function ifRoom(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch {
    return false
  }
}

export function remember({ body: _left, is_sealed: _too, ...known }: OutboxRecord): void {
  records.set(known.id, known)
}

export function forget(id: string): void {
  records.delete(id)
}

/** The record as it really stands; what was remembered of other bytes, or before another page wrote it down, is of no use. */
export function asKnown(record: OutboxRecord): OutboxRecord {
  const known = records.get(record.id)
  const fits = known?.sha256 === record.sha256 && (record.state === 'ready' || record.state === 'sending')
  return fits ? { ...record, ...known } : record
}

/** Receipts that wait for room; the records they are of have left the phone. */
export const lateReceipts = (): ReceiptRow[] => Array.from(receipts.values())

export function putOff(row: ReceiptRow): void {
  receipts.set(row.id, row)
}

export function wasWritten(id: string): void {
  receipts.delete(id)
}
