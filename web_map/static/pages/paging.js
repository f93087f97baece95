// A list that comes in pages: `X-Pagination` says how many there are.
// @ts-check
import { ask } from '../api.js'
import { el } from '../dom.js'
import { asNumber, t } from '../words.js'

/** @param {string} path with its query @param {number} page @param {number} [size] */
export async function askPage(path, page, size = 50) {
  const { data, headers } = await ask(`${path}${path.includes('?') ? '&' : '?'}page=${page}&page_size=${size}`)
  const found = JSON.parse(headers.get('X-Pagination') ?? '{}')
  const rows = Array.isArray(data) ? data : data.stations ?? []
  return { data, rows, total: found.total ?? rows.length, pages: found.total_pages ?? 1 }
}

/** @param {{total: number, pages: number}} found @param {number} page @param {(page: number) => void} turn */
export function pager({ total, pages }, page, turn) {
  const button = (/** @type {string} */ text, /** @type {number} */ to, /** @type {boolean} */ off) =>
    el('button', { type: 'button', class: 'small', disabled: off, onclick: () => turn(to) }, text)
  const said = el('span', { class: 'hint' }, t('staff.page', { page, pages: Math.max(pages, 1), total: asNumber(total) }))
  if (pages <= 1) return el('div', { class: 'pages' }, said)
  return el('nav', { class: 'pages', 'aria-label': t('staff.pages') },
    button(t('staff.previous'), page - 1, page <= 1), button(t('staff.next'), page + 1, page >= pages), said)
}
