/** What was answered at the last visit, as far as this form still knows it. Pure. */

import type { Answer, Checks, Choice, FormField, LastVisit } from '../api/wire'
import type { Answers } from './visible'

export type Earlier = { value: Answer | Checks; from: 'last' | 'register' }

type Known = { services: readonly string[]; last_visit: LastVisit | null }

/** Questions that one tap may answer as before; a single choice is one tap anyhow, and a text wants a look. */
const REPEATABLE: FormField['type'][] = ['multi_choice', 'check_map']

/** The earlier answer to a question; null where there is none, or where this form offers it no more. */
export function findEarlier(field: FormField, station: Known): Earlier | null {
  const last = station.last_visit
  const given = last ? readLast(field, last) : undefined
  const value = fitToForm(field, given)
  if (value !== null) return { value, from: 'last' }
  // Where nobody went yet, the register says what the station once offered.
  const registered = field.name === 'services' ? fitToForm(field, [...station.services]) : null
  return registered === null ? null : { value: registered, from: 'register' }
}

function readLast(field: FormField, last: LastVisit): unknown {
  if (field.name === 'observed_state') return last.observed_state
  return field.type === 'check_map' ? last.checks : (last.answers as Record<string, unknown>)[field.name]
}

const among = (choices: Choice[] | undefined, value: string): boolean => (choices ?? []).some((one) => one.value === value)

function fitToForm(field: FormField, given: unknown): Answer | Checks | null {
  if (given === undefined || given === null || given === '') return null
  switch (field.type) {
    case 'choice':
      return typeof given === 'string' && among(field.choices, given) ? given : null
    case 'multi_choice': {
      if (!Array.isArray(given)) return null
      const fitting = (field.choices ?? []).map((one) => one.value).filter((one) => given.includes(one))
      return fitting.length > 0 ? fitting : null
    }
    case 'check_map': {
      const checks: Checks = {}
      for (const [name, value] of Object.entries(given as Checks)) if (among(field.items, name)) checks[name] = value
      return Object.keys(checks).length > 0 ? checks : null
    }
    default:
      return typeof given === 'object' ? null : (given as Answer)
  }
}

export const isRepeatable = (field: FormField): boolean => REPEATABLE.includes(field.type)

/** The answer that «as last time» gives: checks answered meanwhile that were not asked last time stay. */
export function repeatEarlier(earlier: Earlier, answers: Answers, field: FormField): Answer | Checks {
  return field.type === 'check_map' ? { ...(answers[field.name] as Checks | undefined), ...(earlier.value as Checks) } : earlier.value
}

/** Do two answers say the same, in whatever order they were tapped? */
export function saysTheSame(one: Answer | Checks | undefined, other: Answer | Checks | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value) => other.includes(value))
  if (typeof one === 'object' && typeof other === 'object') {
    const names = Object.keys(one)
    return names.length === Object.keys(other).length && names.every((name) => (one as Checks)[name] === (other as Checks)[name])
  }
  return String(one) === String(other)
}
