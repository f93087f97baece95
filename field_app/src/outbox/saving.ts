/** Turning a draft into a record: from here on its bytes never change. */

import type { ClockReading } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type Draft, type OutboxRecord, STRICT } from '../store/database'
import { sealRecord } from '../store/private_rows'
import { buildFound, buildVisit } from './bodies'
import { hashBytes, makeCanonicalBytes } from './canonical'
import { DraftGone } from './drafts'

export class DraftChanged extends Error {}
export class PhotoLost extends Error {}

export function saveVisit(database: Database, draft: Draft, clock: ClockReading, now: Date): Promise<OutboxRecord> {
  const content = buildVisit(draft, clock, now)
  const named = { station_name: draft.station_name, observed_state: content.observed_state, captured_at: content.captured_at }
  return keepRecord(database, draft, content, named)
}

/** A station that is on no list is shown in the outbox by the name it was given. */
export function saveFound(database: Database, draft: Draft, clock: ClockReading, now: Date): Promise<OutboxRecord> {
  const content = buildFound(draft, clock, now)
  return keepRecord(database, draft, content, { station_name: content.name, observed_state: '', captured_at: content.captured_at })
}

type Named = Pick<OutboxRecord, 'station_name' | 'observed_state' | 'captured_at'>

/** Make the record ready to go. Its bytes, its photos and the end of the draft are one transaction: all or nothing. */
async function keepRecord(database: Database, draft: Draft, content: object, named: Named): Promise<OutboxRecord> {
  const body = makeCanonicalBytes(content)
  // A digest waits for another thread, and a waiting transaction closes by itself; so it is made first.
  const sha256 = await hashBytes(body)
  const { id, kind, account_id, station_code } = draft
  const record = await sealRecord(makeRecord({ id, kind, account_id, station_code, period: '', seen_version: null, ...named, body, sha256 }))
  const change = database.transaction(['drafts', 'photos', 'photo_lines', 'records'], 'readwrite', STRICT)
  const found = await change.objectStore('drafts').get(draft.id)
  if (!found) throw new DraftGone(draft.id)
  if (found.changed_at !== draft.changed_at) throw new DraftChanged(draft.id)
  for (const photo of found.photos.filter(({ sha256: one }) => !found.held_photos.includes(one))) {
    const line = await change.objectStore('photo_lines').get([draft.id, photo.sha256])
    const bytes = await change.objectStore('photos').getKey([draft.id, photo.sha256])
    if (!bytes || line?.size !== photo.size) throw new PhotoLost(photo.purpose)
  }
  await Promise.all([
    change.objectStore('records').put(record),
    change.objectStore('drafts').delete(draft.id),
    change.done,
  ])
  announce('outbox')
  return record
}

type Made = Omit<OutboxRecord, 'state' | 'tries' | 'next_try_at' | 'problem' | 'receipt' | 'quarantine_id'>

export function makeRecord(made: Made): OutboxRecord {
  return { ...made, state: 'ready', tries: 0, next_try_at: 0, problem: null, receipt: null, quarantine_id: null }
}
