/** One box of the month: the figure as typed, read back in words, last month's a tap away, a slip asked about. */

import { useEffect, useState } from 'preact/hooks'
import type { FormField } from '../../api/wire'
import { writeGrouped, writeTyped } from '../../months/amounts'
import { type Fault, type Question, valueOf } from '../../months/checks'
import { currentLanguage, label, name, say } from '../../words'
import { amount, readBack, short, tell } from './saying'

export type Before = { period: string; value: number }

type Props = {
  field: FormField
  text: string
  fault: Fault | null
  question: Question | null
  before: Before | null
  marked: boolean
  /** `settled`: a tap, not a key, so there is nothing to wait for. */
  type: (text: string, settled: boolean) => void
  agree: (value: number) => void
}

export function Figure({ field, text, fault, question, before, marked, type, agree }: Props) {
  const id = `month-${field.name}`
  const value = valueOf(field, { [field.name]: text })
  const hint = currentLanguage() === 'zh' ? field.hint_zh : (field.hint_en ?? field.hint_zh)
  const said = [hint && `hint-${id}`, value !== null && `read-${id}`, fault && `fault-${id}`].filter(Boolean).join(' ')
  return (
    <div id={`field-${field.name}`} class={`question figure${fault ? ' is-wrong' : marked ? ' is-marked' : ''}`}>
      <label for={id}>
        {label(field)}
        {marked && <span class="tag" data-testid={`marked-${field.name}`}>{tell('marked')}</span>}
      </label>
      <input
        id={id}
        type="text"
        inputMode={field.type === 'money' ? 'decimal' : 'numeric'}
        autocomplete="off"
        enterkeyhint="next"
        maxLength={24}
        value={text}
        aria-describedby={said || undefined}
        aria-invalid={fault !== null}
        data-testid={`field-${field.name}`}
        onInput={(event) => type(event.currentTarget.value, false)}
      />
      {value !== null && <p class="read-back" id={`read-${id}`} data-testid={`read-${field.name}`}>{readBack(value, field)}</p>}
      {value === null && hint && <p class="hint" id={`hint-${id}`}>{hint}</p>}
      {before && text.trim() === '' && (
        <button type="button" class="chip" data-testid={`same-${field.name}`} onClick={() => type(writeTyped(before.value, field.type), true)}>
          {tell('same_one', { month: short(before.period), value: amount(before.value, field) })}
        </button>
      )}
      {/* Below the chip: what comes and goes while typing must not push a button away under the thumb. */}
      {fault && <p class="fault" id={`fault-${id}`}>{tell(`fault.${fault}`)}</p>}
      <div aria-live="polite">
        {question && <Asked field={field} typed={text} question={question} change={(next) => type(next, true)} agree={agree} />}
      </div>
    </div>
  )
}

function Asked({ field, typed, question, change, agree }: { field: FormField; typed: string; question: Question; change: (text: string) => void; agree: (value: number) => void }) {
  const value = amount(question.value, field)
  if (question.kind === 'wan') {
    const key = field.type === 'money' ? 'ask.wan' : 'ask.wan_pieces'
    return (
      <div class="ask" data-testid={`ask-${field.name}`}>
        <p>{tell(key, { typed: typed.trim(), value: writeGrouped(question.value, field.type) })}</p>
        <button type="button" class="strong" data-testid={`yes-${field.name}`} onClick={() => change(writeTyped(question.value, field.type))}>
          {tell('ask.yes', { value })}
        </button>
      </div>
    )
  }
  const { slip } = question
  return (
    <div class="ask" data-testid={`ask-${field.name}`}>
      <p>{name('figure_hint', slip.code)} {tell('ask.usual', { value: amount(slip.usual, field) })}</p>
      <button type="button" class="strong" data-testid={`change-${field.name}`} onClick={() => change(writeTyped(slip.perhaps, field.type))}>
        {tell('ask.change', { value: amount(slip.perhaps, field) })}
      </button>
      <button type="button" data-testid={`right-${field.name}`} onClick={() => agree(question.value)}>{tell('ask.right', { value })}</button>
    </div>
  )
}

/** The note, or whatever else the form asks in words. */
export function Words({ field, text, fault, type }: Pick<Props, 'field' | 'text' | 'fault' | 'type'>) {
  const id = `month-${field.name}`
  return (
    <div id={`field-${field.name}`} class={fault ? 'question is-wrong' : 'question'}>
      <label for={id}>
        {label(field)}
        <span class="optional">{say('field.optional')}</span>
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={field.max_length ?? 500}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={fault ? `fault-${id}` : undefined}
        data-testid={`field-${field.name}`}
        onInput={(event) => type(event.currentTarget.value, false)}
      />
      {fault && <p class="fault" id={`fault-${id}`}>{tell(`fault.${fault}`)}</p>}
    </div>
  )
}

/** A text once it has rested: while somebody types, «1» on the way to «12000» is no slip. */
export function useRested<T>(given: T, pause_ms: number): [T, (now: T) => void] {
  const [rested, setRested] = useState(given)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(given), pause_ms)
    return () => clearTimeout(timer)
  }, [given])
  return [rested, setRested]
}

