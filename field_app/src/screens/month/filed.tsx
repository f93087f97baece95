/** A month after its sending: waiting, received, kept aside or refused; its figures; and what can be done next. */

import { useState } from 'preact/hooks'
import type { FilingReceipt, Form, MonthBody, MyMonth } from '../../api/wire'
import { readFigure, writeTyped } from '../../months/amounts'
import { listFigures, typedFigures, type Values } from '../../months/checks'
import { dropRefusedMonth } from '../../outbox/mending'
import { answerHints, beginMonth } from '../../outbox/months'
import { stored } from '../../store/connection'
import type { OutboxRecord, ReceiptRow } from '../../store/database'
import { explain, label, name, writeMoment } from '../../words'
import { Notice, Trouble } from '../parts'
import { isAgreed } from './agreed'
import { amount, tell } from './saying'

type Figures = NonNullable<MyMonth['figures']>

/** Figures by the form's names, from wherever they come. */
type Told = Record<string, unknown> & { is_nil?: boolean }

/** What a record that has not arrived says. */
export function readBody(record: OutboxRecord): MonthBody {
  return JSON.parse(new TextDecoder().decode(record.body)) as MonthBody
}

/** The figures as plain rows; what was left empty says so. */
export function Summary({ form, figures, note }: { form: Form; figures: Told; note: string | null | undefined }) {
  if (figures.is_nil) return <p class="card is-nil" data-testid="month-figures">{tell('nil')}{note ? ` · ${note}` : ''}</p>
  return (
    <dl data-testid="month-figures">
      {listFigures(form).map((field) => {
        const value = readFigure(figures[field.name] as string | number | null | undefined, field.type)
        return (
          <div key={field.name}>
            <dt>{label(field)}</dt>
            <dd>{value === null ? tell('empty') : amount(value, field)}</dd>
          </div>
        )
      })}
      {note && (
        <div>
          <dt>{noteLabel(form)}</dt>
          <dd>{note}</dd>
        </div>
      )}
    </dl>
  )
}

const noteLabel = (form: Form): string => {
  const field = form.fields.find((one) => one.name === 'note')
  return field ? label(field) : ''
}

export function Waiting({ form, record }: { form: Form; record: OutboxRecord }) {
  const body = readBody(record)
  return (
    <>
      <Notice kind="plain" testid="month-waiting">
        <p>{tell('waiting')}</p>
        {record.problem && <p>{tell('waiting_again', { why: explain(record.problem).sentence })}</p>}
      </Notice>
      <Summary form={form} figures={body} note={body.note} />
    </>
  )
}

export function Aside({ form, record }: { form: Form; record: OutboxRecord }) {
  const body = readBody(record)
  return (
    <>
      <Notice kind="plain">{tell('aside', { id: record.quarantine_id ?? '' })}</Notice>
      <Summary form={form} figures={body} note={body.note} />
    </>
  )
}

/** Refused for another reason than a second version: said in words, to be mended, or dropped by the person's own hand. */
export function Refused({ form, record, can_file, seen_version }: { form: Form; record: OutboxRecord; can_file: boolean; seen_version: number | null }) {
  const body = readBody(record)
  return (
    <>
      <Notice kind="bad" testid="month-refused">
        <p>{tell('refused')}</p>
        {record.problem && <Trouble problem={record.problem} form={form} />}
      </Notice>
      <Summary form={form} figures={body} note={body.note} />
      {can_file && <button type="button" class="wide strong" data-testid="month-mend" onClick={() => void reopen(form, record, seen_version, body.reason ?? '')}>{tell('mend')}</button>}
      <Drop drop={() => stored().then((database) => dropRefusedMonth(database, record.id))} />
    </>
  )
}

/** Begin the month again from what was refused; only then does the refused one go, so that nothing is ever lost. */
export async function reopen(form: Form, record: OutboxRecord, seen_version: number | null, reason: string): Promise<void> {
  const database = await stored()
  const body = readBody(record)
  const { account_id, station_code, station_name, period } = record
  await beginMonth(database, {
    station: { code: station_code, name: station_name }, period, account_id, form, seen_version, reason,
    values: typedBody(form, body), is_nil: body.is_nil ?? false, now: new Date(),
  })
  await dropRefusedMonth(database, record.id)
}

export function typedBody(form: Form, body: MonthBody): Values {
  return { ...typedFigures(form, body as Figures), ...(body.note ? { note: body.note } : {}) }
}

/** Thrown away by the person's own hand, and only when asked twice. */
export function Drop({ drop, words = 'drop' }: { drop: () => Promise<unknown>; words?: string }) {
  const [sure, setSure] = useState(false)
  return (
    <div class="discard">
      <button type="button" class={sure ? 'danger' : words === 'drop' ? 'quiet' : ''} data-testid="month-drop" onClick={() => (sure ? void drop() : setSure(true))}>
        {tell(sure ? 'drop_sure' : words)}
      </button>
    </div>
  )
}

type FiledProps = { form: Form; month: MyMonth; receipt: ReceiptRow | null; can_correct: boolean; correct: (proposed?: Values) => void }

/** What stands at the county, with this phone's receipt or the other's name. */
export function Filed({ form, month, receipt, can_correct, correct }: FiledProps) {
  if (month.figures === null) return null
  const own = receipt?.filing && receipt.filing.version === month.version ? receipt : null
  const version = month.version ?? 1
  const asked = can_correct ? (own?.filing?.hints ?? []).filter((hint) => !isSaid(form, own?.filing, hint.field)) : []
  return (
    <>
      <p class="received" role="status" data-testid="month-received">
        {own
          ? tell('received', { at: writeMoment(own.received_at), version })
          : tell('held', { version, source: name('report_source', month.figures.source) })}
      </p>
      {own && asked.length > 0 && <Hints form={form} row={own} hints={asked} correct={correct} />}
      <Summary form={form} figures={month.figures} note={month.note} />
      {can_correct && <button type="button" class="wide" data-testid="month-correct" onClick={() => correct()}>{tell('correct')}</button>}
    </>
  )
}

/** Was this very figure asked about before it was sent, and found right? */
function isSaid(form: Form, filing: FilingReceipt | undefined, name: string): boolean {
  const field = form.fields.find((one) => one.name === name)
  const value = field && filing ? readFigure((filing as Record<string, unknown>)[name] as string | number | null, field.type) : null
  return value !== null && isAgreed(filing?.period ?? '', name, value)
}

/** What the server asks with its receipt: a question, a tap to correct, a tap to say that it is right. */
function Hints({ form, row, hints, correct }: { form: Form; row: ReceiptRow; hints: FilingReceipt['hints']; correct: (proposed: Values) => void }) {
  const right = (): void => void stored().then((database) => answerHints(database, row.id))
  return (
    <div class="ask" data-testid="month-hints">
      <p>{tell('hint')}</p>
      {hints.map((hint) => {
        const field = form.fields.find((one) => one.name === hint.field)
        if (!field) return null
        const perhaps = readFigure(hint.perhaps, field.type) ?? 0
        return (
          <div key={hint.field}>
            <p>
              <strong>{label(field)}</strong> {name('figure_hint', hint.code)} {tell('ask.usual', { value: amount(readFigure(hint.usual, field.type) ?? 0, field) })}
            </p>
            <button type="button" class="strong" data-testid={`hint-change-${hint.field}`} onClick={() => correct({ [hint.field]: writeTyped(perhaps, field.type) })}>
              {tell('ask.change', { value: amount(perhaps, field) })}
            </button>
          </div>
        )
      })}
      <button type="button" data-testid="hints-right" onClick={right}>{tell('hint_right')}</button>
    </div>
  )
}
