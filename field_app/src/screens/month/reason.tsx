/** Why a month is corrected: a tap on one of a few, or own words. Asked only where a reason is owed. */

import { tell } from './saying'

const REASONS = ['number', 'forgot', 'unit', 'goods']

type Props = { reason: string; fault: boolean; choose: (reason: string) => void; type: (reason: string) => void }

export function Reason({ reason, fault, choose, type }: Props) {
  const offered = REASONS.map((key) => ({ key, words: tell(`reason.${key}`) }))
  const own = offered.some((one) => one.words === reason) ? '' : reason
  return (
    <fieldset id="field-reason" class={fault ? 'question is-wrong' : 'question'} tabIndex={-1}>
      <legend>{tell('reason')}</legend>
      {fault && <p class="fault" id="fault-reason">{tell('fault.reason')}</p>}
      <div class="pair">
        {offered.map(({ key, words }) => (
          <button key={key} type="button" class={reason === words ? 'strong' : ''} aria-pressed={reason === words} data-testid={`reason-${key}`} onClick={() => choose(words)}>
            {words}
          </button>
        ))}
      </div>
      <label for="month-reason">{tell('reason.own')}</label>
      <input id="month-reason" type="text" maxLength={200} value={own} data-testid="reason-own" onInput={(event) => type(event.currentTarget.value)} />
    </fieldset>
  )
}
