/** An owner's month: filled in offline, kept at each key, sent with the version its author had before the eyes. */

import type { Form, MyMonths } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type MonthDraft, type OutboxRecord, readSetting, STRICT } from '../store/database'
import { buildMonth } from './bodies'
import { hashBytes, makeCanonicalBytes, makeUuid } from './canonical'
import { DraftGone } from './drafts'
import { makeRecord } from './saving'

/** The months as they were last downloaded; null before the first sync. */
export function findMonths(database: Database): Promise<MyMonths | null> {
  return readSetting(database, 'months')
}

export async function listMonthDrafts(database: Database, account_id: string): Promise<MonthDraft[]> {
  return (await database.getAll('month_drafts')).filter((draft) => draft.account_id === account_id)
}

/** Months of this account that wait in the outbox, refused ones included; oldest first. */
export async function listWaitingMonths(database: Database, account_id: string): Promise<OutboxRecord[]> {
  const records = (await database.getAll('records')).filter((one) => one.kind === 'month' && one.account_id === account_id)
  return records.sort((one, other) => one.captured_at.localeCompare(other.captured_at))
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
  return draft
}

/** Keep several things of a month at once, read fresh so that two quick changes lose nothing. */
export async function keepMonth(
  database: Database,
  id: string,
  kept: Partial<Pick<MonthDraft, 'values' | 'is_nil' | 'reason' | 'seen_version'>>,
  now: Date,
): Promise<MonthDraft> {
  const change = database.transaction('month_drafts', 'readwrite', STRICT)
  const found = await change.store.get(id)
  if (!found) throw new DraftGone(id)
  const values = { ...found.values, ...kept.values }
  const altered = { ...found, ...kept, values, changed_at: now.toISOString() }
  await Promise.all([change.store.put(altered), change.done])
  return altered
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
export async function saveMonth(database: Database, draft: MonthDraft, now: Date): Promise<OutboxRecord> {
  const content = buildMonth(draft, now)
  const body = makeCanonicalBytes(content)
  const sha256 = await hashBytes(body)
  const { id, account_id, station_code, station_name, period, seen_version } = draft
  const record = makeRecord({
    id, kind: 'month', account_id, station_code, station_name, observed_state: '', period, seen_version,
    captured_at: now.toISOString(), body, sha256,
  })
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
  const change = database.transaction('receipts', 'readwrite', STRICT)
  const row = await change.store.get(receipt_id)
  if (row?.filing) await change.store.put({ ...row, filing: { ...row.filing, hints: [] } })
  await change.done
  announce('outbox')
}
