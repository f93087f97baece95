/** A visit while it is being filled: each answer and each photo is on disk before the screen says so. */

import type { Answer, Checks, Form, PhotoClaim } from '../api/wire'
import { announce } from '../store/changes'
import { type Database, type Draft, type Position, STRICT } from '../store/database'
import { makeUuid } from './canonical'

export class DraftGone extends Error {}

export async function findDraft(database: Database, station_code: string, account_id: string): Promise<Draft | null> {
  const drafts = await database.getAllFromIndex('drafts', 'station_code', station_code)
  return drafts.find((draft) => draft.account_id === account_id) ?? null
}

/** Has anything been answered or photographed? A visit only looked at is no draft in anybody's eyes. */
export const isTouched = (draft: Draft): boolean => Object.keys(draft.answers).length + draft.photos.length > 0

export async function listDrafts(database: Database, account_id: string): Promise<Draft[]> {
  return (await database.getAll('drafts')).filter((draft) => draft.account_id === account_id && isTouched(draft))
}

/** Begin a visit, or go on with the one begun earlier at this station. */
export async function beginDraft(
  database: Database,
  station: { code: string; name: string },
  account_id: string,
  form: Form,
  now: Date,
): Promise<Draft> {
  const change = database.transaction('drafts', 'readwrite', STRICT)
  const begun = (await change.store.index('station_code').getAll(station.code)).find(
    (draft) => draft.account_id === account_id,
  )
  const goesOn = begun !== undefined && isTouched(begun)
  const draft: Draft = goesOn ? begun : {
    id: begun?.id ?? makeUuid(),
    account_id,
    station_code: station.code,
    station_name: station.name,
    form,
    started_at: now.toISOString(),
    changed_at: now.toISOString(),
    answers: {},
    position: null,
    photos: [],
  }
  if (!goesOn) await change.store.put(draft)
  await change.done
  return draft
}

async function changeDraft(database: Database, id: string, now: Date, alter: (draft: Draft) => Draft): Promise<Draft> {
  const change = database.transaction('drafts', 'readwrite', STRICT)
  const found = await change.store.get(id)
  if (!found) throw new DraftGone(id)
  const altered = { ...alter(found), changed_at: now.toISOString() }
  await change.store.put(altered)
  await change.done
  return altered
}

/** Keep one answer; undefined takes it back. */
export function keepAnswer(
  database: Database,
  id: string,
  field: string,
  value: Answer | Checks | undefined,
  now: Date,
): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => {
    const answers = { ...draft.answers }
    if (value === undefined) delete answers[field]
    else answers[field] = value
    return { ...draft, answers }
  })
}

/** Keep the answer of one check inside a check_map, read fresh so that two quick taps lose nothing. */
export function keepCheck(
  database: Database,
  id: string,
  field: string,
  check: string,
  value: string,
  now: Date,
): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => {
    const checks = { ...(draft.answers[field] as Checks | undefined), [check]: value }
    return { ...draft, answers: { ...draft.answers, [field]: checks } }
  })
}

export function keepPosition(database: Database, id: string, position: Position, now: Date): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => ({ ...draft, position }))
}

/** Keep a photo: its bytes and its line in the draft in one transaction. The same picture twice is kept once. */
export async function keepPhoto(
  database: Database,
  id: string,
  claim: PhotoClaim,
  bytes: ArrayBuffer,
  now: Date,
): Promise<{ draft: Draft; already: string | null }> {
  const change = database.transaction(['drafts', 'photos'], 'readwrite', STRICT)
  const found = await change.objectStore('drafts').get(id)
  if (!found) throw new DraftGone(id)
  const twin = found.photos.find((photo) => photo.sha256 === claim.sha256)
  const draft = twin ? found : { ...found, photos: [...found.photos, claim], changed_at: now.toISOString() }
  if (!twin) {
    await change.objectStore('drafts').put(draft)
    await change.objectStore('photos').put({
      ...claim,
      visit_id: id,
      bytes,
      sent_bytes: 0,
      tries: 0,
      next_try_at: 0,
      problem: null,
      held: false,
    })
  }
  await change.done
  return { draft, already: twin?.purpose ?? null }
}

export async function dropPhoto(database: Database, id: string, sha256: string, now: Date): Promise<Draft> {
  const change = database.transaction(['drafts', 'photos'], 'readwrite', STRICT)
  const found = await change.objectStore('drafts').get(id)
  if (!found) throw new DraftGone(id)
  const photos = found.photos.filter((photo) => photo.sha256 !== sha256)
  const draft = { ...found, photos, changed_at: now.toISOString() }
  await change.objectStore('drafts').put(draft)
  await change.objectStore('photos').delete([id, sha256])
  await change.done
  return draft
}

/** Throw a draft away with its photos; only ever by the person's own hand. */
export async function dropDraft(database: Database, id: string): Promise<void> {
  const change = database.transaction(['drafts', 'photos'], 'readwrite', STRICT)
  await change.objectStore('drafts').delete(id)
  const keys = await change.objectStore('photos').index('visit_id').getAllKeys(id)
  await Promise.all(keys.map((key) => change.objectStore('photos').delete(key)))
  await change.done
  announce('outbox')
}

export async function readPhoto(database: Database, id: string, sha256: string): Promise<ArrayBuffer | null> {
  return (await database.get('photos', [id, sha256]))?.bytes ?? null
}
