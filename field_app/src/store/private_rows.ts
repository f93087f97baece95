/**
 * What of each row is private: the phone's token, the answers and figures of what is not sent yet, the bodies of what
 * waits and what the server said of them, returned visits, an owner's own months and the figures of months sent.
 * Stations with their last visit, tasks, forms, the ground and the photos lie open.
 */

import type { FilingReceipt, MyMonths, PhotoClaim, Problem, ReturnedVisit } from '../api/wire'
import {
  type AnyReceipt, type Database, type Draft, type Enrolment, type MonthDraft, type OutboxRecord, readSetting, type ReceiptRow,
  type Sealed, STRICT,
} from './database'
import { hide, hideBytes, isOpen, show, showBytes } from './vault'

type DraftSecret = Pick<Draft, 'answers' | 'not_answered' | 'position'>
type MonthSecret = Pick<MonthDraft, 'values' | 'is_nil' | 'reason'>

const NO_DRAFT: DraftSecret = { answers: {}, not_answered: {}, position: null }
const NO_MONTH: MonthSecret = { values: {}, is_nil: false, reason: '' }

/** Seal all of it and leave only the named fields to be read; without a PIN it stays as it is. */
async function sealAllBut<T extends object>(whole: Sealed<T>, open: readonly (keyof T)[]): Promise<Sealed<T>> {
  const sealed = whole.sealed ? null : await hide(whole)
  if (sealed === null) return whole
  const row: Partial<T> = {}
  for (const key of Object.keys(whole) as (keyof T)[]) row[key] = open.includes(key) ? whole[key] : emptied(whole[key])
  return { ...(row as T), sealed }
}

const emptied = <V,>(value: V): V => (Array.isArray(value) ? [] : typeof value === 'object' && value ? {} : null) as V

/** The whole again; what was never sealed is given as it is. */
const openWhole = async <T extends object>(row: Sealed<T>): Promise<T> => (row.sealed ? show<T>(row.sealed) : row)

/** Where a picture was taken may stand among its maker's tags, and stands in what the phone signed. */
export const sealPhoto = async (claim: Sealed<PhotoClaim>): Promise<Sealed<PhotoClaim>> =>
  claim.exif === null && !claim.seal ? claim : sealAllBut(claim, ['sha256', 'purpose', 'size', 'mime', 'taken_at', 'capture'])

/** What the server said against a record may repeat what stands in it, or in another's version. */
export const sealProblem = async (problem: Problem): Promise<Sealed<Problem>> =>
  Object.keys(problem).length > 2 ? sealAllBut(problem, ['code', 'status']) : problem

export const sealReturned = (visit: Sealed<ReturnedVisit>): Promise<Sealed<ReturnedVisit>> =>
  sealAllBut(visit, ['id', 'station_code', 'returned_at'])

export const openReturned = (row: Sealed<ReturnedVisit>): Promise<ReturnedVisit> => openWhole(row)

export const sealFiling = (filing: Sealed<FilingReceipt>): Promise<Sealed<FilingReceipt>> =>
  sealAllBut(filing, ['station', 'period', 'version', 'received_at', 'state'])

/** Only a month's receipt says more than that a record arrived. */
export const sealReceipt = async (receipt: AnyReceipt): Promise<AnyReceipt> => ('version' in receipt ? sealFiling(receipt) : receipt)

export async function sealReceiptRow(row: ReceiptRow): Promise<ReceiptRow> {
  const filing = row.filing && (await sealFiling(row.filing))
  return filing && filing !== row.filing ? { ...row, filing } : row
}

export const openReceiptRow = async (row: ReceiptRow): Promise<ReceiptRow> =>
  row.filing?.sealed ? { ...row, filing: await openWhole(row.filing) } : row

/** A draft as it lies, sealed by an earlier version or not at all, with all that is private sealed. */
export async function sealDraftRow(row: Draft): Promise<Draft> {
  if (!row.sealed) return sealDraft(row)
  const photos = await Promise.all(row.photos.map(sealPhoto))
  return photos.some((photo, turn) => photo !== row.photos[turn]) ? { ...row, photos } : row
}

export async function sealDraft(draft: Draft): Promise<Draft> {
  const { answers, not_answered, position } = draft
  const sealed = await hide({ answers, not_answered, position } satisfies DraftSecret)
  if (sealed === null) return draft
  const was_touched = Object.keys(answers).length + Object.keys(not_answered).length > 0
  return { ...draft, ...NO_DRAFT, photos: await Promise.all(draft.photos.map(sealPhoto)), sealed, was_touched }
}

export async function openDraft(row: Draft): Promise<Draft> {
  const photos = row.photos.some((photo) => photo.sealed) ? await Promise.all(row.photos.map(openWhole)) : row.photos
  if (!row.sealed) return photos === row.photos ? row : { ...row, photos }
  const { sealed, was_touched: _known, ...open } = row
  return { ...open, ...(await show<DraftSecret>(sealed)), photos }
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
  const problem = record.problem && (await sealProblem(record.problem))
  const receipt = record.receipt && (await sealReceipt(record.receipt))
  const said = problem === record.problem && receipt === record.receipt ? record : { ...record, problem, receipt }
  const body = record.is_sealed ? null : await hideBytes(record.body)
  return body === null ? said : { ...said, body, observed_state: '', is_sealed: true }
}

/** The record with what the server said against it, its body left as it lies; while shut, only the kind of it is known. */
export const openTrouble = async (row: OutboxRecord): Promise<OutboxRecord> =>
  row.problem?.sealed && isOpen() ? { ...row, problem: await openWhole(row.problem) } : row

/** The record with the bytes that are sent. */
export async function openRecord(kept: OutboxRecord): Promise<OutboxRecord> {
  const told = await openTrouble(kept)
  const row = told.receipt && 'version' in told.receipt && told.receipt.sealed ? { ...told, receipt: await openWhole(told.receipt) } : told
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
