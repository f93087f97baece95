/** What was asked of this person: visits sent back with a reviewer's note, and visits assigned. */

import type { Task } from '../../api/wire'
import { type Duties, isLate, listTold } from '../../place/duties'
import type { Found } from '../../place/finding'
import { say, writeMoment } from '../../words'
import { type Around, Card, choiceLabel } from './cards'

type Props = { duties: Duties; find: (code: string) => Found | null; around: Around }

/** Sent back first, then assigned by date; one whose station is not on the phone (yet) is left out. */
export function DutyList({ duties, find, around }: Props) {
  const returned = duties.returned.filter((one) => find(one.station_code))
  const tasks = listTold(duties).filter((one) => find(one.station_code))
  return (
    <>
      {returned.length > 0 && (
        <section data-testid="returned">
          <h2>{say('work.returned', { count: returned.length })}</h2>
          <ul class="cards">
            {returned.map((one) => (
              <Card key={one.id} found={find(one.station_code) as Found} around={around}>
                <span class="duty is-bad">{say('work.returned_by', { name: one.returned_by, at: writeMoment(one.returned_at), note: one.note })}</span>
              </Card>
            ))}
          </ul>
        </section>
      )}
      {tasks.length > 0 && (
        <section data-testid="tasks">
          <h2>{say('work.tasks', { count: tasks.length })}</h2>
          <ul class="cards">
            {tasks.map((one) => (
              <Card key={one.id} found={find(one.station_code) as Found} around={around}>
                <span class={isLate(one, around.now) ? 'duty is-bad' : 'duty'}>{sayDue(one, around)}</span>
                {one.reason && <span class="where">{one.reason}</span>}
              </Card>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function sayDue(task: Task, { form, now }: Around): string {
  const method = choiceLabel(form, 'method', task.method)
  if (task.due_on === null) return say('work.task_open', { method })
  return say(isLate(task, now) ? 'work.task_late' : 'work.task_due', { day: task.due_on, method })
}
