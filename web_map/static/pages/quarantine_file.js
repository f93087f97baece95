// A phone's last-resort export: tried first, then read in; each record with what becomes of it.
// @ts-check
import { ask } from '../api.js'
import { el, labelled, table } from '../dom.js'
import { asNumber, lang, t, word } from '../words.js'
import { triedFirst } from './tried_first.js'

const STATUSES = ['new', 'same', 'kept_aside', 'refused']

/** @param {() => Promise<void>} after what was kept aside is shown anew */
export function outboxCard(after) {
  const file = el('input', { type: 'file', accept: '.ndjson,.json,.jsonl,.txt', 'data-testid': 'outbox-file' })
  const send = async (/** @type {boolean} */ dryRun) => {
    const chosen = file.files?.[0]
    if (!chosen) throw new Error(t('staff.outbox.no_file'))
    const asked = new URLSearchParams({ dry_run: String(dryRun), name: chosen.name.slice(-200) })
    return (await ask(`/outbox-files?${asked}`, { method: 'POST', body: chosen })).data
  }
  const stay = (/** @type {Event} */ event) => event.preventDefault()
  return el('details', { class: 'card', 'data-testid': 'outbox' }, el('summary', { 'data-testid': 'outbox-open' }, t('staff.outbox.title')),
    el('p', { class: 'hint' }, t('staff.outbox.lead')), triedFirst({
      tryIt: t('staff.outbox.try'), testid: 'outbox', send, told,
      confirmIt: (found) => (found.entries.length ? t('staff.outbox.confirm') : null), after,
    }, el('form', { onsubmit: stay }, labelled(t('staff.outbox.file'), file))))
}

/** @param {any} found @param {boolean} dryRun */
function told(found, dryRun) {
  const headings = ['line', 'what', 'station', 'status', 'photos', 'why'].map((key) => t(`staff.outbox.${key}`))
  return [el('p', { class: 'said', 'data-testid': 'outbox-said' },
    `${t(dryRun ? 'staff.outbox.trial' : 'staff.outbox.done')} ${t('staff.outbox.records')} ${counted(found.counts)} · ${t('staff.outbox.photos')} ${counted(found.photos)}`),
    ...(found.is_whole ? [] : [el('p', { class: 'note', 'data-testid': 'outbox-cut' }, t('staff.outbox.not_whole'))]),
    found.entries.length ? table(t('staff.outbox.caption'), headings, found.entries.map(row), 'outbox-entries') : '']
}

/** @param {any} one */
function row(one) {
  const kind = word(['damaged', 'unreadable'].includes(one.kind) ? 'staff.outbox' : 'record_kind', one.kind === 'photo' ? 'medium' : one.kind)
  const why = one.reason ? one.reason[lang] : '—'
  return [asNumber(one.line), one.id ? `${kind} ${one.id.slice(0, 8)}` : kind, one.station_code ?? '—', word('outbox_status', one.status), counted(one.photos), why]
}

/** @param {Record<string, number>} counts */
const counted = (counts) => STATUSES.filter((status) => counts[status])
  .map((status) => `${word('outbox_status', status)} ${asNumber(counts[status])}`).join(' ') || '0'
