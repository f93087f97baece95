/** What waits, what arrived, what was kept aside, and what to do where something is wrong. */

import { type ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { runner } from '../../app'
import { listDrafts } from '../../outbox/drafts'
import { listMonthDrafts } from '../../outbox/months'
import { countOthers, listOutbox, listReceipts, type OutboxLine } from '../../outbox/records'
import { type Database, type Draft, type MonthDraft } from '../../store/database'
import { findForm } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { say, writeMoment } from '../../words'
import { useStored } from '../hooks'
import { Icon, Notice } from '../parts'
import { Shell } from '../shell'
import { monthTitle, Name, ReceiptCard, RecordCard } from './card'
import { ExportButton } from './export'
import { PhotosOver } from './photos_over'
import { RoomNotice } from './room'

/** A full outbox has hundreds; no more are drawn than somebody looks at. */
const AT_ONCE = 20

async function readOutbox(database: Database) {
  const account = (await currentAccountId(database)) ?? ''
  const lines = await listOutbox(database, account)
  const among = (...states: string[]): OutboxLine[] => lines.filter(({ record }) => states.includes(record.state))
  return {
    refused: among('refused'),
    waiting: among('ready', 'sending', 'acknowledged'),
    aside: among('kept_aside'),
    receipts: await listReceipts(database, account),
    drafts: await listDrafts(database, account),
    months: await listMonthDrafts(database, account),
    others: await countOthers(database, account),
    form: await findForm(database, 'inspection'),
    last: await runner.lastRound(database),
    running: runner.isRunning(),
  }
}

export function Outbox({ saved }: { saved: boolean }) {
  const held = useStored(['outbox', 'sync', 'enrolment'], readOutbox)
  if (!held) return <Shell title={say('nav.outbox')} here="outbox">{null}</Shell>
  const { refused, waiting, aside, receipts, drafts, months, others, form, last, running } = held
  const card = (line: OutboxLine) => <RecordCard key={line.record.id} line={line} form={form} />
  const unsent = refused.length + waiting.length + aside.length + drafts.length + months.length + others
  return (
    <Shell title={say('nav.outbox')} here="outbox">
      {saved && refused.length === 0 && <Notice kind="good" testid="saved">{say('outbox.saved')}</Notice>}
      <div class="tally">
        <p>
          <strong data-testid="outbox-count">{waiting.length}</strong> {say('outbox.waiting')}
        </p>
        <button type="button" class="primary" data-testid="sync-now" aria-disabled={running} onClick={() => void runner.run(true)}>
          <Icon name="sync" />
          {say(running ? 'line.running' : 'outbox.sync')}
        </button>
        <p class="hint" role="status" data-testid="sync-state">
          {last ? say(`outcome.${last.outcome}`, { at: writeMoment(last.at) }) : say('outcome.never')}
        </p>
      </div>
      <RoomNotice />
      <Section title={say('outbox.refused_title')} hint={say('outbox.refused_hint')} cards={refused.map(card)} />
      <Section title={say('outbox.waiting_title')} cards={waiting.map(card)} />
      <Section title={say('outbox.aside_title')} hint={say('outbox.aside_hint')} cards={aside.map(card)} />
      <Section title={say('outbox.drafts_title')} cards={[...drafts.map(drawDraft), ...months.map(drawMonth)]} />
      <Section
        title={say('outbox.received_title')}
        none={say('outbox.received_none')}
        cards={receipts.map((row) => <ReceiptCard key={row.id} row={row} form={form} />)}
      />
      <PhotosOver />
      {others > 0 && <p class="hint" data-testid="outbox-others">{say('outbox.others', { count: others })}</p>}
      {unsent > 0 && <ExportButton />}
    </Shell>
  )
}

type SectionProps = { title: string; hint?: string; none?: string; cards: ComponentChildren[] }

function Section({ title, hint, none, cards }: SectionProps) {
  const [shown, setShown] = useState(AT_ONCE)
  if (cards.length === 0 && !none) return null
  return (
    <section>
      <h2>{title}</h2>
      {cards.length === 0 && <p class="hint">{none}</p>}
      {hint && <p class="hint">{hint}</p>}
      <ul class="cards">{cards.slice(0, shown)}</ul>
      {cards.length > shown && (
        <button type="button" class="wide" onClick={() => setShown(shown + AT_ONCE)}>
          {say('outbox.more', { count: Math.min(AT_ONCE, cards.length - shown) })}
        </button>
      )}
    </section>
  )
}

const keptAt = (changed_at: string): string => say('visit.kept', { at: writeMoment(changed_at) })

function drawDraft({ id, kind, station_code, station_name, changed_at }: Draft) {
  const [title, path] = kind === 'found' ? [say('outbox.found'), '#/found'] : [station_name, `#/visit/${encodeURIComponent(station_code)}`]
  return (
    <li key={id}>
      <a href={path} data-testid={`draft-${station_code || kind}`}><Name title={title}>{keptAt(changed_at)}</Name></a>
    </li>
  )
}

function drawMonth({ id, period, changed_at }: MonthDraft) {
  return (
    <li key={id}>
      <a href={`#/month/${period}`} data-testid={`draft-${period}`}><Name title={monthTitle(period)}>{keptAt(changed_at)}</Name></a>
    </li>
  )
}
