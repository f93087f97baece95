/** Small builders of an owner's months: the drawn form in short, and a year of figures. */

import type { Form, FormField, MyMonth } from '../src/api/wire'

function ask(name: string, type: FormField['type'], more: Partial<FormField> = {}): FormField {
  const none = { max_length: null, min: null, max: null, show_when: null, hint_zh: null, hint_en: null, left_open: [] }
  return { name, type, label_zh: name, label_en: name, required: false, ...none, ...more }
}

const MONEY = { min: 0, max: 100_000_000 }

export const MONTH_FORM: Form = {
  name: 'month',
  version: 'm1',
  fields: [
    ask('is_nil', 'boolean'),
    ask('online_sales_out', 'money', MONEY),
    ask('upstream_sales', 'money', MONEY),
    ask('purchase_agency_amount', 'money', MONEY),
    ask('parcels_in', 'integer', { min: 0, max: 1_000_000 }),
    ask('parcels_out', 'integer', { min: 0, max: 1_000_000 }),
    ask('note', 'text', { max_length: 500 }),
  ],
  photo_rules: [],
  slips: {
    fewest_months: 3, room: 3, close: 1.5,
    factors: [
      { code: 'unit_slip', factor: 10_000, money_only: true },
      { code: 'x100', factor: 100, money_only: false },
      { code: 'x10', factor: 10, money_only: false },
    ],
  },
}

type Figures = NonNullable<MyMonth['figures']>

export function figures(more: Partial<Figures> = {}): Figures {
  const none = { online_sales_out: null, purchase_agency_amount: null, upstream_sales: null, parcels_in: null, parcels_out: null }
  return { ...none, is_nil: false, source: 'owner', ...more }
}

const RIGHTS = { may_submit: false, may_correct: false, may_accept: false, may_return: false, may_excuse: false, may_unlock: false }

/** A month of 2026: asked for until the 3rd, due until the 5th, locked after the 15th of the next; open unless said. */
export function month(period: string, more: Partial<Omit<MyMonth, 'permissions'>> & { rights?: Partial<MyMonth['permissions']> } = {}): MyMonth {
  const { rights = { may_submit: true }, ...rest } = more
  const next = String(Number(period.slice(4)) + 1).padStart(2, '0')
  const ends = (day: number): string => `2026-${next}-${String(day).padStart(2, '0')}T00:00:00+08:00`
  return {
    period, state: 'open', why: 'open', excuse: null, is_expected: true, timeliness: null, version: null, report_state: null,
    opens_at: ends(1), asked_by: ends(4), due_at: ends(6), locks_at: ends(16), figures: null, note: null, returned: null,
    permissions: { ...RIGHTS, ...rights }, ...rest,
  }
}
