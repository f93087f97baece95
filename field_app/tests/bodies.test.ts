/** What a form asks is what travels: a question added to a form is sent without a line of code. */

import { expect, it } from 'vitest'
import type { FieldType, FormField } from '../src/api/wire'
import { buildFound, buildMonth } from '../src/outbox/bodies'
import type { Draft, MonthDraft } from '../src/store/database'
import { CLOCK, MONTH_FORM, NOON } from './people'

const ask = (name: string, type: FieldType): FormField => ({
  name, type, label_zh: name, label_en: name, required: false, max_length: null, min: null, max: null, show_when: null,
  left_open: [], hint_zh: null, hint_en: null,
})

const MONTH: MonthDraft = {
  id: 'm', period: '202610', account_id: '7', station_code: 's1', station_name: 's1', changed_at: '', seen_version: null,
  form: { ...MONTH_FORM, fields: [
    ask('is_nil', 'boolean'), ask('online_sales_out', 'money'), ask('upstream_sales', 'money'), ask('parcels_in', 'integer'),
    ask('note', 'text'), ask('cold_chain_sales', 'money'), ask('returns', 'integer'), ask('season', 'text'), ask('has_cold_store', 'boolean'),
  ] },
  values: { online_sales_out: '1,200.50元', parcels_in: '35', note: ' 赶集 ', cold_chain_sales: '80', returns: '3', season: '秋', has_cold_store: 'true' },
  is_nil: false, reason: ' ',
}

it('a month is what its form asks, money as text and pieces as numbers', () => {
  expect(buildMonth(MONTH, NOON)).toEqual({
    is_nil: false, online_sales_out: '1200.50', upstream_sales: null, parcels_in: 35, note: '赶集', cold_chain_sales: '80',
    returns: 3, season: '秋', has_cold_store: true, reason: null, captured_at: '2026-11-21T04:00:00.000Z',
  })
})

it('of a month in which nothing was sold no figure travels, whatever was typed before', () => {
  expect(buildMonth({ ...MONTH, is_nil: true, reason: '停业' }, NOON)).toEqual({
    is_nil: true, online_sales_out: null, upstream_sales: null, parcels_in: null, note: '赶集', cold_chain_sales: null,
    returns: null, season: '秋', has_cold_store: true, reason: '停业', captured_at: '2026-11-21T04:00:00.000Z',
  })
})

it('a found station is what its form asks', () => {
  const fields = [ask('name', 'text'), ask('village_code', 'village'), ask('kind', 'choice'), ask('note', 'text'), ask('shelves', 'integer'), ask('sells', 'multi_choice')]
  const draft: Draft = {
    id: 'f', kind: 'found', account_id: '7', station_code: '', station_name: '', started_at: '', changed_at: '', not_answered: {},
    form: { name: 'found_station', version: 'n2', fields, photo_rules: [], slips: null },
    answers: { name: '新店', kind: 'village_point', shelves: '4', sells: ['tea'], note: '' },
    position: null, photos: [], replaces: null, held_photos: [], nearby: ['s1'],
  }
  expect(buildFound(draft, CLOCK, NOON)).toEqual({
    name: '新店', village_code: null, kind: 'village_point', note: null, shelves: 4, sells: ['tea'],
    captured_at: '2026-11-21T04:00:00.000Z', fix: null, nearby: ['s1'], photos: [], clock: CLOCK, form_version: 'n2',
  })
})
