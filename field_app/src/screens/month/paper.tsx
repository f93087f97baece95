/** The month to fill in: nothing at all, all as last month, or box by box; then one tap sends it. */

import { useState } from 'preact/hooks'
import { syncSoon } from '../../app'
import type { Form, FormField, MyMonth } from '../../api/wire'
import { figureOf, findFault, findQuestion, type Lack, listFigures, listLacks, plainValues, typedFigures, type Values } from '../../months/checks'
import { findBefore } from '../../months/standing'
import { dropMonth, saveMonth } from '../../outbox/months'
import { stored } from '../../store/connection'
import type { MonthDraft } from '../../store/database'
import { readClock } from '../../sync/clock'
import { label } from '../../words'
import { Notice } from '../parts'
import { agreeTo, listAgreed } from './agreed'
import { Figure, useRested, Words } from './figure'
import { useKeeping } from './keeping'
import { Reason } from './reason'
import { short, tell } from './saying'

const RESTS_MS = 700

type Props = {
  account_id: string
  station: { code: string; name: string }
  form: Form
  months: MyMonth[]
  month: MyMonth
  draft: MonthDraft | null
  /** The version that this one would replace; null for the first. */
  seen_version: number | null
  /** Values other than those of the month, such as what a question of the server proposes. */
  proposed?: Values
  /** It was sent, or given up: no longer being corrected. */
  done: () => void
}

export function Paper({ account_id, station, form, months, month, draft, seen_version, proposed, done }: Props) {
  const { period } = month
  const [given] = useState(() => begunFrom(form, month, draft, proposed))
  const [values, setValues] = useState(given.values)
  const [is_nil, setNil] = useState(given.is_nil)
  const [reason, setReason] = useState(given.reason)
  const [agreed, setAgreed] = useState(() => listAgreed(period, form.fields))
  const [rested, rest] = useRested(values, RESTS_MS)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { keeping, unsaved } = useKeeping({ account_id, station, period, form, seen_version, ...given })

  const corrects = seen_version !== null
  const owes_reason = corrects && month.returned === null
  const before = findBefore(months, period)
  const asks = is_nil ? [] : listFigures(form).map((field) => ({ field, question: findQuestion(form, field, rested, months, period, agreed) })).filter((one) => one.question)
  const lacks = listLacks(form, values, is_nil, owes_reason, reason)
  const question = (field: FormField) => asks.find((one) => one.field === field)?.question ?? null

  const put = (more: Values, settled: boolean): void => {
    const next = { ...values, ...more }
    setValues(next)
    if (settled) {
      rest(next)
      keeping.keep({ values: more })
    } else Object.entries(more).forEach(([name, text]) => keeping.typed(name, text))
  }
  const agree = (name: string, value: number): void => {
    agreeTo(period, name, value)
    setAgreed({ ...agreed, [name]: value })
  }
  const putNil = (nil: boolean): void => {
    setNil(nil)
    keeping.keep({ is_nil: nil })
  }
  const putReason = (said: string): void => {
    setReason(said)
    keeping.keep({ reason: said })
  }
  const copyAll = (): void => {
    if (before?.figures?.is_nil) putNil(true)
    else put(typedFigures(form, before?.figures ?? null), true)
  }
  const send = async (): Promise<void> => {
    setTried(true)
    rest(values)
    const open = is_nil ? [] : listFigures(form).filter((field) => findQuestion(form, field, values, months, period, agreed))
    if (lacks.length + open.length > 0) return lookAt(lacks[0] ?? { field: open[0]?.name ?? null })
    setBusy(true)
    const kept = await keeping.close({ values, is_nil, reason })
    if (kept) {
      const [database, now] = [await stored(), new Date()]
      await saveMonth(database, { ...kept, values: plainValues(form, values) }, await readClock(database, now), now)
      syncSoon()
      return done()
    }
    setBusy(false)
  }

  return (
    <form
      class="paper"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void send()
      }}
    >
      <Nil form={form} is_nil={is_nil} put={putNil} />
      {!is_nil && (
        <>
          <p class="or">{tell('or_figures')}</p>
          {before && !corrects && (
            <button type="button" class="wide strong" data-testid="same-all" onClick={copyAll}>{tell(before.figures?.is_nil ? 'same_nil' : 'same_all', { month: short(before.period) })}</button>
          )}
          {listFigures(form).map((field) => {
            const last = figureOf(before?.figures ?? null, field)
            const fault = findFault(form, field, rested)
            return (
              <Figure
                key={field.name}
                field={field}
                text={values[field.name] ?? ''}
                fault={fault ?? (tried ? findFault(form, field, values) : null)}
                question={question(field)}
                before={before && last !== null ? { period: before.period, value: last } : null}
                marked={month.returned?.fields.includes(field.name) ?? false}
                type={(text, settled) => put({ [field.name]: text }, settled)}
                agree={(value) => agree(field.name, value)}
              />
            )
          })}
        </>
      )}
      {form.fields.filter((field) => field.type === 'text').map((field) => (
        <Words key={field.name} field={field} text={values[field.name] ?? ''} fault={findFault(form, field, values)} type={(text) => put({ [field.name]: text }, false)} />
      ))}
      {owes_reason && <Reason reason={reason} fault={tried && reason.trim() === ''} choose={putReason} type={putReason} />}
      {unsaved && <Notice kind="bad">{tell('unsaved')}</Notice>}
      <div class="send">
        <div role="status">
          {tried && lacks.length + asks.length > 0 && (
            <p class="fault" data-testid="month-lacks">{lacks.some((one) => one.fault === 'empty') ? tell('fault.empty') : tell('look', { count: lacks.length + asks.length })}</p>
          )}
        </div>
        <button type="submit" class="primary" data-testid="month-send" aria-disabled={busy}>
          {corrects ? tell('send_again') : tell(is_nil ? 'send_nil' : 'send', { month: short(period) })}
        </button>
      </div>
      {corrects && month.returned === null && <GiveUp draft={draft} close={keeping.close} done={done} />}
    </form>
  )
}

type Begun = { values: Values; is_nil: boolean; reason: string }

/** A draft goes on; else a month that was filed is begun from its figures, for whoever mends it. */
function begunFrom(form: Form, month: MyMonth, draft: MonthDraft | null, proposed: Values | undefined): Begun {
  if (draft) return { values: { ...draft.values, ...proposed }, is_nil: draft.is_nil, reason: draft.reason }
  const note: Values = month.note ? { note: month.note } : {}
  const values = { ...typedFigures(form, month.figures), ...note, ...proposed }
  return { values, is_nil: (month.figures?.is_nil ?? false) && !proposed, reason: proposed ? tell('reason.number') : '' }
}

function Nil({ form, is_nil, put }: { form: Form; is_nil: boolean; put: (nil: boolean) => void }) {
  const field = form.fields.find((one) => one.type === 'boolean')
  if (!field) return null
  return (
    <button type="button" class={is_nil ? 'nil strong' : 'nil'} aria-pressed={is_nil} data-testid="month-nil" onClick={() => put(!is_nil)}>
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false">
        <rect x="3" y="3" width="18" height="18" rx="4" fill="none" stroke="currentColor" stroke-width="2" />
        {is_nil && <path d="M7 12.5l3.5 3.5L17 8.5" fill="none" stroke="currentColor" stroke-width="2.5" />}
      </svg>
      <span>{label(field)}</span>
    </button>
  )
}

function GiveUp({ draft, close, done }: { draft: MonthDraft | null; close: (kept: object) => Promise<MonthDraft | null>; done: () => void }) {
  const [sure, setSure] = useState(false)
  const drop = async (): Promise<void> => {
    const kept = await close({})
    if (kept ?? draft) await dropMonth(await stored(), (kept ?? draft as MonthDraft).id)
    done()
  }
  return (
    <div class="discard">
      <button type="button" class={sure ? 'danger' : 'quiet'} data-testid="month-give-up" onClick={() => (sure ? void drop() : setSure(true))}>
        {tell(sure ? 'give_up_sure' : 'give_up')}
      </button>
    </div>
  )
}

function lookAt({ field }: { field: string | null } | Lack): void {
  const box = document.getElementById(field === null ? 'field-reason' : `field-${field}`)
  box?.scrollIntoView({ block: 'center' })
  const inside = box?.querySelector<HTMLElement>('.ask button, input')
  ;(inside ?? box)?.focus()
}
