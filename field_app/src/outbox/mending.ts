/** What a person does with a record that did not go through: mend it, or take note of it. */

import type { Answer, Checks, Form, InspectionBody, FoundBody, PhotoClaim, Problem } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type Draft, type DraftKind, type OutboxRecord, STRICT } from '../store/database'
import { openDraft, openRecord, sealDraft } from '../store/private_rows'
import { makeUuid } from './canonical'

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
  const draft = await readBack(database, record, row.kind, form, now)
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

/** What a record said, as a draft of the same id: photos whose bytes have left the phone are held by the server. */
async function readBack(database: Database, record: OutboxRecord, kind: DraftKind, form: Form, now: Date): Promise<Draft> {
  const { id, account_id, station_code, station_name } = record
  const here = new Set((await database.getAllFromIndex('photo_lines', 'visit_id', id)).map(({ sha256 }) => sha256))
  const body = JSON.parse(new TextDecoder().decode(record.body)) as InspectionBody | FoundBody
  return {
    id, kind, account_id, station_code, station_name, form,
    changed_at: now.toISOString(),
    position: readPosition(body),
    photos: body.photos,
    held_photos: body.photos.map(({ sha256 }: PhotoClaim) => sha256).filter((sha256: string) => !here.has(sha256)),
    ...('method' in body ? readVisit(body, form) : readFound(body)),
  }
}

/**
 * Begin a corrected record from one kept aside, under an id of its own: the server holds the first for staff to settle,
 * and would answer other bytes under its id with a conflict. The first stays listed; its photos are copied, since it
 * may still owe them. A second call gives the one begun, as long as it is a draft; null once that was saved.
 */
export async function beginCorrected(database: Database, id: string, form: Form, now: Date): Promise<Draft | null> {
  const row = await database.get('records', id)
  if (row?.state !== 'kept_aside' || row.kind === 'month') return null
  if (row.mended_by) {
    const begun = await database.get('drafts', row.mended_by)
    if (begun) return openDraft(begun)
    if (await isSaved(database, row.mended_by)) return null
  }
  const first = await readBack(database, await openRecord(row), row.kind, form, now)
  const draft: Draft = { ...first, id: makeUuid(), ...mendKnown(first, row.problem, now) }
  const sealed = await sealDraft(draft)
  const change = database.transaction(['records', 'drafts', 'photos', 'photo_lines'], 'readwrite', STRICT)
  const again = await change.objectStore('records').get(id)
  // Another page may have begun one, or taken this off the list, meanwhile.
  if (again?.state !== 'kept_aside' || again.mended_by !== row.mended_by) return null
  const held = new Set(draft.held_photos)
  for (const { sha256 } of draft.photos.filter((photo) => !held.has(photo.sha256))) {
    const bytes = await change.objectStore('photos').get([id, sha256])
    const line = await change.objectStore('photo_lines').get([id, sha256])
    // It arrived at the server since the lines were read.
    if (!bytes || !line) held.add(sha256)
    else {
      const fresh = { sent_bytes: 0, tries: 0, next_try_at: 0, problem: null, held: false }
      await change.objectStore('photos').put({ ...bytes, visit_id: draft.id })
      await change.objectStore('photo_lines').put({ ...line, ...fresh, visit_id: draft.id })
    }
  }
  const held_photos = Array.from(held)
  await Promise.all([
    change.objectStore('drafts').put({ ...sealed, held_photos }),
    change.objectStore('records').put({ ...again, mended_by: draft.id }),
    change.done,
  ])
  announce('outbox')
  return { ...draft, held_photos }
}

/** Has the corrected one been saved, sent or not? Else it was begun and thrown away. */
export async function isSaved(database: Database, id: string): Promise<boolean> {
  return (await database.getKey('records', id)) !== undefined || (await database.getKey('receipts', id)) !== undefined
}

const OF_THE_CLOCK = ['TIME_IN_FUTURE', 'TIME_TOO_OLD']

/** What would be refused again for the same reason, and which no question of the form can mend. */
function mendKnown(draft: Draft, reason: Problem | null, now: Date): Pick<Draft, 'started_at' | 'replaces'> {
  const wrong_clock = OF_THE_CLOCK.includes(reason?.code ?? '') || Date.parse(draft.started_at) >= now.getTime()
  return {
    // A moment before: what was begun and never changed counts as no draft.
    started_at: wrong_clock ? new Date(now.getTime() - 1).toISOString() : draft.started_at,
    replaces: reason?.code === 'REPLACES_REFUSED' ? null : draft.replaces,
  }
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

/** Where a record that waits was made, as its own bytes say it. */
export async function readPlace(record: OutboxRecord): Promise<Draft['position']> {
  return readPosition(JSON.parse(new TextDecoder().decode((await openRecord(record)).body)) as InspectionBody | FoundBody)
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
