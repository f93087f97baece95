// What phones sent and could not be accepted: listed, looked at, settled by a person.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, asNumber, t, word } from '../words.js'
import { pager } from './paging.js'
import { outboxCard } from './quarantine_file.js'

const SIZE = 50
let settled = 'false', page = 1
const one = el('section', { tabindex: -1 })
const list = el('section', {})
const form = el('form', { class: 'row' }, labelled(t('staff.devices.state'), select(
  { 'data-testid': 'kept-state', onchange: (/** @type {any} */ event) => { settled = event.target.value; page = 1; void show() } },
  [['false', t('staff.quarantine.open')], ['true', t('staff.quarantine.settled')]], settled)))
byId('body').replaceChildren(one, outboxCard(async () => { page = 1; await show() }), form, list)

/** The refusal in words; the table of refusals is the server's. @param {string} code */
const why = (code) => word('refusal', code)

async function show() {
  try {
    const found = await get(`/quarantine?settled=${settled}&page=${page}&page_size=${SIZE}`)
    const headings = ['what', 'why', 'when', 'settlement', 'how'].map((key) => t(`staff.quarantine.${key}`))
    list.replaceChildren(found.kept.length ? table(t('staff.quarantine.title'), headings, found.kept.map(row), 'kept')
      : el('p', { class: 'note', 'data-testid': 'kept-none' }, t('staff.quarantine.none')),
      pager({ total: found.total, pages: Math.ceil(found.total / SIZE) }, page, (to) => { page = to; void show() }))
  } catch (error) {
    list.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} kept */
function row(kept) {
  return [`${word('record_kind', kept.record_kind)} ${kept.record_id.slice(0, 8)} · ${asNumber(kept.size_bytes)} B`, why(kept.refusal_code),
    asMinute(kept.received_at), kept.settlement ? `${word('settlement', kept.settlement)} · ${kept.settlement_note ?? ''}` : '—',
    el('button', { type: 'button', class: 'small', onclick: () => void look(kept.id), 'data-testid': `look-${kept.id}` }, t('staff.quarantine.look'))]
}

/** @param {number} id */
async function look(id) {
  try {
    const kept = await get(`/quarantine/${id}`)
    const facts = [[t('staff.quarantine.what'), `${word('record_kind', kept.record_kind)} ${kept.record_id}`],
      [t('staff.quarantine.why'), `${why(kept.refusal_code)}(${kept.refusal_code})`],
      [t('staff.quarantine.fields'), Object.keys(kept.errors).length ? JSON.stringify(kept.errors) : '—'],
      [t('staff.quarantine.when'), asMinute(kept.received_at)], ['SHA-256', kept.sha256]]
    one.replaceChildren(el('div', { class: 'card', 'data-testid': 'kept-one' },
      el('dl', { class: 'facts' }, ...facts.flatMap(([term, said]) => [el('dt', {}, term), el('dd', {}, said)])),
      el('h2', {}, t('staff.quarantine.body')), el('pre', { tabindex: 0, 'data-testid': 'kept-body' }, pretty(kept.body)),
      el('p', {}, el('a', { href: `/api/v1/quarantine/${id}/body`, download: '' }, t('staff.quarantine.download'))),
      kept.settled_at ? el('p', { class: 'said' }, `${word('settlement', kept.settlement)} · ${kept.settlement_note ?? ''}`) : settleForm(kept)))
    one.focus()
    one.scrollIntoView({ block: 'start' })
  } catch (error) {
    one.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {string} body */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    // Not JSON: perhaps that is why it was kept. It is shown as it came.
    return body
  }
}

/** @param {any} kept */
function settleForm(kept) {
  const decision = select({ name: 'decision' }, ['rejected', 'accepted', 'superseded'].map((value) => [value, word('settlement', value)]))
  const note = el('textarea', { name: 'note', required: true, maxlength: 500, rows: 2 })
  const corrections = el('textarea', { name: 'corrections', rows: 3, spellcheck: 'false', placeholder: '{"captured_at": "2026-11-20T12:00:00+08:00"}' })
  const refused = el('p', { class: 'refused', role: 'alert', hidden: true })
  const made = el('form', { 'data-testid': 'settle' }, labelled(t('staff.quarantine.how'), decision), labelled(t('staff.quarantine.note'), note),
    labelled(t('staff.quarantine.corrections'), corrections), refused, el('button', { class: 'main' }, t('staff.quarantine.settle')))
  made.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      const json = { decision: decision.value, note: note.value, ...(corrections.value.trim() ? { corrections: JSON.parse(corrections.value) } : {}) }
      await ask(`/quarantine/${kept.id}/settlement`, { method: 'POST', json })
      one.replaceChildren(el('p', { class: 'said', role: 'status' }, t('staff.quarantine.done')))
      await show()
    } catch (error) {
      refused.textContent = error instanceof SyntaxError ? t('staff.quarantine.not_json') : inWords(error)
      refused.hidden = false
    }
  })
  return made
}

void show()
