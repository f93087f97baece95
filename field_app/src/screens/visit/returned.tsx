/** Why a visit came back: the reviewer's note, and a tap to each thing that was marked. */

import type { Form, ReturnedVisit } from '../../api/wire'
import type { Mark } from '../../forms/returned'
import { label, say, writeMoment } from '../../words'

export function showPart(id: string): void {
  const target = document.getElementById(id)
  target?.scrollIntoView({ block: 'center' })
  target?.focus({ preventScroll: true })
}

type Props = {
  returned: ReturnedVisit
  marks: Mark[]
  form: Form
  /** The visit on the screen was begun without it: make it answer this one. */
  takeUp: (() => void) | null
}

export function ReturnNote({ returned, marks, form, takeUp }: Props) {
  return (
    <section class="notice is-returned" data-testid="returned-note">
      <h2>{say(takeUp ? 'returned.came' : 'returned.title')}</h2>
      <p class="said">{returned.note}</p>
      <p class="hint">{say('returned.by', { name: returned.returned_by, at: writeMoment(returned.returned_at) })}</p>
      {takeUp && <p>{say('returned.take_up_hint')}</p>}
      {takeUp && <button type="button" class="strong" data-testid="take-up-returned" onClick={takeUp}>{say('returned.take_up')}</button>}
      {marks.length > 0 && <p>{say('returned.marked', { count: marks.length })}</p>}
      <ul>
        {marks.map((mark) => (
          <li key={mark.kind + mark.name}>
            <button
              type="button"
              data-testid={`to-mark-${mark.purpose ?? mark.name}`}
              onClick={() => showPart(mark.kind === 'photo' ? `photo-${mark.purpose}` : `field-${mark.name}`)}
            >
              <span>
                {nameMark(form, mark)}
                {mark.note !== '' && <span class="hint"> · {mark.note}</span>}
              </span>
              <strong class={mark.done ? 'is-done' : ''}>{say(mark.done ? 'returned.done' : 'returned.open')}</strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function nameMark(form: Form, mark: Mark): string {
  const thing = mark.kind === 'photo'
    ? form.photo_rules.find((rule) => rule.purpose === mark.purpose)
    : form.fields.find((field) => field.name === mark.name)
  return thing ? label(thing) : mark.name
}
