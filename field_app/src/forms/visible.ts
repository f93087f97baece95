/** Which questions of a form stand, given the answers so far. Pure. */

import type { Answer, Checks, Condition, Form, FormField, PhotoRule } from '../api/wire'

export type Answers = Record<string, Answer | Checks>

/** Does the condition hold? Booleans compare as 'true' and 'false'; of several choices, one is enough. */
export function holds(condition: Condition | null | undefined, answers: Answers): boolean {
  if (!condition) return true
  const value = answers[condition.field]
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.some((one) => condition.in.includes(one))
  if (typeof value === 'object') return false
  return condition.in.map(String).includes(String(value))
}

/** The fields to show, in order. A field that hangs on a hidden field is hidden, whatever was answered there before. */
export function listVisible(form: Form, answers: Answers): FormField[] {
  const seen: Answers = {}
  return form.fields.filter((field) => {
    const condition = field.show_when
    const visible = !condition || holds(condition, seen)
    const given = answers[field.name]
    if (visible && given !== undefined) seen[field.name] = given
    return visible
  })
}

/** The answers that count: those of visible fields, empty texts left out. */
export function keepVisible(form: Form, answers: Answers): Answers {
  const kept: Answers = {}
  for (const field of listVisible(form, answers)) {
    const value = answers[field.name]
    if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)) kept[field.name] = value
  }
  return kept
}

/** An emptied box or list is no answer. */
const isOpen = (value: Answer | Checks | undefined): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Is the question left open on purpose, in a way its form allows? An answer that was given after all counts instead. */
export function leftOpen(field: FormField, answers: Answers, not_answered: Record<string, string>): string | null {
  const left = not_answered[field.name]
  return left !== undefined && field.left_open.includes(left) && isOpen(answers[field.name]) ? left : null
}

export type LeftOpen = 'not_seen' | 'not_applicable'

/** What was left open on purpose, of the questions that stand. */
export function keepLeftOpen(form: Form, answers: Answers, not_answered: Record<string, string>): Record<string, LeftOpen> {
  const kept: Record<string, LeftOpen> = {}
  for (const field of listVisible(form, answers)) {
    const left = leftOpen(field, answers, not_answered)
    if (left !== null) kept[field.name] = left as LeftOpen
  }
  return kept
}

/** The photos to ask for, each with whether the visit can be saved without it; a rule without conditions offers always. */
export function listPhotoRules(form: Form, answers: Answers): { rule: PhotoRule; required: boolean }[] {
  const kept = keepVisible(form, answers)
  return form.photo_rules
    .map((rule) => {
      const required = Boolean(rule.required_when) && holds(rule.required_when, kept)
      const offered = rule.offered_when ? holds(rule.offered_when, kept) : !rule.required_when
      return { rule, required, asked: required || offered }
    })
    .filter(({ asked }) => asked)
    .map(({ rule, required }) => ({ rule, required }))
}
