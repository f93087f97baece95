// People and their phones: accounts found by name, one-time codes for one, what waits to be done about a person.
// @ts-check
import { ask, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, t, word } from '../words.js'
import { phonesCard } from './devices_phones.js'
import { sheetsCard } from './devices_sheets.js'
import { askPage, pager } from './paging.js'

/** Whom each role may make accounts for; the server decides, this only spares a refusal. @type {Record<string, string[]>} */
const MAY_CREATE = {
  county: ['inspector', 'owner', 'county'],
  prefecture: ['inspector', 'owner', 'third_party', 'county', 'prefecture'],
  province: ['inspector', 'owner', 'third_party', 'county', 'prefecture', 'province'],
}
const roles = MAY_CREATE[document.body.dataset.role ?? ''] ?? []

const said = el('div', { 'aria-live': 'polite' })
const qr = el('section', { tabindex: -1 })
const people = el('div', {})
/** Ticked on any page of the list. @type {Set<number>} */
const chosen = new Set()
let asked = { q: '', role: '' }

/** @param {() => Promise<unknown>} act */
async function trying(act) {
  said.replaceChildren()
  try {
    await act()
  } catch (error) {
    said.replaceChildren(el('p', { class: 'refused', role: 'alert', 'data-testid': 'refused' }, inWords(error)))
    scrollTo(0, 0)
  }
}

/** @param {number} page */
async function showPeople(page) {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''))
  const found = await askPage(`/accounts?${query}`, page)
  const headings = ['choose', 'name', 'username', 'role', 'unit', 'phones', 'actions'].map((key) => t(`staff.devices.${key}`))
  people.replaceChildren(found.rows.length ? table(t('staff.devices.people'), headings, found.rows.map(person), 'accounts')
    : el('p', { class: 'hint' }, t('staff.none')), pager(found, page, (to) => void trying(() => showPeople(to))))
}

/** @param {any} one */
function person(one) {
  const managed = !one.closed_at && roles.includes(one.role)
  const name = one.display_name
  const tick = managed ? el('input', { type: 'checkbox', 'aria-label': t('staff.devices.choose_one', { name }), checked: chosen.has(one.id),
    onchange: (/** @type {any} */ event) => { chosen[event.target.checked ? 'add' : 'delete'](one.id); sheets.choose(chosen) } }) : ''
  const acts = one.closed_at ? t('staff.devices.closed') : !managed ? '—' : el('span', {},
    el('button', { type: 'button', class: 'small', 'data-testid': `enrol-${one.username}`, onclick: () => void trying(() => enrol(one)) }, t('staff.devices.enrol')), ' ',
    el('button', { type: 'button', class: 'small danger', onclick: () => void trying(async () => {
      if (!confirm(t('staff.devices.close_sure', { name }))) return
      await ask(`/accounts/${one.id}`, { method: 'DELETE' })
      await showAll()
    }) }, t('staff.devices.close_account')))
  const held = one.phones ? el('button', { type: 'button', class: 'small', 'data-testid': `phones-${one.username}`,
    onclick: () => void trying(() => phones.showOf(one)) }, t('staff.devices.phones_held', { n: one.phones })) : t('staff.devices.phones_none')
  return [tick, name, one.username, word('role', one.role), one.unit_name, held, acts]
}

/** @param {any} one */
async function enrol(one) {
  const { data } = await ask('/enrolments', { method: 'POST', json: { account_id: one.id } })
  const name = one.display_name
  qr.replaceChildren(el('div', { class: 'card', 'data-testid': 'enrolment' },
    el('h2', {}, t('staff.devices.qr_for', { name })),
    el('img', { class: 'qr', src: data.qr_svg, alt: t('staff.devices.qr_for', { name }), 'data-testid': 'qr' }),
    el('p', {}, el('code', { 'data-testid': 'enrolment-code' }, data.code)),
    el('p', { class: 'hint' }, t('staff.devices.qr_hint', { name, until: asMinute(data.expires_at) })),
    el('button', { type: 'button', onclick: () => { qr.replaceChildren(); void trying(showAll) } }, t('staff.close'))))
  qr.focus()
  qr.scrollIntoView({ block: 'start' })
}

function newPerson() {
  const form = el('form', { 'data-testid': 'new-person' },
    labelled(t('staff.devices.name'), el('input', { name: 'display_name', required: true, maxlength: 60 })),
    labelled(t('staff.devices.username'), el('input', { name: 'username', required: true, maxlength: 60, autocomplete: 'off', autocapitalize: 'none' })),
    labelled(t('staff.devices.role'), select({ name: 'role' }, roles.map((role) => [role, word('role', role)]))),
    labelled(t('staff.devices.unit_code'), el('input', { name: 'unit_code', required: true, maxlength: 12, inputmode: 'numeric', value: document.body.dataset.unit })),
    labelled(t('staff.devices.station_code'), el('input', { name: 'station_code', maxlength: 40 })),
    labelled(t('staff.devices.password'), el('input', { name: 'password', type: 'password', autocomplete: 'new-password', maxlength: 200 })),
    el('button', { class: 'main' }, t('staff.devices.save')))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const facts = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
    void trying(async () => {
      await ask('/accounts', { method: 'POST', json: facts })
      await showPeople(1)
    })
  })
  return el('details', { class: 'card' }, el('summary', {}, t('staff.devices.add')), el('br'), form)
}

function search() {
  const form = el('form', { class: 'row', role: 'search' },
    labelled(t('staff.devices.find'), el('input', { name: 'q', type: 'search', maxlength: 60, 'data-testid': 'find-person' })),
    labelled(t('staff.devices.role'), select({ name: 'role' }, [['', t('staff.all')], ...roles.map((role) => /** @type {[string, string]} */ ([role, word('role', role)]))])),
    el('button', {}, t('staff.search')))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const given = new FormData(form)
    asked = { q: String(given.get('q') ?? '').trim(), role: String(given.get('role') ?? '') }
    void trying(() => showPeople(1))
  })
  return form
}

const showAll = () => Promise.all([showPeople(1), phones.show(1), sheets.show(1)])
const phones = phonesCard(trying, () => showAll())
const sheets = sheetsCard(trying)
byId('body').replaceChildren(said, qr, el('section', {}, el('h2', {}, t('staff.devices.people')), newPerson(), search(), people),
  sheets.section, phones.section)
void trying(showAll)
