import { describe, expect, it } from 'vitest'
import type { Choice, FieldType, Form, FormField, LastVisit, ReturnedVisit } from '../src/api/wire'
import { preselect } from '../src/forms/beginning'
import { findEarlier, repeatEarlier, saysTheSame } from '../src/forms/earlier'
import { listMissing } from '../src/forms/missing'
import { listMarks, readReturned } from '../src/forms/returned'
import { keepLeftOpen, leftOpen, listPhotoRules } from '../src/forms/visible'

const choices = (...values: string[]): Choice[] => values.map((value) => ({ value, label_zh: value, label_en: value }))

function ask(name: string, type: FieldType, more: Partial<FormField> = {}): FormField {
  const none = { max_length: null, min: null, max: null, show_when: null, hint_zh: null, hint_en: null, left_open: [] }
  return { name, type, label_zh: name, label_en: name, required: false, ...none, ...more }
}

const OPEN = { field: 'observed_state', in: ['open_operating'] }
const LEFT = ['not_seen', 'not_applicable']
const SERVICES = ask('services', 'multi_choice', { choices: choices('parcel', 'small_cash'), show_when: OPEN, left_open: LEFT, required: true })
const CHECKS = ask('checks', 'check_map', { items: choices('staff_present', 'online_sales'), show_when: OPEN })
const WHY = { why_zh: '', why_en: '' }

const FORM: Form = {
  name: 'inspection',
  version: 'f2',
  slips: null,
  fields: [
    ask('method', 'choice', { required: true, choices: choices('site_visit', 'unannounced') }),
    ask('observed_state', 'choice', { required: true, choices: choices('open_operating', 'gone') }),
    SERVICES,
    CHECKS,
    ask('sold', 'money'),
  ],
  photo_rules: [
    { purpose: 'sign', label_zh: '', label_en: '', required_when: OPEN, offered_when: null, ...WHY },
    { purpose: 'inside', label_zh: '', label_en: '', required_when: null, offered_when: OPEN, ...WHY },
    { purpose: 'front', label_zh: '', label_en: '', required_when: null, offered_when: null, ...WHY },
  ],
}

const BASE = { method: 'site_visit', observed_state: 'open_operating' }
const SIGN = [{ purpose: 'sign' as const }]

const LAST: LastVisit = {
  inspection_id: 'b0c7f0f0-0000-4000-8000-000000000001',
  captured_at: '2026-05-20T03:00:00Z',
  observed_state: 'open_operating',
  answers: { services: ['small_cash', 'parcel', 'lottery'], sold: '12.50' },
  checks: { staff_present: 'yes', dancing: 'no' },
  photo: null,
}

describe('a question left open on purpose', () => {
  it('is complete, demanded or not', () => {
    expect(listMissing(FORM, BASE, SIGN)).toEqual([{ kind: 'field', name: 'services', fault: 'required' }])
    expect(listMissing(FORM, BASE, SIGN, { services: 'not_seen' })).toEqual([])
  })

  it('counts only where the form allows it and nothing was answered', () => {
    expect(leftOpen(SERVICES, {}, { services: 'not_applicable' })).toBe('not_applicable')
    expect(leftOpen(SERVICES, {}, { services: 'no_time' })).toBeNull()
    expect(leftOpen(SERVICES, { services: ['parcel'] }, { services: 'not_seen' })).toBeNull()
    expect(leftOpen(CHECKS, {}, { checks: 'not_seen' })).toBeNull()
  })

  it('is sent only of questions that stand', () => {
    expect(keepLeftOpen(FORM, BASE, { services: 'not_seen', method: 'not_seen' })).toEqual({ services: 'not_seen' })
    expect(keepLeftOpen(FORM, { observed_state: 'gone' }, { services: 'not_seen' })).toEqual({})
  })
})

describe('photos that are only offered', () => {
  it('are asked where their condition holds and never demanded; one without conditions always', () => {
    const asked = (state: string): string[] =>
      listPhotoRules(FORM, { observed_state: state }).map(({ rule, required }) => `${rule.purpose}:${required}`)
    expect(asked('open_operating')).toEqual(['sign:true', 'inside:false', 'front:false'])
    expect(asked('gone')).toEqual(['front:false'])
  })
})

describe('money', () => {
  it.each([['12', null], ['12.5', null], ['12.50', null], ['12.505', 'not_money'], ['-3', 'not_money'], ['1,200', 'not_money'], ['1万', 'not_money']])(
    'reads %s as the server does',
    (sold, fault) => {
      const wrong = fault === null ? [] : [{ kind: 'field', name: 'sold', fault }]
      expect(listMissing(FORM, { ...BASE, services: ['parcel'], sold }, SIGN)).toEqual(wrong)
    },
  )
})

describe('as last time', () => {
  const station = { services: ['parcel'], last_visit: LAST }

  it('gives what was answered then, in the order of this form and only what it still offers', () => {
    expect(findEarlier(SERVICES, station)).toEqual({ value: ['parcel', 'small_cash'], from: 'last' })
    expect(findEarlier(CHECKS, station)).toEqual({ value: { staff_present: 'yes' }, from: 'last' })
    expect(findEarlier(FORM.fields[1] as FormField, station)).toEqual({ value: 'open_operating', from: 'last' })
    expect(findEarlier(FORM.fields[0] as FormField, station)).toBeNull()
  })

  it('falls back on the register for services where nobody went yet, and on nothing else', () => {
    expect(findEarlier(SERVICES, { services: ['parcel'], last_visit: null })).toEqual({ value: ['parcel'], from: 'register' })
    expect(findEarlier(SERVICES, { services: [], last_visit: null })).toBeNull()
    expect(findEarlier(CHECKS, { services: ['parcel'], last_visit: null })).toBeNull()
  })

  it('keeps a check that was not asked last time', () => {
    const earlier = { value: { staff_present: 'yes' }, from: 'last' as const }
    expect(repeatEarlier(earlier, { checks: { staff_present: 'no', online_sales: 'no' } }, CHECKS)).toEqual({
      staff_present: 'yes',
      online_sales: 'no',
    })
  })

  it('compares answers whatever their order', () => {
    expect(saysTheSame(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(saysTheSame({ a: 'yes', b: 'no' }, { b: 'no', a: 'yes' })).toBe(true)
    expect(saysTheSame({ a: 'yes' }, { a: 'yes', b: 'no' })).toBe(false)
    expect(saysTheSame(undefined, '')).toBe(false)
  })
})

describe('how the visit is made', () => {
  it('is as the task due first asks, else a visit on the spot', () => {
    expect(preselect(FORM, [])).toEqual({ method: 'site_visit' })
    expect(preselect(FORM, [{ method: 'unannounced', due_on: '2026-12-01' }])).toEqual({ method: 'unannounced' })
    const tasks = [{ method: 'site_visit' as const, due_on: null }, { method: 'unannounced' as const, due_on: '2026-11-30' }]
    expect(preselect(FORM, tasks)).toEqual({ method: 'unannounced' })
  })

  it('is nothing that this form does not offer', () => {
    expect(preselect(FORM, [{ method: 'cross', due_on: null }])).toEqual({ method: 'site_visit' })
  })
})

describe('a visit that came back', () => {
  const held = { sha256: 'a'.repeat(64), purpose: 'sign' as const, size: 9, mime: 'image/jpeg', taken_at: null }
  const returned: ReturnedVisit = {
    id: 'b0c7f0f0-0000-4000-8000-000000000002', station_code: 'JY001', returned_at: '2026-11-20T02:00:00Z', returned_by: '蒋',
    note: '招牌看不清', captured_at: '2026-11-19T02:00:00Z', method: 'site_visit', observed_state: 'open_operating',
    answers: { services: ['parcel'] }, checks: { staff_present: 'yes' }, not_answered: {}, said: '有人', photos: [held],
    marks: [
      { kind: 'field', name: 'services', note: '再看看' },
      { kind: 'photo', name: held.sha256, note: '' },
    ],
  }
  const before = readReturned(FORM, returned)

  it('is read by the questions of the form', () => {
    expect(before).toEqual({
      services: ['parcel'], method: 'site_visit', observed_state: 'open_operating', note: '有人', checks: { staff_present: 'yes' },
    })
  })

  it('says of each mark whether it was done again', () => {
    const done = (now: Parameters<typeof listMarks>[2]): boolean[] => listMarks(returned, before, now).map((mark) => mark.done)
    expect(done({ answers: before, not_answered: {}, photos: [held] })).toEqual([false, false])
    expect(done({ answers: { ...before, services: ['small_cash'] }, not_answered: {}, photos: [held] })).toEqual([true, false])
    const another = { sha256: 'b'.repeat(64), purpose: 'sign' as const }
    expect(done({ answers: before, not_answered: { services: 'not_seen' }, photos: [another] })).toEqual([true, true])
    expect(listMarks(returned, before, { answers: before, not_answered: {}, photos: [] })[1]?.purpose).toBe('sign')
  })
})
