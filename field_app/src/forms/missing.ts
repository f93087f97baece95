/** What still stands between a draft and its saving. Pure; the screen turns each lack into words. */

import type { Answer, Checks, Form, FormField, PhotoClaim } from '../api/wire'
import { type Answers, leftOpen, listPhotoRules, listVisible } from './visible'

export type Fault = 'required' | 'too_long' | 'too_small' | 'too_large' | 'not_a_number' | 'not_money' | 'not_a_date' | 'not_a_choice'

export type Lack = { kind: 'field'; name: string; fault: Fault } | { kind: 'photo'; name: string; fault: 'required' }

const INTEGER = /^-?\d+$/
const DECIMAL = /^-?\d+(\.\d+)?$/
/** Yuan with at most two places, as `field_app_schema.money` reads it: no comma, no sign, no unit. */
const MONEY = /^\d{1,9}(\.\d{1,2})?$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** Fold full-width digits, sign and point, which Chinese keyboards give, to plain ones. */
export function foldDigits(text: string): string {
  return text.replace(/[０-９．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).trim()
}

function isEmpty(value: Answer | Checks | undefined): boolean {
  if (value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function findFault(field: FormField, value: Answer | Checks): Fault | null {
  switch (field.type) {
    case 'text':
      return field.max_length && String(value).length > field.max_length ? 'too_long' : null
    case 'integer':
    case 'decimal': {
      if (!(field.type === 'integer' ? INTEGER : DECIMAL).test(String(value))) return 'not_a_number'
      if (typeof field.min === 'number' && Number(value) < field.min) return 'too_small'
      return typeof field.max === 'number' && Number(value) > field.max ? 'too_large' : null
    }
    case 'money':
      return MONEY.test(String(value)) ? null : 'not_money'
    case 'date':
      return DATE.test(String(value)) && !Number.isNaN(Date.parse(String(value))) ? null : 'not_a_date'
    case 'choice':
      return field.choices?.some((choice) => choice.value === value) ? null : 'not_a_choice'
    case 'check_map':
      return field.required && field.items?.some((item) => !(value as Checks)[item.value]) ? 'required' : null
    default:
      return null
  }
}

/** List what is missing or wrong, in the order of the form, photos last. A question left open on purpose is complete. */
export function listMissing(
  form: Form,
  answers: Answers,
  photos: Pick<PhotoClaim, 'purpose'>[],
  not_answered: Record<string, string> = {},
): Lack[] {
  const lacks: Lack[] = []
  for (const field of listVisible(form, answers)) {
    if (leftOpen(field, answers, not_answered) !== null) continue
    const value = answers[field.name]
    const fault = isEmpty(value)
      ? field.required
        ? 'required'
        : null
      : findFault(field, value as Answer | Checks)
    if (fault) lacks.push({ kind: 'field', name: field.name, fault })
  }
  for (const { rule, required } of listPhotoRules(form, answers)) {
    if (required && !photos.some((photo) => photo.purpose === rule.purpose)) {
      lacks.push({ kind: 'photo', name: rule.purpose, fault: 'required' })
    }
  }
  return lacks
}
