// Codes for many people on one paper: printed by role or for those ticked, counted, withdrawn when the paper is lost.
// @ts-check
import { ask, keepFile } from '../api.js'
import { el, labelled, table } from '../dom.js'
import { asMinute, asNumber, lang, t, word } from '../words.js'
import { askPage, pager } from './paging.js'

const ROLES = ['inspector', 'owner']

/** @param {(act: () => Promise<unknown>) => Promise<void>} trying says what went wrong */
export function sheetsCard(trying) {
  const list = el('div', {})
  const said = el('p', { class: 'said', role: 'status', hidden: true, 'data-testid': 'sheet-said' })
  /** @type {number[]} */
  let ticked = []
  const days = el('input', { type: 'number', min: 1, max: 30, value: 7, required: true, inputmode: 'numeric', 'data-testid': 'sheet-days' })
  const unit = el('input', { maxlength: 12, inputmode: 'numeric', value: document.body.dataset.unit })
  const without = el('input', { type: 'checkbox', checked: true, 'data-testid': 'sheet-without' })
  const boxes = ROLES.map((role) => el('input', { type: 'checkbox', value: role, checked: true, 'data-testid': `sheet-${role}` }))
  const byRole = el('button', { class: 'main', 'data-testid': 'sheet-print' }, t('staff.sheets.print'))
  const forTicked = el('button', { type: 'button', disabled: true, 'data-testid': 'sheet-ticked',
    onclick: () => void trying(() => print({ account_ids: ticked })) }, t('staff.sheets.print_ticked', { n: 0 }))
  const form = el('form', { 'data-testid': 'new-sheet' },
    el('p', { class: 'row' }, ...boxes.map((box, at) => el('label', { class: 'check' }, box, word('role', ROLES[at]))),
      el('label', { class: 'check' }, without, t('staff.sheets.without_phone'))),
    labelled(t('staff.devices.unit_code'), unit), labelled(t('staff.sheets.days'), days),
    el('p', { class: 'row' }, byRole, forTicked))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const roles = boxes.filter((box) => box.checked).map((box) => box.value)
    void trying(() => print({ roles, without_phone: without.checked, ...(unit.value.trim() ? { unit_code: unit.value.trim() } : {}) }))
  })

  /** @param {Record<string, unknown>} whom */
  async function print(whom) {
    said.hidden = true
    const { name } = await keepFile('/enrolment-sheets', { ...whom, days: Number(days.value), lang })
    said.textContent = t('staff.sheets.printed', { name })
    said.hidden = false
    await show(1)
  }

  /** @param {number} page */
  async function show(page) {
    const found = await askPage('/enrolment-sheets', page, 20)
    const headings = ['number', 'made', 'by', 'until', 'unused', 'used', 'expired', 'actions'].map((key) => t(`staff.sheets.${key}`))
    list.replaceChildren(found.rows.length ? table(t('staff.sheets.caption'), headings, found.rows.map(row), 'sheets')
      : el('p', { class: 'hint' }, t('staff.none')), pager(found, page, (to) => void trying(() => show(to))))
  }

  /** @param {any} one */
  function row(one) {
    const number = one.sheet.slice(0, 8)
    const lost = one.unused ? el('button', { type: 'button', class: 'small danger', 'data-testid': `withdraw-${number}`, onclick: () => void trying(async () => {
      if (!confirm(t('staff.sheets.withdraw_sure', { number, n: one.unused }))) return
      await ask(`/enrolment-sheets/${one.sheet}`, { method: 'DELETE' })
      await show(1)
    }) }, t('staff.sheets.withdraw')) : '—'
    return [number, asMinute(one.made_at), one.made_by ?? '—', asMinute(one.expires_at), asNumber(one.unused), asNumber(one.used), asNumber(one.expired), lost]
  }

  return {
    section: el('section', {}, el('h2', {}, t('staff.sheets.title')), el('p', { class: 'hint' }, t('staff.sheets.lead')),
      el('details', { class: 'card' }, el('summary', { 'data-testid': 'sheet-open' }, t('staff.sheets.new')), el('br'), form), said, list),
    show,
    /** @param {Set<number>} chosen */
    choose(chosen) {
      ticked = [...chosen]
      forTicked.disabled = !ticked.length
      forTicked.textContent = t('staff.sheets.print_ticked', { n: ticked.length })
    },
  }
}
