/** A visit that came back: what the reviewer marked, and whether it was done again. Pure. */

import type { Form, PhotoClaim, ReturnedVisit } from '../api/wire'
import { saysTheSame } from './earlier'
import type { Answers } from './visible'

export type Mark = { kind: 'field' | 'photo'; name: string; note: string; purpose: string | null; done: boolean }

type Now = { answers: Answers; not_answered: Record<string, string>; photos: Pick<PhotoClaim, 'sha256' | 'purpose'>[] }

/** The marks in their order: a question by its name, a photo by its hash and its purpose; `done` once it is another. */
export function listMarks(returned: ReturnedVisit, before: Answers, now: Now): Mark[] {
  return returned.marks.map((mark) => {
    if (mark.kind === 'photo') {
      const purpose = returned.photos.find((photo) => photo.sha256 === mark.name)?.purpose ?? null
      const others = now.photos.filter((photo) => photo.purpose === purpose && photo.sha256 !== mark.name)
      const held = returned.photos.map((photo) => photo.sha256)
      return { ...mark, kind: 'photo', purpose, done: others.some((photo) => !held.includes(photo.sha256)) }
    }
    const left = (returned.not_answered as Record<string, string>)[mark.name]
    const same = saysTheSame(now.answers[mark.name], before[mark.name]) && now.not_answered[mark.name] === left
    return { ...mark, kind: 'field', purpose: null, done: !same }
  })
}

/** The answers of a returned visit by the questions of a form. */
export function readReturned(form: Form, returned: ReturnedVisit): Answers {
  const checks = form.fields.find((field) => field.type === 'check_map')
  return {
    ...(returned.answers as Answers),
    method: returned.method,
    observed_state: returned.observed_state,
    ...(returned.said ? { note: returned.said } : {}),
    ...(checks && Object.keys(returned.checks).length > 0 ? { [checks.name]: returned.checks as Record<string, string> } : {}),
  }
}
