// Phones that were let in: whose, since when, when one last sent something; turned away, or called lost.
// @ts-check
import { ask } from '../api.js'
import { el, table } from '../dom.js'
import { asMinute, t } from '../words.js'
import { askPage, pager } from './paging.js'

/**
 * @param {(act: () => Promise<unknown>) => Promise<void>} trying says what went wrong
 * @param {() => Promise<unknown>} after what else shows phones
 */
export function phonesCard(trying, after) {
  const list = el('div', {})
  const heading = el('h2', { tabindex: -1 }, t('staff.devices.phones'))
  /** @type {any} */
  let person = null

  /** @param {number} page */
  async function show(page) {
    const found = await askPage(person ? `/devices?account_id=${person.id}` : '/devices', page)
    const headings = ['label', 'name', 'enrolled', 'synced', 'state', 'actions'].map((key) => t(`staff.devices.${key}`))
    const all = person && el('p', { class: 'row' }, t('staff.devices.phones_of', { name: person.display_name }),
      el('button', { type: 'button', class: 'small', 'data-testid': 'phones-all', onclick: () => { person = null; void trying(() => show(1)) } }, t('staff.devices.phones_all')))
    list.replaceChildren(...(all ? [all, el('br')] : []), found.rows.length ? table(t('staff.devices.phones'), headings, found.rows.map(phone), 'devices')
      : el('p', { class: 'hint' }, t('staff.none')), pager(found, page, (to) => void trying(() => show(to))))
  }

  /** @param {any} one */
  function phone(one) {
    return [one.label, one.display_name, asMinute(one.enrolled_at), one.last_sync_at ? asMinute(one.last_sync_at) : t('staff.devices.synced_never'), state(one), acts(one)]
  }

  /** @param {any} one */
  function state(one) {
    if (!one.revoked_at) return t('staff.devices.in_use')
    const told = one.erases_unsent ? 'staff.devices.lost_state' : 'staff.devices.revoked'
    return `${t(told)} ${asMinute(one.revoked_at)}`
  }

  /** @param {any} one */
  function acts(one) {
    const button = (/** @type {string} */ key, /** @type {boolean} */ lost) => el('button', {
      type: 'button', class: 'small danger', 'data-testid': `${key}-${one.id}`, onclick: () => void trying(async () => {
        if (!confirm(t(`staff.devices.${key}_sure`, { name: one.display_name, label: one.label }))) return
        await ask(`/devices/${one.id}?erase_unsent=${lost}`, { method: 'DELETE' })
        await after()
      }) }, t(`staff.devices.${key}`))
    if (one.erases_unsent) return '—'
    return el('span', {}, ...(one.revoked_at ? [] : [button('revoke', false), ' ']), button('lost', true))
  }

  return {
    section: el('section', {}, heading, el('p', { class: 'hint' }, t('staff.devices.phones_hint')), list),
    show,
    /** @param {any} one */
    async showOf(one) {
      person = one
      await show(1)
      heading.focus()
      heading.scrollIntoView({ block: 'start' })
    },
  }
}
