/** One question of a form, drawn by its type and by nothing else. */

import type { ComponentChildren } from 'preact'
import type { Answer, Checks, FormField } from '../../api/wire'
import type { Earlier } from '../../forms/earlier'
import type { Fault } from '../../forms/missing'
import { currentLanguage, label, say } from '../../words'
import { EarlierAnswer, LeaveOpen } from './questions/beside'
import { CheckMap, type Give, type GiveCheck, OneOf, Several, yesNo } from './questions/choices'
import { Typed } from './questions/typed'

type Props = {
  field: FormField
  value: Answer | Checks | undefined
  fault: Fault | null
  give: Give
  giveCheck: GiveCheck
  /** How the question was left open, and how to leave it so. */
  left?: string | null
  leave?: (value: string | undefined) => void
  /** The answer of last time; `repeat` gives it again. */
  earlier?: Earlier | null
  repeat?: () => void
  /** A reviewer marked this question: what for, or nothing but that. */
  mark?: string | null
  /** How a village is chosen; without it its code is typed. */
  chooser?: (value: string | undefined, give: Give) => ComponentChildren
}

const BOXES: FormField['type'][] = ['text', 'integer', 'decimal', 'money', 'date']

export function Field(props: Props) {
  const { field, fault } = props
  const kind = fault ? 'question is-wrong' : props.mark != null ? 'question is-marked' : 'question'
  const title = (
    <>
      {label(field)}
      {!field.required && <span class="optional">{say('field.optional')}</span>}
    </>
  )
  const leave = props.leave && <LeaveOpen field={field} left={props.left ?? null} leave={props.leave} />
  if (BOXES.includes(field.type) || (field.type === 'village' && !props.chooser)) {
    return (
      <div id={`field-${field.name}`} class={kind} tabIndex={-1}>
        <label for={`input-${field.name}`}>{title}</label>
        <Around {...props} />
        <Typed field={field} value={props.value} fault={fault} give={props.give} />
        {leave}
      </div>
    )
  }
  return (
    <fieldset id={`field-${field.name}`} class={kind} tabIndex={-1} aria-describedby={`hint-${field.name} fault-${field.name}`} data-testid={`field-${field.name}`}>
      <legend>{title}</legend>
      <Around {...props} />
      <Group {...props} />
      {leave}
    </fieldset>
  )
}

/** Hint, reviewer's mark, fault, and the answer of last time: between the question and its answers. */
function Around({ field, value, fault, mark, earlier, repeat }: Props) {
  const hint = currentLanguage() === 'zh' ? field.hint_zh : (field.hint_en ?? field.hint_zh)
  const limits = { min: field.min ?? '', max: field.max ?? '', most: field.max_length ?? '' }
  return (
    <>
      {hint && <p class="hint" id={`hint-${field.name}`}>{hint}</p>}
      {mark != null && <p class="mark" data-testid={`mark-${field.name}`}>{say(mark ? 'returned.field_note' : 'returned.field', { note: mark })}</p>}
      {fault && <p class="fault" id={`fault-${field.name}`}>{say(`fault.${fault}`, limits)}</p>}
      {earlier && <EarlierAnswer field={field} earlier={earlier} value={value} repeat={repeat ?? null} />}
    </>
  )
}

function Group({ field, value, earlier, give, giveCheck, chooser }: Props) {
  switch (field.type) {
    case 'village':
      return <>{chooser?.(typeof value === 'string' ? value : undefined, give)}</>
    case 'multi_choice':
      return <Several field={field} chosen={Array.isArray(value) ? value : []} give={give} />
    case 'check_map':
      return <CheckMap field={field} checks={(value as Checks | undefined) ?? {}} earlier={(earlier?.value as Checks | undefined) ?? {}} giveCheck={giveCheck} />
    case 'boolean':
      return (
        <OneOf name={field.name} choices={yesNo()} chosen={value === undefined ? null : String(value)} choose={(one) => give(one === 'true')} />
      )
    default:
      return (
        <>
          <OneOf name={field.name} choices={field.choices ?? []} chosen={typeof value === 'string' ? value : null} choose={give} />
          {!field.required && field.left_open.length === 0 && value !== undefined && (
            <button type="button" class="quiet" data-testid={`field-${field.name}-clear`} onClick={() => give(undefined)}>
              {say('field.clear')}
            </button>
          )}
        </>
      )
  }
}
