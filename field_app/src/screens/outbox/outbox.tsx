/** What waits, what arrived, what was kept aside, and what to do where something is wrong. */

import { useEffect, useState } from 'preact/hooks'
import { runner } from '../../app'
import type { Form } from '../../api/wire'
import { LITTLE_ROOM_BYTES, readRoom } from '../../device/storage'
import { listDrafts } from '../../outbox/drafts'
import { dismissKeptAside, reopenRefused } from '../../outbox/mending'
import { countOthers, listOutbox, listReceipts, type OutboxLine, photosOf } from '../../outbox/records'
import { stored } from '../../store/connection'
import { type Draft, readSetting, type ReceiptRow } from '../../store/database'
import { findForm } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { say, writeMoment } from '../../words'
import { ExportButton } from './export'
import { go, useStored } from '../hooks'
import { Icon, Notice, Trouble } from '../parts'
import { Shell } from '../shell'
import { stateLabel } from '../work/stations'

const RECEIPTS_AT_ONCE = 20

export function Outbox({ saved }: { saved: boolean }) {
  const held = useStored(['outbox', 'sync', 'enrolment'], async (database) => {
    const account = (await currentAccountId(database)) ?? ''
    return {
      lines: await listOutbox(database, account),
      receipts: await listReceipts(database, account),
      drafts: await listDrafts(database, account),
      others: await countOthers(database, account),
      form: await findForm(database, 'inspection'),
      last: await readSetting(database, 'last_round'),
      running: runner.isRunning(),
    }
  })
  if (!held) return <Shell title={say('nav.outbox')} here="outbox">{null}</Shell>
  const { lines, receipts, drafts, others, form, last, running } = held
  const waiting = lines.filter(({ record }) => ['ready', 'sending', 'acknowledged'].includes(record.state))
  const refused = lines.filter(({ record }) => record.state === 'refused')
  const aside = lines.filter(({ record }) => record.state === 'kept_aside')
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
      <Room />
      <Section title={say('outbox.refused_title')} hint={say('outbox.refused_hint')} lines={refused} form={form} />
      <Section title={say('outbox.waiting_title')} lines={waiting} form={form} />
      <Section title={say('outbox.aside_title')} hint={say('outbox.aside_hint')} lines={aside} form={form} />
      <Drafts drafts={drafts} />
      <Receipts receipts={receipts} form={form} />
      {others > 0 && <p class="hint" data-testid="outbox-others">{say('outbox.others', { count: others })}</p>}
      {lines.length + drafts.length + others > 0 && <ExportButton />}
    </Shell>
  )
}

function Section({ title, hint, lines, form }: { title: string; hint?: string; lines: OutboxLine[]; form: Form | null }) {
  if (lines.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {hint && <p class="hint">{hint}</p>}
      <ul class="cards">
        {lines.map((line) => <Line key={line.record.id} line={line} form={form} />)}
      </ul>
    </section>
  )
}

function Line({ line, form }: { line: OutboxLine; form: Form | null }) {
  const { record, photos } = line
  const total = record.receipt ? photosOf(record.receipt).length : photos.length
  const troubled = photos.find((photo) => photo.problem)?.problem ?? null
  const text = record.state === 'acknowledged' ? 'outbox.text_there' : `outbox.text_${record.state}`
  return (
    <li class="card" data-testid={`record-${record.station_code}`} data-state={record.state}>
      <span class="name">{record.station_name}</span>
      <span class="where">{stateLabel(form, record.observed_state)} · {writeMoment(record.captured_at)}</span>
      <span class="where">
        {say(text)}
        {total > 0 && ` · ${say('outbox.photos', { done: total - photos.length, total })}`}
        {photos.some((photo) => photo.sent_bytes > 0) && ` (${sentShare(photos)}%)`}
      </span>
      {record.quarantine_id && <span class="code">{say('outbox.aside_number', { id: record.quarantine_id })}</span>}
      {record.problem && <Trouble problem={record.problem} form={form} />}
      {!record.problem && troubled && <Trouble problem={troubled} />}
      {record.state === 'refused' && <button type="button" data-testid={`mend-${record.station_code}`} onClick={() => void mend(record.id, record.station_code)}>{say('outbox.mend')}</button>}
      {record.state === 'kept_aside' && photos.length === 0 && (
        <button type="button" class="quiet" onClick={() => void stored().then((database) => dismissKeptAside(database, record.id))}>{say('outbox.aside_seen')}</button>
      )}
    </li>
  )
}

function sentShare(photos: OutboxLine['photos']): number {
  const size = photos.reduce((sum, photo) => sum + photo.size, 0)
  return Math.round((100 * photos.reduce((sum, photo) => sum + photo.sent_bytes, 0)) / Math.max(1, size))
}

async function mend(id: string, station_code: string): Promise<void> {
  const database = await stored()
  const form = await findForm(database, 'inspection')
  if (form && (await reopenRefused(database, id, form, new Date()))) go(`/visit/${encodeURIComponent(station_code)}`)
}

function Drafts({ drafts }: { drafts: Draft[] }) {
  if (drafts.length === 0) return null
  return (
    <section>
      <h2>{say('outbox.drafts_title')}</h2>
      <ul class="cards">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <a href={`#/visit/${encodeURIComponent(draft.station_code)}`} data-testid={`draft-${draft.station_code}`}>
              <span class="name">{draft.station_name}</span>
              <span class="where">{say('visit.kept', { at: writeMoment(draft.changed_at) })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Receipts({ receipts, form }: { receipts: ReceiptRow[]; form: Form | null }) {
  const [shown, setShown] = useState(RECEIPTS_AT_ONCE)
  return (
    <section>
      <h2>{say('outbox.received_title')}</h2>
      {receipts.length === 0 && <p class="hint">{say('outbox.received_none')}</p>}
      <ul class="cards">
        {receipts.slice(0, shown).map((row) => (
          <li class="card is-done" key={row.id} data-testid={`receipt-${row.station_code}`}>
            <span class="name">{row.station_name}</span>
            <span class="where">{stateLabel(form, row.observed_state)} · {writeMoment(row.captured_at)}</span>
            <span class="where">{say('outbox.received', { at: writeMoment(row.received_at), photos: row.photos })}</span>
            <span class="code">{say('outbox.receipt_number', { number: row.sha256.slice(0, 12) })}</span>
          </li>
        ))}
      </ul>
      {receipts.length > shown && <button type="button" class="wide" onClick={() => setShown(shown + RECEIPTS_AT_ONCE)}>{say('stations.more', { count: receipts.length - shown })}</button>}
    </section>
  )
}

function Room() {
  const [little, setLittle] = useState(false)
  useEffect(() => {
    void readRoom().then(({ free_bytes }) => setLittle(free_bytes !== null && free_bytes < LITTLE_ROOM_BYTES))
  }, [])
  return little ? <Notice kind="bad">{say('storage.little')}</Notice> : null
}
