// Around a month: when reporting begins, a month that is excused, a locked one opened again, and the papers.
// @ts-check
import { ask, inWords } from '../api.js'
import { el, labelled, select } from '../dom.js'
import { lang, t, word } from '../words.js'
import { asMonth } from './beside.js'

const EXCUSES = ['suspended', 'disaster', 'other']

/**
 * A form that sends one thing and says what became of it.
 * @param {HTMLElement[]} fields @param {string} press @param {string} testid @param {() => Promise<unknown>} send @param {() => Promise<void>} then
 */
export function deed(fields, press, testid, send, then) {
  const wrong = el('div', { 'aria-live': 'polite' })
  const form = el('form', { 'data-testid': testid }, ...fields, wrong, el('div', { class: 'row tight' }, el('button', { class: 'main' }, press)))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      await send()
      await then()
    } catch (error) {
      wrong.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
    }
  })
  return form
}

/** Let the county collect reports from a month on. @param {string} period @param {string} county @param {(said: string) => Promise<void>} done */
export function beginCard(period, county, done) {
  const first = el('input', { type: 'month', required: true, value: `${period.slice(0, 4)}-${period.slice(4)}`, max: (document.body.dataset.today ?? '').slice(0, 7) })
  const chosen = () => first.value.replace('-', '')
  return el('section', { class: 'card no-print', 'data-testid': 'begin' }, el('h2', {}, t('months.begin')), el('p', { class: 'hint' }, t('months.begin_hint')),
    deed([labelled(t('months.begin_from'), first)], t('months.begin_it'), 'begin-form',
      () => ask('/reporting-starts', { method: 'POST', json: { unit_code: county, first_period: chosen() } }),
      () => done(t('months.begun', { month: asMonth(chosen()) }))))
}

/** The button that excuses one station's month. @param {any} row @param {string} period @param {(said: string) => Promise<void>} done */
export const excuseFor = (row, period, done) =>
  el('button', { type: 'button', class: 'small no-print', 'data-testid': `excuse-${row.station}`, onclick: () => openExcuse(row, period, done) }, t('months.excuse'))

/** @param {any} row @param {string} period @param {(said: string) => Promise<void>} done */
function openExcuse(row, period, done) {
  const reason = select({}, EXCUSES.map((value) => [value, word('excuse', value)]))
  const note = el('input', { type: 'text', maxlength: 500 })
  const dialog = el('dialog', { 'aria-labelledby': 'excuse-title', 'data-testid': 'excuse' })
  const send = () => ask('/period-excuses', { method: 'POST', json: { stations: [row.station], period, reason_code: reason.value, note: note.value || null } })
  const form = deed([labelled(t('doubts.reason'), reason), labelled(t('months.return_word'), note)], t('months.excuse_it'), 'excuse-form', send, async () => {
    dialog.close()
    await done(t('months.excused_now', { name: row.name }))
  })
  dialog.append(el('h2', { id: 'excuse-title' }, t('months.excuse_whom', { name: row.name })), el('p', { class: 'hint' }, t('months.excuse_hint')), form,
    el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => dialog.close() }, t('staff.close'))))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** Leave to file a locked month, from above. @param {any} unit @param {string} period @param {(said: string) => Promise<void>} done */
export function unlockCard(unit, period, done) {
  const reason = el('input', { type: 'text', maxlength: 500, required: true })
  const until = el('input', { type: 'date', required: true, min: document.body.dataset.today ?? '' })
  return el('section', { class: 'card no-print', 'data-testid': 'unlock' }, el('h2', {}, t('months.unlock')), el('p', { class: 'hint' }, t('months.unlock_hint', { name: unit.name, month: asMonth(period) })),
    deed([labelled(t('doubts.reason'), reason), labelled(t('months.unlock_until'), until)], t('months.unlock_it'), 'unlock-form',
      () => ask('/lock-exceptions', { method: 'POST', json: { unit_code: unit.code, period, reason: reason.value, expires_at: `${until.value}T23:59:59+08:00` } }),
      () => done(t('months.unlocked', { name: unit.name, day: until.value }))))
}

/** The papers of the month. @param {any} unit @param {string} period @param {(action: string) => boolean} may */
export function papersCard(unit, period, may) {
  const bulletin = new URLSearchParams({ county: unit.code, period, lang })
  const links = [['bulletin', `/api/v1/papers/bulletin?${bulletin}`]]
  if (may('ledger.export') && unit.level === 'county') links.push(['pack', `/api/v1/papers/inspection-pack?${new URLSearchParams({ county: unit.code, period })}`])
  if (may('return.export')) links.push(['ministry', `/api/v1/exports/mofcom-monthly?${new URLSearchParams({ ou: unit.code, pe: period, format: 'xlsx' })}`])
  return el('section', { class: 'card no-print', 'data-testid': 'papers' }, el('h2', {}, t('months.papers')), el('ul', { class: 'lines' }, ...links.map(([name, href]) =>
    el('li', {}, el('a', { href, download: '', 'data-testid': `paper-${name}` }, t(`months.paper_${name}`))))))
}
