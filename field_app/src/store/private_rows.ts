/**
 * What of each row is private: the phone's token, the answers and figures of what is not sent yet, the bodies of what
 * waits, and an owner's own months. Stations, forms, the ground and the pictures of shop fronts lie open.
 */

import type { MyMonths } from '../api/wire'
import { type Database, type Draft, type Enrolment, type MonthDraft, type OutboxRecord, readSetting, STRICT } from './database'
import { hide, hideBytes, show, showBytes } from './vault'

type DraftSecret = Pick<Draft, 'answers' | 'not_answered' | 'position'>
type MonthSecret = Pick<MonthDraft, 'values' | 'is_nil' | 'reason'>

const NO_DRAFT: DraftSecret = { answers: {}, not_answered: {}, position: null }
const NO_MONTH: MonthSecret = { values: {}, is_nil: false, reason: '' }

export async function sealDraft(draft: Draft): Promise<Draft> {
  const { answers, not_answered, position } = draft
  const sealed = await hide({ answers, not_answered, position } satisfies DraftSecret)
  if (sealed === null) return draft
  const was_touched = Object.keys(answers).length + Object.keys(not_answered).length > 0
  return { ...draft, ...NO_DRAFT, sealed, was_touched }
}

export async function openDraft(row: Draft): Promise<Draft> {
  if (!row.sealed) return row
  const { sealed, was_touched: _known, ...open } = row
  return { ...open, ...(await show<DraftSecret>(sealed)) }
}

export async function readDraft(database: Database, id: string): Promise<Draft | null> {
  const row = await database.get('drafts', id)
  return row ? openDraft(row) : null
}

export async function sealMonth(draft: MonthDraft): Promise<MonthDraft> {
  const { values, is_nil, reason } = draft
  const sealed = await hide({ values, is_nil, reason } satisfies MonthSecret)
  return sealed === null ? draft : { ...draft, ...NO_MONTH, sealed }
}

export async function openMonth(row: MonthDraft): Promise<MonthDraft> {
  if (!row.sealed) return row
  const { sealed, ...open } = row
  return { ...open, ...(await show<MonthSecret>(sealed)) }
}

export async function sealRecord(record: OutboxRecord): Promise<OutboxRecord> {
  const body = record.is_sealed ? null : await hideBytes(record.body)
  return body === null ? record : { ...record, body, observed_state: '', is_sealed: true }
}

/** The record with the bytes that are sent. */
export async function openRecord(row: OutboxRecord): Promise<OutboxRecord> {
  if (!row.is_sealed) return row
  const { is_sealed: _known, ...open } = row
  const body = await showBytes(row.body)
  return { ...open, body, observed_state: row.kind === 'visit' ? readState(body) : '' }
}

/** What a visit found, as its own bytes say it. */
const readState = (body: ArrayBuffer): string => (JSON.parse(new TextDecoder().decode(body)) as { observed_state: string }).observed_state

export async function sealEnrolment(enrolment: Enrolment): Promise<Enrolment> {
  const sealed_token = enrolment.sealed_token ? null : await hide(enrolment.token)
  return sealed_token === null ? enrolment : { ...enrolment, token: '', sealed_token }
}

export async function readToken(database: Database): Promise<string | null> {
  const enrolment = await readSetting(database, 'enrolment')
  if (!enrolment) return null
  return enrolment.sealed_token ? show<string>(enrolment.sealed_token) : enrolment.token
}

export async function readMonths(database: Database): Promise<MyMonths | null> {
  const sealed = await readSetting(database, 'sealed_months')
  return sealed ? show<MyMonths>(sealed.months) : readSetting(database, 'months')
}

/** The tag under which the server will say that nothing changed; it is no secret. */
export async function readMonthsTag(database: Database): Promise<string | null> {
  return (await readSetting(database, 'sealed_months'))?.tag ?? (await readSetting(database, 'months'))?.tag ?? null
}

export async function writeMonths(database: Database, months: MyMonths): Promise<void> {
  const sealed = await hide(months)
  const change = database.transaction('settings', 'readwrite', STRICT)
  await Promise.all([
    sealed ? change.store.put({ tag: months.tag, months: sealed }, 'sealed_months') : change.store.put(months, 'months'),
    change.store.delete(sealed ? 'months' : 'sealed_months'),
    change.done,
  ])
}
