import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../scripts/python.mjs'
import { findSlip, type Slip, type SlipRule } from '../src/months/slips'

type Case = { is_money: boolean; value: number | null; earlier: (number | null)[]; slip: Slip | null }

let told: { rule: SlipRule; cases: Case[] }

beforeAll(() => {
  told = ask('tests.stations.sales.filing.slip_vectors')
}, 60_000)

describe('a slip of unit or key', () => {
  it('is found exactly where the server finds it', () => {
    const differing = told.cases.filter(
      ({ is_money, value, earlier, slip }) => JSON.stringify(findSlip(told.rule, is_money, value, earlier)) !== JSON.stringify(slip),
    )
    expect(differing).toEqual([])
    expect(told.cases.length).toBeGreaterThan(1000)
    // Each kind was met, so that agreeing means something.
    expect(new Set(told.cases.map(({ slip }) => slip?.code))).toEqual(new Set([undefined, 'unit_slip', 'x100', 'x10']))
  })

  it('is asked about 12,000 万元 typed as 元 and not about a good month', () => {
    const before = [900_000, 1_100_000, 1_300_000]
    expect(findSlip(told.rule, true, 12_000_000_000, before)).toEqual({
      code: 'unit_slip', factor: 10_000, is_too_large: true, usual: 1_100_000, perhaps: 1_200_000,
    })
    expect(findSlip(told.rule, true, 3_900_000, before)).toBeNull()
    expect(findSlip(told.rule, false, 300_000, [20, 30, 40])).toBeNull()
    expect(findSlip(told.rule, true, 120, before.slice(1))).toBeNull()
  })
})
