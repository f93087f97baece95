/** What a month says and what still stands between it and its sending. Pure; figures are fen or pieces. */

import type { Form, FormField, MyMonth } from '../api/wire'
import { type AmountFault, readAmount, readFigure, writeTyped } from './amounts'
import { shiftPeriod } from './days'
import { findSlip, type Slip } from './slips'

export type Values = Record<string, string>
export type Fault = AmountFault | 'too_long' | 'above_online'

/** Something asked, never refused: a slip, or an amount written in 万. */
export type Question = { kind: 'slip'; slip: Slip; value: number } | { kind: 'wan'; value: number }

export type Lack = { field: string; fault: Fault } | { field: null; fault: 'empty' | 'reason' }

/** Farm products are a part of what was sold online (F4); the server refuses more. */
const PART = { part: 'upstream_sales', whole: 'online_sales_out' }

export const isFigure = (field: FormField): boolean => field.type === 'money' || field.type === 'integer'
export const listFigures = (form: Form): FormField[] => form.fields.filter(isFigure)

type Figures = NonNullable<MyMonth['figures']>

/** A figure of a month by the form's name, as fen or pieces. */
export function figureOf(figures: Figures | null, field: FormField): number | null {
  const value = figures ? (figures as Record<string, unknown>)[field.name] : null
  return readFigure(value as string | number | null | undefined, field.type)
}

/** What stands in the boxes when a month is begun from figures: a correction, or «as last month». */
export function typedFigures(form: Form, figures: Figures | null): Values {
  const values: Values = {}
  for (const field of listFigures(form)) {
    const value = figureOf(figures, field)
    if (value !== null) values[field.name] = writeTyped(value, field.type)
  }
  return values
}

const amountOf = (field: FormField, values: Values) => readAmount(values[field.name] ?? '', { type: field.type, max: field.max ?? null })

export function valueOf(field: FormField, values: Values): number | null {
  const amount = amountOf(field, values)
  return amount.kind === 'read' ? amount.value : null
}

/** The texts to send: plain figures without separators, units or 万; what was left empty stays empty. */
export function plainValues(form: Form, values: Values): Values {
  const plain: Values = { ...values }
  for (const field of listFigures(form)) {
    const value = valueOf(field, values)
    plain[field.name] = value === null ? '' : writeTyped(value, field.type)
  }
  return plain
}

/** What to ask beside a box. Answered questions, kept by their value, are asked no more. */
export function findQuestion(form: Form, field: FormField, values: Values, months: MyMonth[], period: string, agreed: Record<string, number>): Question | null {
  const amount = amountOf(field, values)
  if (amount.kind !== 'read' || agreed[field.name] === amount.value) return null
  if (amount.in_wan) return { kind: 'wan', value: amount.value }
  const oldest = shiftPeriod(period, -MONTHS_BEFORE)
  const earlier = months.filter((one) => one.period < period && one.period >= oldest).map((one) => figureOf(one.figures, field))
  const slip = form.slips ? findSlip(form.slips, field.type === 'money', amount.value, earlier) : null
  return slip ? { kind: 'slip', slip, value: amount.value } : null
}

/** A year of the own months is what a figure is held against, as on the server. */
const MONTHS_BEFORE = 12

export function findFault(form: Form, field: FormField, values: Values): Fault | null {
  if (!isFigure(field)) {
    return field.max_length && (values[field.name] ?? '').length > field.max_length ? 'too_long' : null
  }
  const amount = amountOf(field, values)
  if (amount.kind === 'fault') return amount.fault
  if (field.name !== PART.part || amount.kind === 'empty') return null
  const whole = form.fields.find((one) => one.name === PART.whole)
  return whole && amount.value > (valueOf(whole, values) ?? 0) ? 'above_online' : null
}

/** What is missing or wrong, in the order of the form. A «nothing» needs no figure and sends none. */
export function listLacks(form: Form, values: Values, is_nil: boolean, needs_reason: boolean, reason: string): Lack[] {
  const lacks: Lack[] = []
  const asked = is_nil ? form.fields.filter((field) => field.type === 'text') : form.fields
  for (const field of asked) {
    const fault = findFault(form, field, values)
    if (fault) lacks.push({ field: field.name, fault })
  }
  const blank = listFigures(form).every((field) => (values[field.name] ?? '').trim() === '')
  if (!is_nil && blank) lacks.push({ field: null, fault: 'empty' })
  if (needs_reason && reason.trim() === '') lacks.push({ field: null, fault: 'reason' })
  return lacks
}
