/** Whether a figure looks like a slip of unit or key beside the own earlier months: the server's rule, its numbers
 * taken from the form. Pure; figures are fen or pieces. `stations/sales/filing/hints.py` must give the same. */

import type { Form } from '../api/wire'

export type SlipRule = NonNullable<Form['slips']>

export type Slip = { code: string; factor: number; is_too_large: boolean; usual: number; perhaps: number }

/** `earlier` are the months before, in any order; blanks and zeros among them are passed over. */
export function findSlip(rule: SlipRule, is_money: boolean, value: number | null, earlier: (number | null)[]): Slip | null {
  const before = earlier.filter((one): one is number => one !== null && one > 0).sort((one, other) => one - other)
  const low = before[0]
  const high = before[before.length - 1]
  if (value === null || value <= 0 || low === undefined || high === undefined || before.length < rule.fewest_months) return null
  if (low / rule.room <= value && value <= high * rule.room) return null
  const is_too_large = value > high
  for (const { code, factor, money_only } of rule.factors) {
    if (money_only && !is_money) continue
    const meant = is_too_large ? value / factor : value * factor
    if (low / rule.close <= meant && meant <= high * rule.close) {
      return { code, factor, is_too_large, usual: roundHalfEven(findMedian(before)), perhaps: roundHalfEven(meant) }
    }
  }
  return null
}

function findMedian(sorted: number[]): number {
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] as number
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}

/** As Python rounds: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
