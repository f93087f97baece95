/** What a form answers by itself at its beginning, so that the ordinary case costs no tap. Pure. */

import type { Form, Task } from '../api/wire'
import type { Answers } from './visible'

const ORDINARY = 'site_visit'

/** How the visit is made: as the open task for this station asks, the one due first; else the ordinary way. */
export function preselect(form: Form, tasks: Pick<Task, 'method' | 'due_on'>[]): Answers {
  const method = form.fields.find((field) => field.name === 'method')
  const offered = (value: string): boolean => method?.choices?.some((one) => one.value === value) ?? false
  const asked = [...tasks].sort((one, other) => (one.due_on ?? '9').localeCompare(other.due_on ?? '9')).map((task) => task.method as string)
  const chosen = [...asked, ORDINARY].find(offered)
  return chosen === undefined ? {} : { method: chosen }
}
