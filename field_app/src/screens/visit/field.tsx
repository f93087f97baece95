/** One question of a form, drawn by its type and by nothing else. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, Checks, Choice, FormField } from '../../api/wire'
import { type Fault, foldDigits } from '../../forms/missing'
import { currentLanguage, label, say } from '../../words'

export type Give = (value: Answer | undefined) => void
export type GiveCheck = (check: string, value: string) => void

type Props = {
  field: FormField
  value: Answer | Checks | undefined
  fault: Fault | null
  give: Give
  giveCheck: GiveCheck
}

export function Field(props: Props) {
  const { field, fault } = props
  const chinese = currentLanguage() === 'zh'
  const hint = chinese ? field.hint_zh : (field.hint_en ?? field.hint_zh)
  const group = field.type !== 'text' && field.type !== 'integer' && field.type !== 'decimal' && field.type !== 'date'
  const title = (
    <>
      {label(field)}
      {!field.required && <span class="optional">{say('field.optional')}</span>}
    </>
  )
  const below = (
    <>
      {hint && <p class="hint" id={`hint-${field.name}`}>{hint}</p>}
      {fault && <p class="fault" id={`fault-${field.name}`}>{say(`fault.${fault}`, { min: field.min ?? '', max: field.max ?? '', most: field.max_length ?? '' })}</p>}
    </>
  )
  if (group) {
    return (
      <fieldset id={`field-${field.name}`} class={fault ? 'question is-wrong' : 'question'} tabIndex={-1} data-testid={`field-${field.name}`}>
        <legend>{title}</legend>
        {below}
        <Group {...props} />
      </fieldset>
    )
  }
  return (
    <div id={`field-${field.name}`} class={fault ? 'question is-wrong' : 'question'} tabIndex={-1}>
      <label for={`input-${field.name}`}>{title}</label>
      {below}
      <Typed {...props} />
    </div>
  )
}

function Group({ field, value, give, giveCheck }: Props) {
  switch (field.type) {
    case 'multi_choice':
      return <Several field={field} chosen={Array.isArray(value) ? value : []} give={give} />
    case 'check_map':
      return <CheckMap field={field} checks={(value as Checks | undefined) ?? {}} giveCheck={giveCheck} />
    case 'boolean':
      return (
        <OneOf name={field.name} choices={yesNo()} chosen={value === undefined ? null : String(value)} choose={(one) => give(one === 'true')} />
      )
    default:
      return (
        <>
          <OneOf name={field.name} choices={field.choices ?? []} chosen={typeof value === 'string' ? value : null} choose={give} />
          {!field.required && value !== undefined && (
            <button type="button" class="quiet" data-testid={`field-${field.name}-clear`} onClick={() => give(undefined)}>
              {say('field.clear')}
            </button>
          )}
        </>
      )
  }
}

const yesNo = (): Choice[] =>
  ['true', 'false'].map((value) => ({ value, label_zh: say(`boolean.${value}`), label_en: say(`boolean.${value}`) }))

function OneOf({ name, choices, chosen, choose, row }: { name: string; choices: Choice[]; chosen: string | null; choose: (value: string) => void; row?: boolean }) {
  return (
    <div class={row ? 'choices in-a-row' : 'choices'}>
      {choices.map((choice) => (
        <label key={choice.value} class={chosen === choice.value ? 'choice is-chosen' : 'choice'} data-testid={`field-${name}-${choice.value}`}>
          <input type="radio" name={name} value={choice.value} checked={chosen === choice.value} onChange={() => choose(choice.value)} />
          <span>{label(choice)}</span>
        </label>
      ))}
    </div>
  )
}

function Several({ field, chosen, give }: { field: FormField; chosen: string[]; give: Give }) {
  const toggle = (value: string): void => {
    const after = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    // The order of the form, not of the tapping: the same answers make the same bytes.
    const ordered = (field.choices ?? []).map((choice) => choice.value).filter((one) => after.includes(one))
    give(ordered.length > 0 ? ordered : undefined)
  }
  return (
    <div class="choices">
      {(field.choices ?? []).map((choice) => (
        <label key={choice.value} class={chosen.includes(choice.value) ? 'choice is-chosen' : 'choice'} data-testid={`field-${field.name}-${choice.value}`}>
          <input type="checkbox" name={field.name} value={choice.value} checked={chosen.includes(choice.value)} onChange={() => toggle(choice.value)} />
          <span>{label(choice)}</span>
        </label>
      ))}
    </div>
  )
}

const CHECK_ANSWERS = ['yes', 'no', 'not_seen', 'not_applicable']

function CheckMap({ field, checks, giveCheck }: { field: FormField; checks: Checks; giveCheck: GiveCheck }) {
  const answers = CHECK_ANSWERS.map((value) => ({ value, label_zh: say(`check.${value}`), label_en: say(`check.${value}`) }))
  return (
    <>
      {(field.items ?? []).map((item) => (
        <div class="check" key={item.value} role="radiogroup" aria-labelledby={`check-${field.name}-${item.value}`}>
          <p id={`check-${field.name}-${item.value}`}>{label(item)}</p>
          <OneOf
            row
            name={`${field.name}-${item.value}`}
            choices={answers}
            chosen={checks[item.value] ?? null}
            choose={(value) => giveCheck(item.value, value)}
          />
        </div>
      ))}
    </>
  )
}

const PAUSE_MS = 300

/** Typed answers: kept after a short pause in typing, and at once on leaving the box or the page. */
function Typed({ field, value, fault, give }: Props) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const pending = useRef<{ timer: number; text: string } | null>(null)
  const latest = useRef(give)
  latest.current = give
  const keep = (): void => {
    if (!pending.current) return
    clearTimeout(pending.current.timer)
    const typed = pending.current.text
    pending.current = null
    const number = field.type === 'integer' || field.type === 'decimal'
    const kept = number ? foldDigits(typed) : typed
    latest.current(kept === '' ? undefined : kept)
  }
  useEffect(() => {
    const leaving = (): void => keep()
    document.addEventListener('visibilitychange', leaving)
    window.addEventListener('pagehide', leaving)
    return () => {
      document.removeEventListener('visibilitychange', leaving)
      window.removeEventListener('pagehide', leaving)
      keep()
    }
  }, [])
  const typed = (next: string): void => {
    setText(next)
    if (pending.current) clearTimeout(pending.current.timer)
    pending.current = { text: next, timer: window.setTimeout(keep, PAUSE_MS) }
  }
  const shared = {
    id: `input-${field.name}`,
    'data-testid': `field-${field.name}`,
    value: text,
    onBlur: keep,
    'aria-describedby': `hint-${field.name} fault-${field.name}`,
    'aria-invalid': fault !== null,
  }
  if (field.type === 'text' && (field.max_length ?? 0) > 60) {
    return <textarea {...shared} rows={3} maxLength={field.max_length ?? 2000} onInput={(event) => typed(event.currentTarget.value)} />
  }
  if (field.type === 'date') return <input {...shared} type="date" onInput={(event) => typed(event.currentTarget.value)} />
  return (
    <input
      {...shared}
      type="text"
      inputMode={field.type === 'integer' ? 'numeric' : field.type === 'decimal' ? 'decimal' : undefined}
      maxLength={field.type === 'text' ? (field.max_length ?? undefined) : undefined}
      autocomplete="off"
      onInput={(event) => typed(event.currentTarget.value)}
    />
  )
}
