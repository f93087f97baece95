/** What was asked of a person, in the order in which it is told. Pure. */

import type { ReturnedVisit, Task } from '../api/wire'
import { dayInChina } from './today'

export type Duties = { returned: ReturnedVisit[]; tasks: Task[] }

/** What came back last stands first; of the assigned the earliest due, those without a date last. */
export function sortDuties({ returned, tasks }: Duties): Duties {
  const due = (task: Task): string => task.due_on ?? '9999'
  const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
  return {
    returned: [...returned].sort((one, other) => compare(other.returned_at, one.returned_at)),
    tasks: [...tasks].sort((one, other) => compare(due(one), due(other)) || one.id - other.id),
  }
}

/** The tasks to tell: a station that came back needs no second card, and of two tasks at one station the first speaks. */
export function listTold({ returned, tasks }: Duties): Task[] {
  const told = new Set(returned.map((one) => one.station_code))
  return tasks.filter((one) => !told.has(one.station_code) && told.add(one.station_code))
}

/** Codes of the stations among the duties, not to be listed twice. */
export const codesOf = ({ returned, tasks }: Duties): Set<string> =>
  new Set([...returned, ...tasks].map((one) => one.station_code))

export const isLate = (task: Pick<Task, 'due_on'>, now: Date): boolean => task.due_on !== null && task.due_on < dayInChina(now)
