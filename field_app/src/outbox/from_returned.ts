/** What a returned visit brings into a draft: its answers, and its photos, whose bytes the server has. Pure. */

import type { Answer, Checks, Form, ReturnedVisit } from '../api/wire'
import { readReturned } from '../forms/returned'
import type { Draft } from '../store/database'

type Brought = Pick<Draft, 'replaces' | 'answers' | 'not_answered' | 'photos' | 'held_photos'>

export function fillFromReturned(visit: ReturnedVisit, form: Form): Brought {
  return {
    replaces: visit.id,
    answers: readReturned(form, visit),
    not_answered: visit.not_answered,
    photos: visit.photos.map((photo) => ({ ...photo, exif: null, capture: null, seal: null })),
    held_photos: visit.photos.map(({ sha256 }) => sha256),
  }
}

/** The same into a draft begun before it was known: what the person has given since wins, and nothing of it goes. */
export function addReturned(draft: Draft, visit: ReturnedVisit): Draft {
  const brought = fillFromReturned(visit, draft.form)
  const given = (name: string): boolean => name in draft.answers || name in draft.not_answered
  const answers = { ...draft.answers }
  for (const [name, value] of Object.entries(brought.answers)) {
    if (!given(name)) answers[name] = value
    // Of checks each is an answer of its own.
    else if (areChecks(value) && areChecks(answers[name])) answers[name] = { ...value, ...(answers[name] as Checks) }
  }
  const not_answered = { ...draft.not_answered }
  for (const [name, how] of Object.entries(brought.not_answered)) if (!given(name)) not_answered[name] = how
  const taken = new Set(draft.photos.map(({ purpose }) => purpose))
  const photos = brought.photos.filter(({ purpose }) => !taken.has(purpose))
  return {
    ...draft,
    replaces: visit.id,
    answers,
    not_answered,
    photos: [...draft.photos, ...photos],
    held_photos: [...draft.held_photos, ...photos.map(({ sha256 }) => sha256)],
  }
}

const areChecks = (value: Answer | Checks | undefined): value is Checks => typeof value === 'object' && value !== null && !Array.isArray(value)
