import { describe, expect, it } from 'vitest'
import { readAmount, readFigure, writeGrouped, writeTyped } from '../src/months/amounts'
import { drawBars } from '../src/months/bars'
import { findFault, findQuestion, listLacks, plainValues, typedFigures } from '../src/months/checks'
import { daysLeft, lastDay, shiftPeriod } from '../src/months/days'
import { sayMoney, sayNumber } from '../src/months/in_words'
import { findBefore, pickMonth, standAt, withFiling } from '../src/months/standing'
import type { FormField } from '../src/api/wire'
import { figures, month, MONTH_FORM } from './owners'

const MONEY = { type: 'money', max: 100_000_000 }
const PIECES = { type: 'integer', max: 1_000_000 }
const field = (name: string): FormField => MONTH_FORM.fields.find((one) => one.name === name) as FormField
const at = (iso: string): number => Date.parse(iso)

describe('what is typed', () => {
  it.each([
    ['12000', 1_200_000],
    ['12,000', 1_200_000],
    ['１２，０００．５', 1_200_050],
    [' 12000 元', 1_200_000],
    ['¥12000.05', 1_200_005],
    ['12000.', 1_200_000],
    ['.5', 50],
    ['0', 0],
    ['0012', 1200],
    ['0.10', 10],
    ['100000000', 10_000_000_000],
  ])('reads %s as money', (typed, value) => {
    expect(readAmount(typed, MONEY)).toEqual({ kind: 'read', value, in_wan: false })
  })

  it.each([['1.2万', 1_200_000], ['１．２万元', 1_200_000], ['3w', 3_000_000], ['0.00005万', 50]])('understands %s, to be asked about', (typed, value) => {
    expect(readAmount(typed, MONEY)).toEqual({ kind: 'read', value, in_wan: true })
  })

  it.each([
    ['一万二', 'not_an_amount'],
    ['1,2', 'not_an_amount'],
    ['12,00', 'not_an_amount'],
    ['-5', 'not_an_amount'],
    ['1e3', 'not_an_amount'],
    ['万', 'not_an_amount'],
    ['12.345', 'not_whole'],
    ['100000000.01', 'too_large'],
    ['1.5亿', 'not_an_amount'],
    ['99999999999999999999', 'too_large'],
  ])('does not guess at %s', (typed, fault) => {
    expect(readAmount(typed, MONEY)).toEqual({ kind: 'fault', fault })
  })

  it('reads pieces whole or not at all', () => {
    expect(readAmount('35件', PIECES)).toEqual({ kind: 'read', value: 35, in_wan: false })
    expect(readAmount('35.0', PIECES)).toEqual({ kind: 'read', value: 35, in_wan: false })
    expect(readAmount('3.5', PIECES)).toEqual({ kind: 'fault', fault: 'not_whole' })
    expect(readAmount('1000001', PIECES)).toEqual({ kind: 'fault', fault: 'too_large' })
    expect(readAmount('  ', PIECES)).toEqual({ kind: 'empty' })
  })

  it('comes back from the wire to the fen, as it would be typed', () => {
    expect(readFigure('12000.50', 'money')).toBe(1_200_050)
    expect(readFigure(null, 'money')).toBeNull()
    expect([writeTyped(1_200_000, 'money'), writeTyped(1_200_050, 'money'), writeTyped(35, 'integer')]).toEqual(['12000', '12000.50', '35'])
    expect([writeGrouped(1_200_000, 'money'), writeGrouped(123_456_705, 'money'), writeGrouped(999, 'integer')]).toEqual(['12,000', '1,234,567.05', '999'])
  })
})

describe('money in words', () => {
  it.each([
    [0, '零'], [10, '十'], [12, '十二'], [110, '一百一十'], [101, '一百零一'], [1010, '一千零一十'], [12_000, '一万二千'],
    [10_001, '一万零一'], [100_010, '十万零一十'], [120_000_000, '一亿二千万'], [100_000_001, '一亿零一'], [10_500, '一万零五百'],
    [1_000_500, '一百万零五百'], [20_003_000, '二千万三千'],
  ])('says %i', (value, words) => {
    expect(sayNumber(value)).toBe(words)
  })

  it('says jiao and fen', () => {
    expect([1_200_000, 1_250, 1_205, 34, 5, 0].map(sayMoney)).toEqual(['一万二千元', '十二元五角', '十二元零五分', '三角四分', '五分', '零元'])
  })
})

describe('days', () => {
  it('counts China’s days, wherever the phone is', () => {
    const ends = '2026-11-06T00:00:00+08:00'
    expect(lastDay(ends)).toEqual({ month: 11, day: 5 })
    expect(daysLeft(ends, at('2026-11-05T15:59:59Z'))).toBe(0)
    expect(daysLeft(ends, at('2026-11-05T16:00:00Z'))).toBe(-1)
    expect(daysLeft(ends, at('2026-11-01T16:00:00Z'))).toBe(3)
    expect([shiftPeriod('202601', -1), shiftPeriod('202612', 1)]).toEqual(['202512', '202701'])
  })
})

describe('where a month stands', () => {
  const SECOND = at('2026-11-02T02:00:00Z')

  it('opens and locks by the clock, also without a signal', () => {
    const october = month('202610', { state: 'not_due', why: 'not_due', rights: {} })
    expect(standAt(october, at('2026-10-31T15:59:59Z'))).toMatchObject({ standing: 'not_due', can_file: false, asks: false })
    expect(standAt(october, at('2026-10-31T16:00:00Z'))).toMatchObject({ standing: 'open', can_file: true, asks: true, past_due: false })
    expect(standAt(october, at('2026-11-05T16:00:00Z'))).toMatchObject({ standing: 'open', past_due: true })
    expect(standAt(october, at('2026-11-15T16:00:00Z'))).toMatchObject({ standing: 'locked', can_file: false, asks: false })
  })

  it('stays open by leave after the lock', () => {
    expect(standAt(month('202609', { why: 'open_by_leave' }), SECOND)).toMatchObject({ standing: 'open', can_file: true, by_leave: true })
  })

  it('asks nothing of a filed, fed, excused or accepted month', () => {
    const filed = month('202610', { state: 'submitted', why: 'submitted', version: 1, report_state: 'submitted', figures: figures({ parcels_in: 3 }), rights: { may_correct: true } })
    expect(standAt(filed, SECOND)).toMatchObject({ standing: 'filed', can_file: true, asks: false })
    expect(standAt(month('202610', { state: 'excused', why: 'excused' }), SECOND)).toMatchObject({ standing: 'excused', asks: false })
    expect(standAt(month('202610', { state: 'submitted', why: 'by_feed', rights: {} }), SECOND)).toMatchObject({ standing: 'by_feed', can_file: false })
    expect(standAt(month('202610', { state: 'locked', why: 'accepted', report_state: 'accepted', rights: {} }), SECOND).standing).toBe('accepted')
  })

  it('shows first what asks for something and is not on its way', () => {
    const stood = [month('202611', { state: 'not_due', why: 'not_due', rights: {} }), month('202610'), month('202609', { why: 'open_by_leave' })].map((one) => standAt(one, SECOND))
    expect(pickMonth(stood, () => false)?.month.period).toBe('202610')
    expect(pickMonth(stood, (period) => period === '202610')?.month.period).toBe('202609')
    expect(pickMonth(stood, () => true)?.month.period).toBe('202610')
  })

  it('knows of its own receipt before the months come down again', () => {
    const filing = { ...figures({ parcels_in: 9 }), version: 2, note: '改', reason: '漏', timeliness: 'on_time', captured_at: '', received_at: '', clock_offset_s: 0, captured_in_future: false, entered_by: null, station: 'JY001', period: '202610', state: 'submitted', hints: [], permissions: month('202610').permissions } as Parameters<typeof withFiling>[1]
    const returned = { at: '', reason_code: null, note: null, fields: [] }
    expect(withFiling(month('202610', { version: 1, returned, state: 'returned' }), filing)).toMatchObject({ version: 2, state: 'submitted', returned: null, note: '改', figures: { parcels_in: 9 } })
    expect(withFiling(month('202610', { version: 3 }), filing).version).toBe(3)
  })
})

describe('what a month says', () => {
  it('begins a correction and «as last month» from what was filed, and is otherwise empty', () => {
    const filed = figures({ online_sales_out: '12000.00', upstream_sales: '0.50', parcels_in: 0 })
    expect(typedFigures(MONTH_FORM, filed)).toEqual({ online_sales_out: '12000', upstream_sales: '0.50', parcels_in: '0' })
    expect(typedFigures(MONTH_FORM, null)).toEqual({})
    const before = [month('202610'), month('202609'), month('202608', { figures: filed })]
    expect(findBefore(before, '202610')?.period).toBe('202608')
  })

  it('sends plain figures, whatever was typed', () => {
    const plain = plainValues(MONTH_FORM, { online_sales_out: '1.2万', upstream_sales: '１，０００元', parcels_in: '35 件', note: ' 节前 ' })
    expect(plain).toEqual({ online_sales_out: '12000', upstream_sales: '1000', purchase_agency_amount: '', parcels_in: '35', parcels_out: '', note: ' 节前 ' })
  })

  it('never lets a part be more than the whole', () => {
    const fault = (online: string, upstream: string) => findFault(MONTH_FORM, field('upstream_sales'), { online_sales_out: online, upstream_sales: upstream })
    expect([fault('100', '100'), fault('100', '100.01'), fault('', '1'), fault('', '0'), fault('1万', '9999')]).toEqual([null, 'above_online', 'above_online', null, null])
  })

  it('asks about 万 until it is agreed to, and about a slip beside the own year only', () => {
    const year = ['202609', '202608', '202607'].map((period, place) => month(period, { figures: figures({ online_sales_out: `${9000 + 1000 * place}.00` }) }))
    const asked = (typed: string, agreed = {}, months = year) =>
      findQuestion(MONTH_FORM, field('online_sales_out'), { online_sales_out: typed }, months, '202610', agreed)
    expect(asked('1.2万')).toEqual({ kind: 'wan', value: 1_200_000 })
    expect(asked('12000')).toBeNull()
    expect(asked('1.2')).toMatchObject({ kind: 'slip', slip: { code: 'unit_slip', perhaps: 1_200_000, usual: 1_000_000 } })
    expect(asked('1.2', { online_sales_out: 120 })).toBeNull()
    expect(asked('1.3', { online_sales_out: 120 })).not.toBeNull()
    // A year and more ago is no measure, nor is the month itself.
    expect(asked('1.2', {}, year.map((one) => ({ ...one, period: '202509' })))).toBeNull()
    expect(asked('1.2', {}, [month('202610', { figures: figures({ online_sales_out: '1.20' }) }), ...year])).not.toBeNull()
  })

  it('lacks a figure or a «nothing», and a reason where one is owed', () => {
    expect(listLacks(MONTH_FORM, {}, false, false, '')).toEqual([{ field: null, fault: 'empty' }])
    expect(listLacks(MONTH_FORM, {}, true, false, '')).toEqual([])
    expect(listLacks(MONTH_FORM, { online_sales_out: 'x' }, true, false, '')).toEqual([])
    expect(listLacks(MONTH_FORM, { parcels_in: '0' }, false, true, ' ')).toEqual([{ field: null, fault: 'reason' }])
    expect(listLacks(MONTH_FORM, { parcels_in: '3.5', note: '长'.repeat(501) }, false, false, '')).toEqual([
      { field: 'parcels_in', fault: 'not_whole' }, { field: 'note', fault: 'too_long' },
    ])
  })
})

describe('the own year', () => {
  it('tells a figure, nothing, empty, missing, open, excused and not yet apart', () => {
    const months = [
      month('202611', { state: 'not_due' }),
      month('202610'),
      month('202609', { state: 'locked', timeliness: 'missing' }),
      month('202608', { figures: figures({ is_nil: true }) }),
      month('202607', { figures: figures({ online_sales_out: '5.00' }) }),
      month('202606', { figures: figures({ parcels_in: 5 }) }),
      month('202605', { state: 'excused', excuse: 'disaster', is_expected: false }),
    ]
    expect(drawBars(months, field('online_sales_out')).map((bar) => bar.kind)).toEqual([
      'none', 'none', 'none', 'none', 'none', 'none', 'excused', 'empty', 'figure', 'nil', 'missing', 'open',
    ])
    expect(drawBars(months, field('online_sales_out'))[8]).toEqual({ period: '202607', kind: 'figure', value: 500 })
    expect(drawBars([], field('parcels_in'))).toEqual([])
  })
})
