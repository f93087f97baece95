// The county files for an owner it has on the telephone; marked as such, and accepted by a colleague.
// @ts-check
import { Refused, ask, inWords } from '../api.js'
import { el, labelled } from '../dom.js'
import { t, word } from '../words.js'

const MONEY = ['online_sales_out', 'purchase_agency_amount', 'upstream_sales']
const PIECES = ['parcels_in', 'parcels_out']

/** A name for this filing, so that a repeat after a broken line is known as one. */
function newKey() {
  // randomUUID is there only under HTTPS; a county's own server may have none.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The button that opens the form for one station.
 * @param {any} row @param {string} period @param {(said: string) => Promise<void>} done
 */
export const fileFor = (row, period, done) =>
  el('button', { type: 'button', class: 'small no-print', 'data-testid': `file-${row.station}`, onclick: () => open(row, period, done) }, t('months.file_for'))

/** @param {any} row @param {string} period @param {(said: string) => Promise<void>} done */
function open(row, period, done) {
  const key = newKey()
  const nil = el('input', { type: 'checkbox' })
  const fields = Object.fromEntries([...MONEY, ...PIECES].map((name) => [name,
    el('input', { inputmode: MONEY.includes(name) ? 'decimal' : 'numeric', maxlength: 14, autocomplete: 'off', 'data-testid': `proxy-${name}` })]))
  const note = el('input', { type: 'text', maxlength: 500, value: t('months.by_phone') })
  const wrong = el('div', { 'aria-live': 'polite' })
  const dialog = el('dialog', { 'aria-labelledby': 'proxy-title', 'data-testid': 'proxy' })
  const form = el('form', {}, el('h2', { id: 'proxy-title' }, t('months.file_for_whom', { name: row.name })), el('p', { class: 'hint' }, t('months.file_hint')),
    ...Object.entries(fields).map(([name, field]) => labelled(word('report_field', name), field)),
    el('label', { class: 'check' }, nil, t('months.nothing_this_month')), labelled(t('months.note'), note), wrong,
    el('div', { class: 'row tight' }, el('button', { class: 'main' }, t('months.file_it')), el('button', { type: 'button', onclick: () => dialog.close() }, t('staff.close'))))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      await ask(`/sales-reports/${encodeURIComponent(row.station)}/${period}`, { method: 'PUT', json: filled(fields, nil.checked, note.value), headers: { 'Idempotency-Key': key } })
      dialog.close()
      await done(t('months.filed_for', { name: row.name }))
    } catch (error) {
      wrong.replaceChildren(el('p', { class: 'refused', role: 'alert' }, ...why(error, fields)))
    }
  })
  dialog.append(form)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** The refusal, each field by its name on the form. @param {unknown} error @param {Record<string, HTMLInputElement>} fields */
function why(error, fields) {
  const told = error instanceof Refused ? (error.errors.json ?? error.errors) : {}
  const named = Object.keys(fields).filter((name) => told[name])
  for (const [name, field] of Object.entries(fields)) field.setAttribute('aria-invalid', String(named.includes(name)))
  if (!named.length) return [inWords(error)]
  return named.map((name) => el('span', { class: 'line' }, `${word('report_field', name)}: ${[told[name]].flat().join(' ')}`))
}

/** @param {Record<string, HTMLInputElement>} fields @param {boolean} isNil @param {string} note */
function filled(fields, isNil, note) {
  /** @type {Record<string, unknown>} */
  const told = { is_nil: isNil, note: note || null }
  for (const [name, field] of Object.entries(fields)) {
    const text = field.value.trim().replace(/[,,]/g, '')
    // What is no number goes as it is, so that the server says which field is wrong.
    if (text) told[name] = PIECES.includes(name) && /^\d+$/.test(text) ? Number(text) : text
  }
  return told
}
