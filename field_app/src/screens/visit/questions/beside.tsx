/** What stands beside a question: the answer of last time, and the ways to leave it open. */

import type { Answer, Checks, FormField } from '../../../api/wire'
import { type Earlier, isRepeatable, saysTheSame } from '../../../forms/earlier'
import { label, say } from '../../../words'

/** An answer in words. */
export function writeAnswer(field: FormField, value: Answer | Checks): string {
  const named = (one: string): string => {
    const choice = (field.choices ?? []).find((choice) => choice.value === one)
    return choice ? label(choice) : one
  }
  if (Array.isArray(value)) return value.map(named).join(say('visit.list_comma'))
  if (typeof value === 'boolean') return say(`boolean.${value}`)
  return typeof value === 'object' ? '' : named(String(value))
}

type AsBefore = { field: FormField; earlier: Earlier; value: Answer | Checks | undefined; repeat: (() => void) | null }

export function EarlierAnswer({ field, earlier, value, repeat }: AsBefore) {
  const registered = earlier.from === 'register'
  const answer = writeAnswer(field, earlier.value)
  return (
    <div class="earlier">
      {answer !== '' && <p data-testid={`field-${field.name}-earlier`}>{say(registered ? 'visit.registered' : 'visit.earlier', { answer })}</p>}
      {repeat && isRepeatable(field) && (
        <button
          type="button"
          class="same"
          aria-pressed={saysTheSame(value, earlier.value)}
          aria-label={`${label(field)}: ${say(registered ? 'visit.same_as_registered' : 'visit.same')}`}
          data-testid={`field-${field.name}-same`}
          onClick={repeat}
        >
          {say(registered ? 'visit.same_as_registered' : 'visit.same')}
        </button>
      )}
    </div>
  )
}

type Leaving = { field: FormField; left: string | null; leave: (value: string | undefined) => void }

/** «Not seen» and «not applicable», each one tap; the same tap again takes it back. */
export function LeaveOpen({ field, left, leave }: Leaving) {
  if (field.left_open.length === 0) return null
  return (
    <div class="leave" role="group" aria-label={say('visit.leave', { question: label(field) })}>
      {field.left_open.map((way) => (
        <button
          key={way}
          type="button"
          aria-pressed={left === way}
          data-testid={`field-${field.name}-left-${way}`}
          onClick={() => leave(left === way ? undefined : way)}
        >
          {say(`check.${way}`)}
        </button>
      ))}
    </div>
  )
}
