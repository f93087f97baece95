// What waits for the county: each report with its figures, to be accepted or sent back with a reason.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { el, labelled, select } from '../dom.js'
import { asMinute, t, word } from '../words.js'
import { figure } from './beside.js'
import { sortable } from './sorting.js'

const REASONS = ['looks_wrong', 'unit_slip', 'incomplete', 'contradicts_visit', 'asked_by_owner', 'other']
const FIELDS = ['online_sales_out', 'purchase_agency_amount', 'upstream_sales', 'parcels_in', 'parcels_out']
const MOST = 500

/**
 * @param {string} period @param {string} unit
 * @param {(said: string) => Promise<void>} done
 */
export async function reviewTable(period, unit, done) {
  const query = new URLSearchParams({ ou: unit, period, state: 'submitted', page_size: String(MOST) })
  const { reports } = await get(`/sales-reports?${query}`)
  const waiting = reports.filter((/** @type {any} */ one) => one.permissions.may_accept || one.permissions.may_return || one.source !== 'feed')
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'station', heading: t('months.station'), value: (row) => row.station, cell: (row) => el('span', {},
      el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.station_name), el('br'), el('small', {}, row.station)) },
    ...FIELDS.map((name) => ({ key: name, heading: t(`months.${name}`), isFigure: true, fixed: true, cell: (/** @type {any} */ row) => told(row, name) })),
    { key: 'source', heading: t('months.source'), value: (row) => row.source, cell: (row) => el('span', {}, word('report_source', row.source), el('br'),
      el('small', {}, `${word('timeliness', row.timeliness)} ${asMinute(row.first_received_at)}`)) },
    { key: 'decide', heading: t('months.accept'), fixed: true, cell: (row) => (row.permissions.may_accept || row.permissions.may_return ? decision(row, done) : '—') },
  ]
  return sortable(t('figures.order'), columns, waiting, 'list-awaiting')
}

/** @param {any} row @param {string} name */
function told(row, name) {
  if (row.is_nil) return name === FIELDS[0] ? t('figures.nil') : '—'
  return row[name] === null ? '—' : figure(String(row[name]), name.startsWith('parcels') ? 'pieces' : 'yuan')
}

/** @param {any} row @param {(said: string) => Promise<void>} done */
function decision(row, done) {
  const wrong = el('p', { 'aria-live': 'polite' })
  const reason = select({}, REASONS.map((value) => [value, word('return_reason', value)]))
  const note = el('input', { type: 'text', maxlength: 500 })
  const boxes = FIELDS.map((name) => el('input', { type: 'checkbox', value: name }))
  const which = el('fieldset', {}, el('legend', {}, t('months.return_fields')), ...boxes.map((box) => el('label', { class: 'check' }, box, t(`months.${box.value}`))))
  const form = el('form', { hidden: true }, labelled(t('months.return_why'), reason), row.is_nil ? null : which, labelled(t('months.return_word'), note),
    el('button', { class: 'small danger' }, t('months.return_it')))
  /** @param {string} way @param {unknown} body */
  async function send(way, body) {
    try {
      await ask(`/sales-reports/${encodeURIComponent(row.station)}/${row.period}/${way}`, { method: 'POST', json: body, headers: { 'If-Match': `"${row.version}"` } })
      await done(t(way === 'accept' ? 'months.one_accepted' : 'months.return_done', { name: row.station_name }))
    } catch (error) {
      wrong.replaceChildren(el('span', { class: 'refused', role: 'alert' }, inWords(error)))
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send('return', { reason_code: reason.value, note: note.value || null, fields: boxes.filter((box) => box.checked).map((box) => box.value) })
  })
  const open = el('button', { type: 'button', class: 'small', 'aria-expanded': 'false', onclick: () => {
    form.hidden = !form.hidden
    open.setAttribute('aria-expanded', String(!form.hidden))
  } }, t('months.return_it'))
  return el('div', { class: 'no-print' }, el('div', { class: 'row tight' },
    row.permissions.may_accept ? el('button', { type: 'button', class: 'small', onclick: () => void send('accept', {}) }, t('months.accept_it')) : null,
    row.permissions.may_return ? open : null),
  row.permissions.may_accept ? null : el('p', { class: 'hint' }, t('months.not_yours')), form, wrong)
}
