/** Turning a draft into a record: from here on its bytes never change. */

import type { Answer, Checks, ClockReading, InspectionBody, Visit } from '../api/wire'
import { keepVisible } from '../forms/visible'
import { announce } from '../store/changes'
import { type Database, type Draft, type OutboxRecord, STRICT } from '../store/database'
import { hashBytes, makeCanonicalBytes } from './canonical'
import { DraftGone } from './drafts'

export class DraftChanged extends Error {}
export class PhotoLost extends Error {}

/** Fields of a form that have their own place in a record; all others travel under `answers`. */
const OWN_PLACE = ['method', 'observed_state', 'note']

export function buildBody(draft: Draft, clock: ClockReading, now: Date): InspectionBody {
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
  const text = (name: string, otherwise: string): string => {
    const value = given[name]
    return typeof value === 'string' && value !== '' ? value : otherwise
  }
  return {
    station_code: draft.station_code,
    method: text('method', 'site_visit' satisfies Visit['method']),
    started_at: draft.started_at,
    ended_at: now.toISOString(),
    captured_at: now.toISOString(),
    observed_state: text('observed_state', 'not_assessed' satisfies Visit['observed_state']),
    answers,
    checks,
    fix: buildFix(draft, now),
    note: text('note', ''),
    photos: draft.photos.map(({ sha256, purpose, size, mime, taken_at }) => ({ sha256, purpose, size, mime, taken_at })),
    clock,
    form_version: draft.form.version,
  }
}

function buildFix(draft: Draft, now: Date): InspectionBody['fix'] {
  const position = draft.position
  if (position === null) return null
  const age_s = Math.max(0, Math.round((now.getTime() - Date.parse(position.at)) / 1000))
  const { lon, lat, accuracy_m } = position
  return { lon, lat, accuracy_m, coord_system: 'wgs84', provider: 'browser', age_s }
}

/** Make the record ready to go. Its bytes, its photos and the end of the draft are one transaction: all or nothing. */
export async function saveVisit(
  database: Database,
  draft: Draft,
  clock: ClockReading,
  now: Date,
): Promise<OutboxRecord> {
  const content = buildBody(draft, clock, now)
  const body = makeCanonicalBytes(content)
  // A digest waits for another thread, and a waiting transaction closes by itself; so it is made first.
  const sha256 = await hashBytes(body)
  const record: OutboxRecord = {
    id: draft.id,
    account_id: draft.account_id,
    station_code: draft.station_code,
    station_name: draft.station_name,
    observed_state: content.observed_state,
    captured_at: content.captured_at,
    state: 'ready',
    body,
    sha256,
    tries: 0,
    next_try_at: 0,
    problem: null,
    receipt: null,
    quarantine_id: null,
  }
  const change = database.transaction(['drafts', 'photos', 'records'], 'readwrite', STRICT)
  const found = await change.objectStore('drafts').get(draft.id)
  if (!found) throw new DraftGone(draft.id)
  if (found.changed_at !== draft.changed_at) throw new DraftChanged(draft.id)
  for (const photo of found.photos) {
    const row = await change.objectStore('photos').get([draft.id, photo.sha256])
    if (!row || row.bytes.byteLength !== photo.size) throw new PhotoLost(photo.purpose)
  }
  await change.objectStore('records').put(record)
  await change.objectStore('drafts').delete(draft.id)
  await change.done
  announce('outbox')
  return record
}
