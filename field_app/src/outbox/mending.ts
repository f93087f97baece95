/** What a person does with a record that did not go through: mend it, or take note of it. */

import type { Answer, Checks, Form, InspectionBody, FoundBody, PhotoClaim } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type Draft, type OutboxRecord, STRICT } from '../store/database'
import { openRecord, sealDraft } from '../store/private_rows'

/** Take a record kept aside off the list: the server holds its text for good, and no photo of it waits here. */
export async function dismissKeptAside(database: Database, id: string): Promise<void> {
  const change = database.transaction(['records', 'photo_lines'], 'readwrite', STRICT)
  const record = await change.objectStore('records').get(id)
  const left = await change.objectStore('photo_lines').index('visit_id').count(id)
  if (record?.state === 'kept_aside' && left === 0) await change.objectStore('records').delete(id)
  await change.done
  announce('outbox')
}

/** Open a refused visit or found station as a draft again, photos and all, so that it can be mended and sent. */
export async function reopenRefused(database: Database, id: string, form: Form, now: Date): Promise<Draft | null> {
  const row = await database.get('records', id)
  if (row?.state !== 'refused' || row.kind === 'month') return null
  const record = await openRecord(row)
  const here = new Set((await database.getAllFromIndex('photo_lines', 'visit_id', id)).map(({ sha256 }) => sha256))
  const body = JSON.parse(new TextDecoder().decode(record.body)) as InspectionBody | FoundBody
  const { kind, account_id, station_code, station_name } = row
  const draft: Draft = {
    id, kind, account_id, station_code, station_name, form,
    changed_at: now.toISOString(),
    position: readPosition(body),
    photos: body.photos,
    held_photos: body.photos.map(({ sha256 }: PhotoClaim) => sha256).filter((sha256: string) => !here.has(sha256)),
    ...('method' in body ? readVisit(body, form) : readFound(body)),
  }
  const sealed = await sealDraft(draft)
  const change = database.transaction(['records', 'drafts'], 'readwrite', STRICT)
  // Another page may have reopened or sent it meanwhile.
  if ((await change.objectStore('records').get(id))?.state !== 'refused') return null
  await Promise.all([
    change.objectStore('drafts').put(sealed),
    change.objectStore('records').delete(id),
    change.done,
  ])
  announce('outbox')
  return draft
}

type Given = Pick<Draft, 'started_at' | 'answers' | 'not_answered' | 'replaces' | 'nearby'>

function readVisit(body: InspectionBody, form: Form): Given {
  const checks = form.fields.find((field) => field.type === 'check_map')
  const answers: Record<string, Answer | Checks> = {
    ...body.answers,
    method: body.method,
    observed_state: body.observed_state,
    ...(body.note ? { note: body.note } : {}),
    ...(checks ? { [checks.name]: body.checks } : {}),
  }
  return { started_at: body.started_at, answers, not_answered: body.not_answered ?? {}, replaces: body.replaces ?? null, nearby: [] }
}

function readFound(body: FoundBody): Given {
  const { name, kind, village_code, note, captured_at, nearby } = body
  const answers = { name, kind, ...(village_code ? { village_code } : {}), ...(note ? { note } : {}) }
  return { started_at: captured_at, answers, not_answered: {}, replaces: null, nearby }
}

function readPosition(body: InspectionBody | FoundBody): Draft['position'] {
  if (!body.fix) return null
  const { lon, lat, accuracy_m, age_s } = body.fix
  const at = new Date(Date.parse(body.captured_at) - (age_s ?? 0) * 1000).toISOString()
  return { lon, lat, accuracy_m: accuracy_m ?? 0, at }
}

/** A refused filing leaves the outbox: the server's version stands, or a new filing was begun from it. */
export async function dropRefusedMonth(database: Database, id: string): Promise<OutboxRecord | null> {
  const change = database.transaction('records', 'readwrite', STRICT)
  const record = await change.store.get(id)
  const drops = record?.kind === 'month' && record.state === 'refused'
  if (drops) await change.store.delete(id)
  await change.done
  announce('outbox')
  return drops ? record : null
}
