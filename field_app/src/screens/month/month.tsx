/** The owner's one screen: which month, until when, what is still open; the paper or its receipt; the own history. */

import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Form, MyMonth } from '../../api/wire'
import { listFigures, plainValues, type Values } from '../../months/checks'
import { pickMonth, type Stood } from '../../months/standing'
import { dropRefusedMonth } from '../../outbox/mending'
import { dropMonth, keepMonth } from '../../outbox/months'
import { announce } from '../../store/changes'
import { stored } from '../../store/connection'
import type { MonthDraft, OutboxRecord } from '../../store/database'
import { label, name, say } from '../../words'
import { useStored } from '../hooks'
import { Notice } from '../parts'
import { Shell } from '../shell'
import { Conflict, readTheirs } from './conflict'
import { Aside, Filed, readBody, Refused, reopen, Summary, Waiting } from './filed'
import { findReceipt, type Held, readHeld } from './held'
import { History } from './history'
import { Paper } from './paper'
import { dueWords, short, tell, title } from './saying'

export function Month({ period }: { period: string }) {
  const held = useStored(['months', 'stations', 'outbox', 'enrolment'], readHeld)
  // Chosen once: what was just sent stays before the eyes, though another month may be waiting.
  const chosen = useRef(period)
  if (!held) return <Shell title={say('nav.month')} here="month">{null}</Shell>
  const settled = (one: string): boolean => held.records.some((record) => record.period === one && record.state !== 'refused')
  const found = held.stood.find((one) => one.month.period === chosen.current) ?? pickMonth(held.stood, settled)
  if (found) chosen.current = found.month.period
  return (
    <Shell title={say('nav.month')} here="month">
      {found && held.months && held.form
        ? <Whole key={found.month.period} held={held} stood={found} form={held.form} station={held.months.station} settled={settled} />
        : <Notice kind="plain">{tell(!held.months ? 'none' : !held.form ? 'no_form' : 'not_begun')}</Notice>}
    </Shell>
  )
}

type WholeProps = { held: Held; stood: Stood; form: Form; station: { code: string; name: string }; settled: (period: string) => boolean }

function Whole({ held, stood, form, station, settled }: WholeProps) {
  const { month } = stood
  const others = held.stood.filter((one) => one.asks && one !== stood && !settled(one.month.period))
  const months = held.months?.months ?? []
  return (
    <>
      <Others others={others} />
      <div class="which">
        <h2 id="month-title" tabIndex={-1}>{title(month.period)}</h2>
        <p class="where">{station.name}</p>
        <p class="due" data-testid="month-due">{dueWords(stood, held.now_ms)}</p>
      </div>
      {month.returned && <Returned form={form} month={month} />}
      <Body held={held} stood={stood} form={form} station={station} months={months} />
      <History form={form} months={months} here={month.period} />
    </>
  )
}

function Others({ others }: { others: Stood[] }) {
  if (others.length === 0) return null
  return (
    <section class="others" aria-label={tell('others')}>
      <p class="hint">{tell('others')}</p>
      <div class="chips">
        {others.map(({ month, standing }) => (
          <a key={month.period} class="chip button" href={`#/month/${month.period}`} data-testid={`other-${month.period}`}>
            {tell(`other.${standing}`, { month: short(month.period) })}
          </a>
        ))}
      </div>
    </section>
  )
}

function Returned({ form, month }: { form: Form; month: MyMonth }) {
  const { reason_code = null, note = null, fields = [] } = month.returned ?? {}
  const why = [reason_code && name('return_reason', reason_code), note].filter(Boolean).join(' · ')
  const marked = form.fields.filter((field) => fields.includes(field.name)).map(label)
  return (
    <Notice kind="bad" testid="month-returned">
      <p><strong>{tell('returned', { why })}</strong></p>
      {marked.length > 0 && <p>{tell('returned_fields', { fields: marked.join(', ') })}</p>}
    </Notice>
  )
}

type BodyProps = { held: Held; stood: Stood; form: Form; station: { code: string; name: string }; months: MyMonth[] }

type Correcting = { proposed?: Values } | null

/** What can be done with the month now: one thing at a time. */
function Body(props: BodyProps) {
  const [correcting, setCorrecting] = useState<Correcting>(null)
  const { kind, shown } = chooseView(props, correcting, setCorrecting)
  const before = useRef(kind)
  useEffect(() => {
    if (before.current === kind) return
    before.current = kind
    // Sent from the end of a long paper: the receipt stands at its beginning.
    window.scrollTo(0, 0)
    document.getElementById('month-title')?.focus({ preventScroll: true })
  }, [kind])
  return <>{shown}</>
}

type View = { kind: string; shown: ComponentChildren }

function chooseView({ held, stood, form, station, months }: BodyProps, correcting: Correcting, correct: (how: Correcting) => void): View {
  const { month, can_file, asks } = stood
  const draft = held.drafts.find((one) => one.period === month.period) ?? null
  const record = held.records.filter((one) => one.period === month.period && one.state !== 'acknowledged').pop() ?? null
  const receipt = findReceipt(held.receipts, station.code, month)
  if (record?.state === 'kept_aside' && !draft) return { kind: 'aside', shown: <Aside form={form} record={record} /> }
  if (record && record.state !== 'refused' && !draft) return { kind: 'sent', shown: <Waiting form={form} record={record} /> }
  const conflict = findConflict(form, month, draft, record)
  if (conflict) return { kind: 'conflict', shown: <Conflict form={form} {...conflict} can_file={can_file} /> }
  if (record && !draft) return { kind: 'refused', shown: <Refused form={form} record={record} can_file={can_file} seen_version={month.version} /> }
  // A draft may know of a newer version than the months that came down last: a refusal told it.
  const seen_version = draft ? draft.seen_version : month.version
  if (can_file && (draft !== null || asks || correcting !== null)) {
    const paper = (
      <Paper
        // Begun anew from another version; a draft that appears is the one being typed.
        key={`${seen_version}`}
        account_id={held.account_id}
        station={station}
        form={draft?.form ?? form}
        months={months}
        month={month}
        draft={draft}
        seen_version={seen_version}
        {...correcting}
        done={() => correct(null)}
      />
    )
    return { kind: 'paper', shown: paper }
  }
  const filed = <Filed form={form} month={month} receipt={receipt} can_correct={can_file} correct={(proposed) => correct(proposed ? { proposed } : {})} />
  return { kind: 'sent', shown: <>{filed}{draft && <Stranded form={form} draft={draft} />}</> }
}

/** Begun, and locked before it was sent: shown until its author lets it go. */
function Stranded({ form, draft }: { form: Form; draft: MonthDraft }) {
  return (
    <>
      <Notice kind="bad">{tell('stranded')}</Notice>
      <Summary form={form} figures={{ ...plainFigures(form, draft.values), is_nil: draft.is_nil }} note={draft.values['note']} />
      <button type="button" class="quiet wide" onClick={() => void stored().then((database) => dropMonth(database, draft.id))}>{tell('drop')}</button>
    </>
  )
}

type Found = Omit<Parameters<typeof Conflict>[0], 'form' | 'can_file'>

/** Somebody else filed the month while this one was being filled in, or before it was sent. */
function findConflict(form: Form, month: MyMonth, draft: MonthDraft | null, record: OutboxRecord | null): Found | null {
  if (draft) {
    const theirs = readTheirs(undefined, month)
    if (!theirs || theirs.version <= (draft.seen_version ?? 0)) return null
    return {
      mine: { figures: plainFigures(form, draft.values), is_nil: draft.is_nil },
      theirs,
      takeMine: () => void stored().then((database) => keepMonth(database, draft.id, { seen_version: theirs.version }, new Date())).then(() => announce('months')),
      takeTheirs: () => stored().then((database) => dropMonth(database, draft.id)),
    }
  }
  if (!record || record.problem?.code !== 'CONFLICT_VERSION') return null
  const theirs = readTheirs(record.problem.details, month)
  if (!theirs) return null
  const body = readBody(record)
  return {
    mine: { figures: { ...body }, is_nil: body.is_nil ?? false },
    theirs,
    takeMine: () => void reopen(form, record, theirs.version, ''),
    takeTheirs: () => stored().then((database) => dropRefusedMonth(database, record.id)),
  }
}

/** Typed figures as they would travel; what is empty or cannot be read is null. */
function plainFigures(form: Form, values: Values): Record<string, string | null> {
  const plain = plainValues(form, values)
  return listFigures(form).reduce((told, field) => ({ ...told, [field.name]: plain[field.name] || null }), {})
}
