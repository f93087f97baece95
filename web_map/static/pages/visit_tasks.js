// Assigned visits: one person is asked to visit stations that were found by what is known of them; open ones withdrawn.
// @ts-check
import { ask, get } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { icon } from '../map/shapes.js'
import { asMinute, t, word } from '../words.js'
import { askPage, pager } from './paging.js'
import { tryingInto } from './trying.js'

const METHODS = ['site_visit', 'unannounced', 'cross', 'look_back']
const VISITORS = ['inspector', 'third_party', 'county', 'prefecture', 'province']
const DAYS = { a_month: 30, a_quarter: 91, half_a_year: 182, a_year: 365 }
const SIZE = 50
// No station of the programme is older: what is unseen since then was never seen.
const EVER = '1990-01-01'
const today = document.body.dataset.today ?? ''

const said = el('div', { 'aria-live': 'polite', tabindex: -1 })
const trying = tryingInto(said)
const stations = el('div', {})
const list = el('div', {})
/** Code and name, ticked on any page of the search. @type {Map<string, string>} */
const chosen = new Map()
let state = 'open'

/** @param {number} days */
const daysAgo = (days) => new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** What each filter asks the register. @type {[string, Record<string, string>][]} */
const FILTERS = [['presumed_dead', { vitality: 'presumed_dead' }], ['unknown', { vitality: 'unknown' }], ['never', { unseen_since: EVER }],
  ...Object.entries(DAYS).map(([name, days]) => /** @type {[string, Record<string, string>]} */ ([name, { unseen_since: daysAgo(days) }])), ['any', {}]]

const search = el('input', { type: 'search', maxlength: 60, 'data-testid': 'task-search' })
const filter = select({ 'data-testid': 'task-filter' }, FILTERS.map(([name]) => [name, t(`staff.tasks.filter_${name}`)]), 'presumed_dead')
const finding = el('form', { class: 'row', role: 'search' }, labelled(t('staff.tasks.which'), filter), labelled(t('staff.stations.search'), search),
  el('button', {}, t('staff.search')))
finding.addEventListener('submit', (event) => { event.preventDefault(); void trying(() => find(1)) })

/** @param {number} page */
async function find(page) {
  const asked = new URLSearchParams([['listing_status', 'active'], ['listing_status', 'suspended']])
  for (const [name, value] of Object.entries(FILTERS.find(([name]) => name === filter.value)?.[1] ?? {})) asked.set(name, value)
  if (search.value.trim()) asked.set('q', search.value.trim())
  const found = await askPage(`/stations?${asked}`, page)
  const headings = ['choose', 'station', 'place', 'state', 'seen'].map((key) => t(`staff.tasks.${key}`))
  stations.replaceChildren(found.rows.length ? table(t('staff.tasks.found_caption'), headings, found.rows.map(row), 'task-stations')
    : el('p', { class: 'hint', 'data-testid': 'task-none' }, t('staff.tasks.none_found')), pager(found, page, (to) => void trying(() => find(to))))
}

/** @param {any} one */
function row(one) {
  const tick = el('input', { type: 'checkbox', 'aria-label': t('staff.tasks.choose_one', { name: one.name }), checked: chosen.has(one.code),
    onchange: (/** @type {any} */ event) => { if (event.target.checked) chosen.set(one.code, one.name); else chosen.delete(one.code); tell() } })
  const seen = one.last_observed_at ? `${word('observed_state', one.last_observed_state)} · ${asMinute(one.last_observed_at)}` : t('staff.tasks.never')
  return [tick, `${one.name} ${one.code}`, [one.township_name, one.village_name].filter(Boolean).join(' '),
    el('span', { class: 'tag' }, icon(one.vitality, false), word('vitality', one.vitality)), seen]
}

const person = select({ required: true, 'data-testid': 'task-person' }, [['', '—']])
const method = select({ 'data-testid': 'task-method' }, METHODS.map((one) => [one, word('visit_method', one)]))
const due = el('input', { type: 'date', min: today, 'data-testid': 'task-due' })
const reason = el('input', { maxlength: 200, 'data-testid': 'task-reason' })
const assign = el('button', { class: 'main', disabled: true, 'data-testid': 'task-assign' })
const picked = el('p', { class: 'hint', 'data-testid': 'task-picked' })
const asking = el('form', {}, picked, labelled(t('staff.tasks.person'), person), labelled(t('staff.tasks.method'), method),
  labelled(t('staff.tasks.due'), due), labelled(t('staff.tasks.reason'), reason), assign)
asking.addEventListener('submit', (event) => {
  event.preventDefault()
  void trying(async () => {
    const json = { account_id: Number(person.value), stations: [...chosen.keys()], method: method.value, due_on: due.value || null, reason: reason.value.trim() || null }
    const { data } = await ask('/visit-tasks', { method: 'POST', json })
    chosen.clear()
    tell()
    await Promise.all([find(1), show(1)])
    said.replaceChildren(el('p', { class: 'said', role: 'status', 'data-testid': 'task-said' }, t('staff.tasks.assigned', { n: data.tasks.length })))
    said.focus()
  })
})

function tell() {
  assign.disabled = !chosen.size
  assign.textContent = t('staff.tasks.assign', { n: chosen.size })
  picked.textContent = chosen.size ? [...chosen.values()].join('、') : t('staff.tasks.choose_first')
}

async function people() {
  /** @type {any[]} */
  const all = []
  for (let page = 1; page <= 4; page++) {
    const found = await askPage('/accounts', page, 500)
    all.push(...found.rows.filter((/** @type {any} */ one) => !one.closed_at && VISITORS.includes(one.role)))
    if (page >= found.pages) break
  }
  all.sort((one, other) => VISITORS.indexOf(one.role) - VISITORS.indexOf(other.role))
  person.append(...all.map((one) => el('option', { value: one.id }, `${one.display_name} · ${word('role', one.role)} · ${one.unit_name}`)))
}

/** @param {number} page */
async function show(page) {
  const found = await get(`/visit-tasks?state=${state}&page=${page}&page_size=${SIZE}`)
  const headings = ['station', 'person', 'method', 'due', 'reason', 'assigned_by', 'outcome'].map((key) => t(`staff.tasks.${key}`))
  list.replaceChildren(found.tasks.length ? table(t(`staff.tasks.${state}`), headings, found.tasks.map(task), 'tasks')
    : el('p', { class: 'hint', 'data-testid': 'tasks-none' }, t('staff.none')),
    pager({ total: found.total, pages: Math.ceil(found.total / SIZE) }, page, (to) => void trying(() => show(to))))
}

/** @param {any} one */
function task(one) {
  const outcome = one.closed_at ? `${t(`staff.tasks.${one.closed_why}`)} ${asMinute(one.closed_at)}` : el('button', {
    type: 'button', class: 'small danger', 'data-testid': `withdraw-${one.id}`, onclick: () => void trying(async () => {
      if (!confirm(t('staff.tasks.withdraw_sure', { name: one.inspector, station: one.station_name }))) return
      await ask(`/visit-tasks/${one.id}`, { method: 'DELETE' })
      await show(1)
    }) }, t('staff.tasks.withdraw'))
  return [`${one.station_name} ${one.station_code}`, one.inspector, word('visit_method', one.method), one.due_on ?? t('staff.tasks.no_due'),
    one.reason ?? '—', `${one.assigned_by} ${asMinute(one.assigned_at)}`, outcome]
}

const which = select({ 'data-testid': 'tasks-state', onchange: (/** @type {any} */ event) => { state = event.target.value; void trying(() => show(1)) } },
  [['open', t('staff.tasks.open')], ['closed', t('staff.tasks.closed')]], state)
tell()
byId('body').replaceChildren(said, el('section', {}, el('h2', {}, t('staff.tasks.find')), finding, stations),
  el('section', { class: 'card' }, el('h2', {}, t('staff.tasks.new')), asking),
  el('section', {}, el('h2', {}, t('staff.tasks.list')), el('form', { class: 'row' }, labelled(t('staff.devices.state'), which)), list))
void trying(() => Promise.all([people(), find(1), show(1)]))
