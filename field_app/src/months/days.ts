/** Days of the calendar as the deadlines count them: China's civil days, whatever zone the phone is set to. Pure. */

export type Day = { month: number; day: number }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Days since 1970 in China. */
function count(at_ms: number): number {
  return Math.floor((at_ms + 8 * HOUR_MS) / DAY_MS)
}

function dayOf(at_ms: number): Day {
  const shifted = new Date(at_ms + 8 * HOUR_MS)
  return { month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() }
}

/** The day that begins with an instant: what opens at it can be done from this day on. */
export const firstDay = (from: string): Day => dayOf(Date.parse(from))

/** The last day before an exclusive end: 2026-11-06T00:00+08:00 is the end of the 5th. */
export const lastDay = (ends: string): Day => dayOf(Date.parse(ends) - 1)

/** How many days after today the last day before an exclusive end is: 0 is today, below 0 it is over. */
export function daysLeft(ends: string, now_ms: number): number {
  return count(Date.parse(ends) - 1) - count(now_ms)
}

/** «202610» as year and month. */
export function readPeriod(period: string): { year: number; month: number } {
  return { year: Number(period.slice(0, 4)), month: Number(period.slice(4)) }
}

/** The month so many later, or earlier below zero. */
export function shiftPeriod(period: string, months: number): string {
  const { year, month } = readPeriod(period)
  const number = year * 12 + month - 1 + months
  return `${Math.floor(number / 12)}${String((number % 12) + 1).padStart(2, '0')}`
}
