/** A visit while it is being filled: each answer and each photo is on disk before the screen says so. */

import type { Answer, Checks, Form, ReturnedVisit } from '../api/wire'
import { chooseFix } from '../place/fixes'
import { announce } from '../store/changes'
import { type Database, type Draft, type DraftKind, type Position, STRICT } from '../store/database'
import { openDraft, sealDraft } from '../store/private_rows'
import { isOpen, Locked } from '../store/vault'
import { makeUuid } from './canonical'
import { addReturned, fillFromReturned } from './from_returned'

export class DraftGone extends Error {}

/** Of a station that is on no list the code is empty. */
export async function findDraft(database: Database, station_code: string, account_id: string, kind: DraftKind = 'visit'): Promise<Draft | null> {
  const drafts = await database.getAllFromIndex('drafts', 'station_code', station_code)
  const found = newestOf(drafts, account_id, kind)
  return found ? openDraft(found) : null
}

/** Where two wait at one station, one reopened to be mended beside one just begun, the one last changed comes first. */
function newestOf(drafts: Draft[], account_id: string, kind: DraftKind): Draft | undefined {
  const own = drafts.filter((draft) => draft.account_id === account_id && draft.kind === kind)
  return own.sort((one, other) => other.changed_at.localeCompare(one.changed_at))[0]
}

/** Has the person given anything? A visit only looked at, or only filled from a returned one, is no draft in anybody's eyes. */
export function isTouched(draft: Draft): boolean {
  if (draft.replaces !== null) return draft.changed_at !== draft.started_at
  if (draft.was_touched) return true
  return Object.keys(draft.answers).length + Object.keys(draft.not_answered).length + draft.photos.length > 0
}

export async function listDrafts(database: Database, account_id: string): Promise<Draft[]> {
  const rows = (await database.getAll('drafts')).filter((draft) => draft.account_id === account_id && isTouched(draft))
  return Promise.all(rows.map(openDraft))
}

/** `station` is null for one that is on no list; `replaces` is the returned visit to be made good. */
export type Begin = {
  kind: DraftKind
  station: { code: string; name: string } | null
  account_id: string
  form: Form
  now: Date
  replaces?: ReturnedVisit | null
  nearby?: string[]
}

/** Begin a visit or a found station, or go on with the one begun earlier there. */
export async function beginDraft(database: Database, begin: Begin): Promise<Draft> {
  const { kind, station, account_id, form, now, replaces = null, nearby = [] } = begin
  const change = database.transaction('drafts', 'readwrite', STRICT)
  const begun = newestOf(await change.store.index('station_code').getAll(station?.code ?? ''), account_id, kind)
  const goesOn = begun !== undefined && isTouched(begun)
  const draft: Draft = goesOn ? begun : {
    id: begun?.id ?? makeUuid(),
    kind,
    account_id,
    station_code: station?.code ?? '',
    station_name: station?.name ?? '',
    form,
    started_at: now.toISOString(),
    changed_at: now.toISOString(),
    answers: {},
    not_answered: {},
    position: null,
    photos: [],
    replaces: null,
    held_photos: [],
    nearby,
    ...(replaces ? fillFromReturned(replaces, form) : {}),
  }
  if (!goesOn) await change.store.put(draft)
  await change.done
  if (goesOn) return openDraft(draft)
  // What a returned visit brings is sealed as soon as it is there.
  return replaces && isOpen() ? changeSealed(database, draft.id, now, (fresh) => fresh) : draft
}

/** Make a draft that was begun before answer a returned visit, by the person's own tap. */
export function takeUpReturned(database: Database, id: string, visit: ReturnedVisit, now: Date): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => addReturned(draft, visit))
}

async function changeDraft(database: Database, id: string, now: Date, alter: (draft: Draft) => Draft): Promise<Draft> {
  if (isOpen()) return changeSealed(database, id, now, alter)
  const change = database.transaction('drafts', 'readwrite', STRICT)
  const found = await change.store.get(id)
  if (!found) throw new DraftGone(id)
  // What comes in late, a fix or a last answer, is not laid open beside what is sealed.
  if (found.sealed) throw new Locked()
  const altered = { ...alter(found), changed_at: now.toISOString(), turn: nextTurn(found) }
  await change.store.put(altered)
  await change.done
  return altered
}

export const nextTurn = (draft: Draft): number => (draft.turn ?? 0) + 1

/** A cipher waits for another thread, and a waiting transaction closes by itself; so it is done until nobody came between. */
async function changeSealed(database: Database, id: string, now: Date, alter: (draft: Draft) => Draft): Promise<Draft> {
  for (;;) {
    const found = await database.get('drafts', id)
    if (!found) throw new DraftGone(id)
    const altered = { ...alter(await openDraft(found)), changed_at: now.toISOString(), turn: nextTurn(found) }
    const sealed = await sealDraft(altered)
    // The app was shut in between.
    if (!sealed.sealed) throw new Locked()
    const change = database.transaction('drafts', 'readwrite', STRICT)
    const again = await change.store.get(id)
    const undisturbed = again?.turn === found.turn
    if (again && undisturbed) await change.store.put(sealed)
    await change.done
    if (!again) throw new DraftGone(id)
    if (undisturbed) return altered
  }
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
    return { ...draft, answers, not_answered: value === undefined ? draft.not_answered : without(draft.not_answered, field) }
  })
}

/** Leave a question open on purpose, «not seen» or «not applicable»; undefined takes that back. An answer given goes. */
export function keepNotAnswered(
  database: Database,
  id: string,
  field: string,
  value: string | undefined,
  now: Date,
): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => {
    const rest = without(draft.not_answered, field)
    if (value === undefined) return { ...draft, not_answered: rest }
    return { ...draft, answers: without(draft.answers, field), not_answered: { ...rest, [field]: value } }
  })
}

function without<T>(held: Record<string, T>, key: string): Record<string, T> {
  const rest = { ...held }
  delete rest[key]
  return rest
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

/** Keep a fix if it is the better one: listening anew begins with coarse ones, which must not push out a good one. */
export function keepPosition(database: Database, id: string, heard: Position, now: Date): Promise<Draft> {
  return changeDraft(database, id, now, (draft) => ({ ...draft, position: chooseFix(draft.position, heard) }))
}

/** Throw a draft away with its photos; only ever by the person's own hand. */
export async function dropDraft(database: Database, id: string): Promise<void> {
  const change = database.transaction(['drafts', 'photos', 'photo_lines'], 'readwrite', STRICT)
  await change.objectStore('drafts').delete(id)
  const keys = await change.objectStore('photo_lines').index('visit_id').getAllKeys(id)
  await Promise.all([
    ...keys.map((key) => change.objectStore('photos').delete(key)),
    ...keys.map((key) => change.objectStore('photo_lines').delete(key)),
    change.done,
  ])
  announce('outbox')
}

/** The bytes of a photo taken here; null of one that only the server has. */
export async function readPhoto(database: Database, id: string, sha256: string): Promise<ArrayBuffer | null> {
  return (await database.get('photos', [id, sha256]))?.bytes ?? null
}
