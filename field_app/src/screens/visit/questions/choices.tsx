/** Answers that are chosen: one of several, several, or one for each of a list of checks. */

import type { Answer, Checks, Choice, FormField } from '../../../api/wire'
import { label, say } from '../../../words'

export type Give = (value: Answer | undefined) => void
export type GiveCheck = (check: string, value: string) => void

export const yesNo = (): Choice[] =>
  ['true', 'false'].map((value) => ({ value, label_zh: say(`boolean.${value}`), label_en: say(`boolean.${value}`) }))

type One = { name: string; choices: Choice[]; chosen: string | null; choose: (value: string) => void; row?: boolean }

export function OneOf({ name, choices, chosen, choose, row }: One) {
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

export function Several({ field, chosen, give }: { field: FormField; chosen: string[]; give: Give }) {
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

type Each = { field: FormField; checks: Checks; earlier: Checks; giveCheck: GiveCheck }

export function CheckMap({ field, checks, earlier, giveCheck }: Each) {
  const answers = CHECK_ANSWERS.map((value) => ({ value, label_zh: say(`check.${value}`), label_en: say(`check.${value}`) }))
  return (
    <>
      {(field.items ?? []).map((item) => (
        <div class="check" key={item.value} role="radiogroup" aria-labelledby={`check-${field.name}-${item.value}`}>
          <p id={`check-${field.name}-${item.value}`}>
            {label(item)}
            {earlier[item.value] && <span class="earlier-check">{say('visit.earlier', { answer: say(`check.${earlier[item.value]}`) })}</span>}
          </p>
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
