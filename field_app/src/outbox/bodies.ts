/** What a draft says on the wire. Pure: nothing is read or written here. */

import type { Answer, Checks, ClockReading, FieldType, FoundBody, InspectionBody, MonthBody, PhotoClaim, Visit } from '../api/wire'
import { foldDigits } from '../forms/missing'
import { keepLeftOpen, keepVisible } from '../forms/visible'
import type { Draft, MonthDraft } from '../store/database'

/** Fields of the visit's form that have their own place in a record; all others travel under `answers`. */
const OWN_PLACE = ['method', 'observed_state', 'note']

export function buildVisit(draft: Draft, clock: ClockReading, now: Date): InspectionBody {
  const given = keepVisible(draft.form, draft.answers)
  const types = new Map(draft.form.fields.map((field) => [field.name, field.type]))
  const answers: Record<string, Answer> = {}
  let checks: Checks = {}
  for (const [name, value] of Object.entries(given)) {
    const type = types.get(name)
    if (type === 'check_map') checks = { ...checks, ...(value as Checks) }
    // A decimal stays text, money is never a float; a whole number is safe as a number.
    else if (!OWN_PLACE.includes(name)) answers[name] = type === 'integer' ? Number(value) : (value as Answer)
  }
  return {
    station_code: draft.station_code,
    method: textOf(given, 'method', 'site_visit' satisfies Visit['method']),
    started_at: draft.started_at,
    ended_at: now.toISOString(),
    captured_at: now.toISOString(),
    observed_state: textOf(given, 'observed_state', 'not_assessed' satisfies Visit['observed_state']),
    answers,
    checks,
    fix: buildFix(draft, now),
    note: textOf(given, 'note', ''),
    photos: draft.photos.map(claimOf),
    clock,
    form_version: draft.form.version,
    not_answered: keepLeftOpen(draft.form, draft.answers, draft.not_answered),
    replaces: draft.replaces,
  }
}

/** Every question of the form as its own field, one without an answer as none; the rest is what the phone adds. */
export function buildFound(draft: Draft, clock: ClockReading, now: Date): FoundBody {
  const given = keepVisible(draft.form, draft.answers)
  const asked: Record<string, unknown> = {}
  for (const { name, type } of draft.form.fields) asked[name] = type === 'integer' ? numberOf(given[name]) : (given[name] ?? null)
  return {
    ...(asked as Pick<FoundBody, 'name' | 'kind' | 'village_code' | 'note'>),
    captured_at: now.toISOString(),
    fix: buildFix(draft, now) as FoundBody['fix'],
    nearby: draft.nearby,
    photos: draft.photos.map(claimOf),
    clock,
    form_version: draft.form.version,
  }
}

const numberOf = (given: unknown): number | null => (given === undefined ? null : Number(given))

/**
 * The month without `sent_at`, which each sending adds by its own clock: every question of the form as its own field. Of
 * a «nothing sold» no figure travels.
 */
export function buildMonth(draft: MonthDraft, now: Date): MonthBody {
  const asked: Record<string, string | number | boolean | null> = {}
  for (const { name, type } of draft.form.fields) {
    const typed = draft.values[name] ?? ''
    if (type === 'boolean') asked[name] = typed === '' ? null : typed === 'true'
    else if (!FIGURES.includes(type)) asked[name] = typed.trim() || null
    else if (draft.is_nil || !foldFigure(typed)) asked[name] = null
    // Money stays text, it is never a float; pieces are safe as a number.
    else asked[name] = type === 'integer' ? Number(foldFigure(typed)) : foldFigure(typed)
  }
  return { ...asked, is_nil: draft.is_nil, reason: draft.reason.trim() || null, captured_at: now.toISOString() }
}

const FIGURES: FieldType[] = ['money', 'integer', 'decimal']

/** A figure as the server reads it: plain digits, no thousands' commas, no blanks and no 元. */
export function foldFigure(text: string): string {
  return foldDigits(text).replace(/[,，\s元]/g, '')
}

function claimOf({ sha256, purpose, size, mime, taken_at, exif, capture, seal }: PhotoClaim): PhotoClaim {
  return { sha256, purpose, size, mime, taken_at, exif: exif ?? null, capture: capture ?? null, seal: seal ?? null }
}

function textOf(given: Record<string, unknown>, name: string, otherwise: string): string {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : otherwise
}

function buildFix(draft: Draft, now: Date): InspectionBody['fix'] {
  const position = draft.position
  if (position === null) return null
  const age_s = Math.max(0, Math.round((now.getTime() - Date.parse(position.at)) / 1000))
  const { lon, lat, accuracy_m } = position
  return { lon, lat, accuracy_m, coord_system: 'wgs84', provider: 'browser', age_s }
}
