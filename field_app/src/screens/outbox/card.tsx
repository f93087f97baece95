/** One thing of the outbox, or one receipt: what it is, how far it is, what stands in the way, and the way out. */

import type { ComponentChildren } from 'preact'
import type { Form } from '../../api/wire'
import { dismissKeptAside, reopenRefused } from '../../outbox/mending'
import { type OutboxLine, photosOf } from '../../outbox/records'
import { stored } from '../../store/connection'
import type { OutboxRecord, ReceiptRow } from '../../store/database'
import { findForm } from '../../store/downloads'
import { say, writeMoment } from '../../words'
import { go } from '../hooks'
import { Trouble } from '../parts'
import { KeptAside } from './aside'
import { Pictures } from './pictures'
import { stateLabel } from '../work/stations'

export function RecordCard({ line, form }: { line: OutboxLine; form: Form | null }) {
  const { record, photos } = line
  const total = record.receipt ? photosOf(record.receipt).length : photos.length
  const troubled = photos.find((photo) => photo.problem) ?? null
  const text = record.state === 'acknowledged' ? 'outbox.text_there' : `outbox.text_${record.state}`
  // Of one kept aside the problem is why; nothing but its photos is tried again.
  const problem = record.state === 'kept_aside' ? null : record.problem
  const retry_at = problem ? record.next_try_at : (troubled?.next_try_at ?? 0)
  return (
    <li class="card" data-testid={`record-${nameOf(record)}`} data-state={record.state} data-kind={record.kind}>
      <Head thing={record} form={form} />
      <span class="where">
        {say(text)}
        {total > 0 && ` · ${say('outbox.photos', { done: total - photos.length, total })}`}
        {photos.some((photo) => photo.sent_bytes > 0) && ` (${sentShare(photos)}%)`}
      </span>
      {record.quarantine_id && <span class="code">{say('outbox.aside_number', { id: record.quarantine_id })}</span>}
      {record.state === 'kept_aside' && <KeptAside record={record} />}
      {problem && !isConflict(record) && <Trouble problem={problem} form={form} />}
      {!problem && troubled?.problem && <Trouble problem={troubled.problem} />}
      {record.state !== 'refused' && retry_at > Date.now() && (
        <span class="where">{say('outbox.retry_at', { at: writeMoment(new Date(retry_at).toISOString()) })}</span>
      )}
      {record.state === 'refused' && isConflict(record) && <p class="trouble">{say('outbox.month_conflict')}</p>}
      {photos.length > 0 && <Pictures line={line} form={form} />}
      {record.state === 'refused' && (
        <button type="button" data-testid={`mend-${nameOf(record)}`} onClick={() => void mend(record)}>{say('outbox.mend')}</button>
      )}
      {record.state === 'kept_aside' && photos.length === 0 && (
        <button type="button" class="quiet" onClick={() => void stored().then((database) => dismissKeptAside(database, record.id))}>{say('outbox.aside_seen')}</button>
      )}
    </li>
  )
}

export function ReceiptCard({ row, form }: { row: ReceiptRow; form: Form | null }) {
  const at = writeMoment(row.received_at)
  return (
    <li class="card is-done" data-testid={`receipt-${nameOf(row)}`}>
      <Head thing={row} form={form} />
      <span class="where">{row.photos > 0 ? say('outbox.received_photos', { at, photos: row.photos }) : say('outbox.received', { at })}</span>
      <span class="code">{say('outbox.receipt_number', { number: row.sha256.slice(0, 12) })}</span>
    </li>
  )
}

type Thing = Pick<OutboxRecord, 'kind' | 'id' | 'station_code' | 'station_name' | 'period' | 'observed_state' | 'captured_at'>

/** What tests, and people who look for it, know a thing by. */
const nameOf = ({ kind, id, station_code, period }: Thing): string => (kind === 'month' ? period : kind === 'found' ? id : station_code)

function Head({ thing, form }: { thing: Thing; form: Form | null }) {
  const { kind, station_name, period, observed_state, captured_at } = thing
  const title = kind === 'month' ? monthTitle(period) : station_name
  const what = kind === 'month' ? station_name : kind === 'found' ? say('outbox.found') : stateLabel(form, observed_state)
  // Under a PIN what a visit found is in its sealed body only.
  return <Name title={title}>{what && `${what} · `}{writeMoment(captured_at)}</Name>
}

export function Name({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <span class="name">{title}</span>
      <span class="where">{children}</span>
    </>
  )
}

export const monthTitle = (period: string): string => say('outbox.month', { year: period.slice(0, 4), month: Number(period.slice(4)) })

const isConflict = ({ kind, problem }: OutboxRecord): boolean => kind === 'month' && problem?.code === 'CONFLICT_VERSION'

function sentShare(photos: OutboxLine['photos']): number {
  const size = photos.reduce((sum, photo) => sum + photo.size, 0)
  return Math.round((100 * photos.reduce((sum, photo) => sum + photo.sent_bytes, 0)) / Math.max(1, size))
}

/** A visit or a found station becomes a draft again; a month is mended on its own screen, beside what the server has. */
async function mend({ id, kind, station_code, period }: OutboxRecord): Promise<void> {
  if (kind === 'month') return go(`/month/${period}`)
  const database = await stored()
  const form = await findForm(database, kind === 'visit' ? 'inspection' : 'found_station')
  if (form && (await reopenRefused(database, id, form, new Date()))) go(kind === 'visit' ? `/visit/${encodeURIComponent(station_code)}` : '/found')
}
