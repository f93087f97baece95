/** An owner's month: filled in offline, kept at each key, sent with the version its author had before the eyes. */

import type { ClockReading, Form, MyMonths } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type MonthDraft, type OutboxRecord, STRICT } from '../store/database'
import { openMonth, openReceiptRow, openRecord, readMonths, sealMonth, sealReceiptRow, sealRecord } from '../store/private_rows'
import { isOpen } from '../store/vault'
import { buildMonth } from './bodies'
import { hashBytes, makeCanonicalBytes, makeUuid } from './canonical'
import { DraftGone } from './drafts'
import { makeRecord } from './saving'

/** The months as they were last downloaded; null before the first sync. */
export function findMonths(database: Database): Promise<MyMonths | null> {
  return readMonths(database)
}

export async function listMonthDrafts(database: Database, account_id: string): Promise<MonthDraft[]> {
  const rows = (await database.getAll('month_drafts')).filter((draft) => draft.account_id === account_id)
  return Promise.all(rows.map(openMonth))
}

/** Months of this account that wait in the outbox, refused ones included; oldest first. */
export async function listWaitingMonths(database: Database, account_id: string): Promise<OutboxRecord[]> {
  const records = (await database.getAll('records')).filter((one) => one.kind === 'month' && one.account_id === account_id)
  records.sort((one, other) => one.captured_at.localeCompare(other.captured_at))
  return Promise.all(records.map(openRecord))
}

/** `seen_version` is the version shown to the author, null where nothing was filed yet; `values` is what stands in the boxes. */
export type BeginMonth = {
  station: { code: string; name: string }
  period: string
  account_id: string
  form: Form
  seen_version: number | null
  values?: Record<string, string>
  is_nil?: boolean
  reason?: string
  now: Date
}

/** Begin a month, or go on with the one begun earlier. */
export async function beginMonth(database: Database, begin: BeginMonth): Promise<MonthDraft> {
  const { station, period, account_id, form, seen_version, values = {}, is_nil = false, reason = '', now } = begin
  const change = database.transaction('month_drafts', 'readwrite', STRICT)
  const begun = (await change.store.getAll()).find((one) => one.account_id === account_id && one.period === period)
  const draft: MonthDraft = begun ?? {
    id: makeUuid(),
    period,
    account_id,
    station_code: station.code,
    station_name: station.name,
    form,
    changed_at: now.toISOString(),
    values,
    is_nil,
    reason,
    seen_version,
  }
  if (!begun) await change.store.put(draft)
  await change.done
  if (begun) return openMonth(begun)
  return isOpen() ? changeMonth(database, draft.id, (fresh) => fresh) : draft
}

/** Keep several things of a month at once, read fresh so that two quick changes lose nothing. */
export async function keepMonth(
  database: Database,
  id: string,
  kept: Partial<Pick<MonthDraft, 'values' | 'is_nil' | 'reason' | 'seen_version'>>,
  now: Date,
): Promise<MonthDraft> {
  return changeMonth(database, id, (found) => {
    const values = { ...found.values, ...kept.values }
    return { ...found, ...kept, values, changed_at: now.toISOString() }
  })
}

/** Read, change, seal where a PIN is set, and write unless somebody came between; then once more. */
async function changeMonth(database: Database, id: string, alter: (draft: MonthDraft) => MonthDraft): Promise<MonthDraft> {
  for (;;) {
    const found = await database.get('month_drafts', id)
    if (!found) throw new DraftGone(id)
    const altered = { ...alter(await openMonth(found)), turn: (found.turn ?? 0) + 1 }
    const row = await sealMonth(altered)
    const change = database.transaction('month_drafts', 'readwrite', STRICT)
    const again = await change.store.get(id)
    const undisturbed = again?.turn === found.turn
    if (again && undisturbed) await change.store.put(row)
    await change.done
    if (!again) throw new DraftGone(id)
    if (undisturbed) return altered
  }
}

/** Keep one value as typed; an empty text takes it back. */
export function keepMonthValue(database: Database, id: string, field: string, value: string, now: Date): Promise<MonthDraft> {
  return keepMonth(database, id, { values: { [field]: value } }, now)
}

export async function dropMonth(database: Database, id: string): Promise<void> {
  const change = database.transaction('month_drafts', 'readwrite', STRICT)
  await Promise.all([change.store.delete(id), change.done])
  announce('outbox')
}

/** Make the month ready to go: its bytes and the end of its draft are one transaction. Its id is its Idempotency-Key. */
export async function saveMonth(database: Database, draft: MonthDraft, clock: ClockReading, now: Date): Promise<OutboxRecord> {
  const content = { ...buildMonth(draft, now), clock }
  const body = makeCanonicalBytes(content)
  const sha256 = await hashBytes(body)
  const { id, account_id, station_code, station_name, period, seen_version } = draft
  const record = await sealRecord(makeRecord({
    id, kind: 'month', account_id, station_code, station_name, observed_state: '', period, seen_version,
    captured_at: now.toISOString(), body, sha256,
  }))
  const change = database.transaction(['month_drafts', 'records'], 'readwrite', STRICT)
  if (!(await change.objectStore('month_drafts').get(id))) throw new DraftGone(id)
  await Promise.all([
    change.objectStore('records').put(record),
    change.objectStore('month_drafts').delete(id),
    change.done,
  ])
  announce('outbox')
  return record
}

/** The author has said that the figures are right: the server's questions are asked no more. */
export async function answerHints(database: Database, receipt_id: string): Promise<void> {
  const row = await database.get('receipts', receipt_id)
  if (!row?.filing) return
  const { filing } = await openReceiptRow(row)
  const answered = await sealReceiptRow({ ...row, ...(filing ? { filing: { ...filing, hints: [] } } : {}) })
  const change = database.transaction('receipts', 'readwrite', STRICT)
  // A receipt never changes but here; it may have made room for a newer one.
  await Promise.all([(await change.store.get(receipt_id)) && change.store.put(answered), change.done])
  announce('outbox')
}
