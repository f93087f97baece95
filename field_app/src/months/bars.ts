/** Twelve months of one figure, oldest first, each with what is known of it. Pure. */

import type { FormField, MyMonth } from '../api/wire'
import { figureOf } from './checks'
import { shiftPeriod } from './days'

export type Bar = { period: string; kind: 'figure' | 'nil' | 'empty' | 'missing' | 'open' | 'excused' | 'none'; value: number | null }

const SHOWN = 12

/** `months` newest first, as they come down; the running month, which nobody can file yet, is left out. */
export function drawBars(months: MyMonth[], field: FormField): Bar[] {
  const known = new Map(months.map((month) => [month.period, month]))
  const newest = months.find((month) => month.state !== 'not_due')?.period
  if (newest === undefined) return []
  return Array.from({ length: SHOWN }, (_, place) => readBar(known, shiftPeriod(newest, place + 1 - SHOWN), field))
}

function readBar(known: Map<string, MyMonth>, period: string, field: FormField): Bar {
  const month = known.get(period)
  if (!month) return { period, kind: 'none', value: null }
  if (month.figures) {
    if (month.figures.is_nil) return { period, kind: 'nil', value: null }
    const value = figureOf(month.figures, field)
    return { period, kind: value === null ? 'empty' : 'figure', value }
  }
  if (month.excuse !== null || !month.is_expected) return { period, kind: 'excused', value: null }
  return { period, kind: month.timeliness === 'missing' || month.state === 'locked' ? 'missing' : 'open', value: null }
}
