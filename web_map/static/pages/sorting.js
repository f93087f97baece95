// A table that sorts and filters by what a person presses or types; at first in the order the server gave (by code).
// @ts-check
import { el, labelled, select } from '../dom.js'
import { asNumber, lang, t } from '../words.js'

// Below this many rows nobody needs a filter.
const MANY = 8
const collator = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en', { numeric: true })

/**
 * @typedef {{key: string, heading: string, cell: (row: any) => string | Node, value?: (row: any) => string | number | null, isFigure?: boolean, fixed?: boolean}} Column
 * `value` is what is sorted by (else the cell's text); `fixed` columns do not sort.
 */

/**
 * @param {string} caption
 * @param {Column[]} columns
 * @param {any[]} rows
 * @param {string} testid
 * @param {any} [total] a row that stays at the foot
 */
export function sortable(caption, columns, rows, testid, total = null) {
  const headings = columns.map(heading)
  const body = el('tbody')
  const foot = total ? el('tfoot', {}, line(columns, total)) : null
  const shown = el('p', { class: 'hint', 'aria-live': 'polite' })
  const text = el('input', { type: 'search', maxlength: 60, 'data-testid': `${testid}-filter` })
  /** @type {[string, string][]} */
  const choices = columns.filter((one) => !one.fixed).flatMap((one) => [[`${one.key} up`, `${one.heading} ↑`], [`${one.key} down`, `${one.heading} ↓`]])
  const order = select({ 'data-testid': `${testid}-sort` }, [['', '—'], ...choices])
  const made = rows.map((row) => ({ row, drawn: line(columns, row) }))
  let sorted = { key: '', down: false }

  function draw() {
    const column = columns.find((one) => one.key === sorted.key)
    const wanted = text.value.trim().toLowerCase()
    const kept = made.filter(({ drawn }) => !wanted || (drawn.textContent ?? '').toLowerCase().includes(wanted))
    if (column) kept.sort((a, b) => (sorted.down ? -1 : 1) * compare(valueOf(column, a), valueOf(column, b)))
    body.replaceChildren(...kept.map(({ drawn }) => drawn))
    shown.textContent = wanted ? t('figures.shown', { n: asNumber(kept.length), all: asNumber(made.length) }) : ''
    columns.forEach((one, index) => {
      if (!one.fixed) headings[index].setAttribute('aria-sort', one.key !== sorted.key ? 'none' : sorted.down ? 'descending' : 'ascending')
    })
    order.value = sorted.key ? `${sorted.key} ${sorted.down ? 'down' : 'up'}` : ''
  }

  /** @param {Column} one */
  function heading(one) {
    const kind = one.isFigure ? 'figure' : null
    if (one.fixed || rows.length < 2) return el('th', { scope: 'col', class: kind }, one.heading)
    const turn = () => { sorted = { key: one.key, down: sorted.key === one.key && !sorted.down }; draw() }
    return el('th', { scope: 'col', class: kind, 'aria-sort': 'none' },
      el('button', { type: 'button', title: t('figures.sort_by', { what: one.heading }), onclick: turn }, one.heading),
      el('span', { class: 'narrow-only' }, one.heading))
  }

  text.addEventListener('input', draw)
  order.addEventListener('change', () => {
    const [key, way] = order.value.split(' ')
    sorted = { key: key ?? '', down: way === 'down' }
    draw()
  })
  if (rows.length > 1) draw()
  else body.replaceChildren(...made.map(({ drawn }) => drawn))
  const sorting = el('span', { class: 'narrow-only' }, labelled(t('figures.sort'), order))
  const controls = el('div', { class: 'controls no-print' }, labelled(t('figures.filter'), text), sorting, shown)
  return el('div', {}, rows.length >= MANY ? controls : null, el('div', { class: 'table-frame' }, el('table', { 'data-testid': testid },
    el('caption', {}, caption), el('thead', {}, el('tr', {}, ...headings)), body, foot)))
}

/** @param {Column[]} columns @param {any} row */
function line(columns, row) {
  return el('tr', {}, ...columns.map((one) =>
    el('td', { 'data-heading': one.heading, class: one.isFigure ? 'figure' : null }, one.cell(row))))
}

/** @param {Column} column @param {{row: any, drawn: HTMLElement}} made */
function valueOf(column, { row }) {
  if (column.value) return column.value(row)
  const cell = column.cell(row)
  return typeof cell === 'string' ? cell : cell.textContent
}

/** What has no value comes last upwards. @param {string | number | null} a @param {string | number | null} b */
function compare(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}
