/** Months, days and money as words of this screen. */

import type { FormField } from '../../api/wire'
import { writeGrouped } from '../../months/amounts'
import { type Day, daysLeft, firstDay, lastDay, readPeriod } from '../../months/days'
import { sayMoney } from '../../months/in_words'
import type { Stood } from '../../months/standing'
import { say } from '../../words'

/** The month's own words: `month.` stands before every key of this screen. */
export const tell = (key: string, values: Record<string, string | number> = {}): string => say(`month.${key}`, values)

/** English writes months by name: 3/11 is another day in every country. */
const NAMES = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

const named = <Part extends { month: number }>(part: Part): Part & { name: string } => ({ ...part, name: NAMES[part.month - 1] ?? '' })

export const title = (period: string): string => tell('title', named(readPeriod(period)))
export const short = (period: string): string => tell('short', named(readPeriod(period)))
const day = (at: Day): string => tell('day', named(at))

/** «12,000 元» or «35». */
export function amount(value: number, field: FormField): string {
  return tell(field.type === 'money' ? 'yuan' : 'plain', { value: writeGrouped(value, field.type) })
}

/** The figure read back: with separators, and money in words as well. */
export function readBack(value: number, field: FormField): string {
  if (field.type !== 'money') return writeGrouped(value, field.type)
  return tell('read_back', { value: writeGrouped(value, field.type), words: sayMoney(value) })
}

function left(ends: string, now_ms: number): string {
  const days = daysLeft(ends, now_ms)
  return days <= 0 ? tell('left.today') : days === 1 ? tell('left.tomorrow') : tell('left.days', { days })
}

/** What is due, until when, or why nothing can be done and whom to ask. */
export function dueWords(stood: Stood, now_ms: number): string {
  const { month, standing, can_file, past_due, by_leave } = stood
  const days = { asked: day(lastDay(month.asked_by)), due: day(lastDay(month.due_at)), locks: day(lastDay(month.locks_at)), opens: day(firstDay(month.opens_at)) }
  const until = (ends: string) => ({ ...days, left: left(ends, now_ms) })
  switch (standing) {
    case 'open':
      if (by_leave) return tell('due.leave')
      if (past_due) return tell('due.late', until(month.locks_at))
      return daysLeft(month.asked_by, now_ms) >= 0 ? tell('due.asked', until(month.asked_by)) : tell('due.last', until(month.due_at))
    case 'returned':
      return daysLeft(month.locks_at, now_ms) >= 0 ? tell('due.returned', until(month.locks_at)) : tell('due.leave')
    case 'filed':
      return tell(can_file ? (by_leave ? 'due.filed_leave' : 'due.filed') : 'due.filed_locked', days)
    default:
      return tell(`due.${standing}`, days)
  }
}
