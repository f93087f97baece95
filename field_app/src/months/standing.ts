/** Where the owner's months stand now, from what was last downloaded and the clock. Pure. */

import type { FilingReceipt, MyMonth } from '../api/wire'

export type Standing = 'not_due' | 'open' | 'returned' | 'filed' | 'accepted' | 'locked' | 'excused' | 'by_feed'

/** A month as it stands: `can_file` for the first time or again; `asks` something of its owner. */
export type Stood = { month: MyMonth; standing: Standing; can_file: boolean; asks: boolean; past_due: boolean; by_leave: boolean }

/** Where a month stands at an instant; the phone may have been without a signal since before it opened or locked. */
export function standAt(month: MyMonth, now_ms: number): Stood {
  const by_leave = month.why === 'open_by_leave' || month.why === 'submitted_by_leave'
  const opens = month.state === 'not_due' && month.why === 'not_due' && now_ms >= Date.parse(month.opens_at)
  const locks = !by_leave && now_ms >= Date.parse(month.locks_at)
  const { may_submit, may_correct } = month.permissions
  const can_file = (may_submit || may_correct || opens) && !locks
  const standing = nameStanding(month, opens, locks)
  const asks = can_file && (standing === 'open' || standing === 'returned')
  return { month, standing, can_file, asks, past_due: now_ms >= Date.parse(month.due_at), by_leave }
}

function nameStanding(month: MyMonth, opens: boolean, locks: boolean): Standing {
  if (month.why === 'by_feed') return 'by_feed'
  if (opens) return locks ? 'locked' : 'open'
  switch (month.state) {
    case 'open':
      return locks ? 'locked' : 'open'
    case 'returned':
      return locks ? 'locked' : 'returned'
    case 'submitted':
      return 'filed'
    case 'locked':
      return month.report_state === 'accepted' ? 'accepted' : month.report_state === 'submitted' ? 'filed' : 'locked'
    case 'not_due':
    case 'accepted':
    case 'excused':
      return month.state
    default:
      return 'locked'
  }
}

/** The month that opens first on the screen: the newest that asks for something, else the newest that is over. */
export function pickMonth(stood: Stood[], settled: (period: string) => boolean): Stood | null {
  const asking = stood.find((one) => one.asks && !settled(one.month.period))
  return asking ?? stood.find((one) => one.standing !== 'not_due') ?? stood[0] ?? null
}

/** The newest month before `period` with figures or a «nothing»: what «as last month» means. */
export function findBefore(months: MyMonth[], period: string): MyMonth | null {
  return months.find((one) => one.period < period && one.figures !== null) ?? null
}

/** A month with what this phone was answered since the months came down: its own receipt is news too. */
export function withFiling(month: MyMonth, filing: FilingReceipt | undefined): MyMonth {
  if (!filing || filing.version <= (month.version ?? 0)) return month
  const { version, note, permissions, online_sales_out, purchase_agency_amount, upstream_sales, parcels_in, parcels_out, is_nil, source } = filing
  const figures = { online_sales_out, purchase_agency_amount, upstream_sales, parcels_in, parcels_out, is_nil, source }
  return {
    ...month, version, note, permissions, figures,
    state: 'submitted', report_state: 'submitted', why: month.why.slice(-9) === '_by_leave' ? 'submitted_by_leave' : 'submitted',
    returned: null,
  }
}
