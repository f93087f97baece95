// People and their phones: accounts, one-time codes, revocation.
// @ts-check
import { ask, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, t, word } from '../words.js'
import { askPage, pager } from './paging.js'

/** Whom each role may make accounts for; the server decides, this only spares a refusal. @type {Record<string, string[]>} */
const MAY_CREATE = {
  county: ['inspector', 'owner', 'county'],
  prefecture: ['inspector', 'owner', 'third_party', 'county', 'prefecture'],
  province: ['inspector', 'owner', 'third_party', 'county', 'prefecture', 'province'],
}

const said = el('div', { 'aria-live': 'polite' })
const people = el('section', {})
const phones = el('section', {})
const qr = el('section', { tabindex: -1 })
byId('body').replaceChildren(said, qr, people, phones)

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
  const found = await askPage('/accounts', page)
  const headings = ['name', 'username', 'role', 'unit', 'actions'].map((key) => t(`staff.devices.${key}`))
  people.replaceChildren(el('h2', {}, t('staff.devices.people')), newPerson(),
    table(t('staff.devices.people'), headings, found.rows.map(person), 'accounts'),
    pager(found, page, (to) => void trying(() => showPeople(to))))
}

/** @param {any} one */
function person(one) {
  const acts = one.closed_at ? t('staff.devices.closed') : el('span', {},
    el('button', { type: 'button', class: 'small', 'data-testid': `enrol-${one.username}`, onclick: () => void trying(() => enrol(one)) }, t('staff.devices.enrol')), ' ',
    el('button', { type: 'button', class: 'small danger', onclick: () => void trying(async () => {
      if (!confirm(t('staff.devices.close_sure', { name: one.display_name }))) return
      await ask(`/accounts/${one.id}`, { method: 'DELETE' })
      await Promise.all([showPeople(1), showPhones(1)])
    }) }, t('staff.devices.close_account')))
  return [one.display_name, one.username, word('role', one.role), one.unit_name, acts]
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
    el('button', { type: 'button', onclick: () => qr.replaceChildren() }, t('staff.close'))))
  qr.focus()
  qr.scrollIntoView({ block: 'start' })
}

function newPerson() {
  const roles = MAY_CREATE[document.body.dataset.role ?? ''] ?? []
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

/** @param {number} page */
async function showPhones(page) {
  const found = await askPage('/devices', page)
  const headings = [...['label', 'name', 'enrolled', 'synced', 'state'].map((key) => t(`staff.devices.${key}`))]
  phones.replaceChildren(el('h2', {}, t('staff.devices.phones')), found.rows.length
    ? table(t('staff.devices.phones'), headings, found.rows.map(phone), 'devices') : el('p', { class: 'hint' }, t('staff.none')),
    pager(found, page, (to) => void trying(() => showPhones(to))))
}

/** @param {any} one */
function phone(one) {
  const state = one.revoked_at ? `${t('staff.devices.revoked')} ${asMinute(one.revoked_at)}` : el('span', {}, t('staff.devices.in_use'), ' ',
    el('button', { type: 'button', class: 'small danger', onclick: () => void trying(async () => {
      if (!confirm(t('staff.devices.revoke_sure', { name: one.display_name, label: one.label }))) return
      await ask(`/devices/${one.id}`, { method: 'DELETE' })
      await showPhones(1)
    }) }, t('staff.devices.revoke')))
  return [one.label, one.display_name, asMinute(one.enrolled_at), asMinute(one.last_sync_at), state]
}

void trying(() => Promise.all([showPeople(1), showPhones(1)]))
