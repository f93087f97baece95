// Stations worth a visit, township by township and with the reasons; no order but the code's, no figure.
// @ts-check
import { inWords } from '../api.js'
import { el, table } from '../dom.js'
import { asNumber, lang, t, word } from '../words.js'
import { beside, how } from './beside.js'
import { askPage, pager } from './paging.js'

// What goes on one page, of the screen and of the API.
const MOST = 500

/** The section of a unit; it fetches and draws itself. @param {string} ou */
export function visitSection(ou) {
  const heading = el('h2', {}, t('worth.title'))
  const list = el('div', {}, el('p', { class: 'hint' }, t('map.loading')))

  /** @param {number} page */
  async function draw(page) {
    try {
      const found = await askPage(`/visit-list?${new URLSearchParams({ ou })}`, page, MOST)
      const { townships, count, frame } = found.data
      heading.textContent = `${frame.unit.name} · ${t('worth.title')}(${asNumber(count)})`
      list.replaceChildren(...(count ? [...townships.flatMap(township), found.pages > 1 ? pager(found, page, (to) => void draw(to)) : ''] : [
        el('p', { class: 'said', 'data-testid': 'no-visits' }, t('worth.none'))]), beside(frame, 'frame-visits'))
    } catch (error) {
      list.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
    }
  }

  void draw(1)
  return el('section', { class: 'alone', id: 'worth', 'data-testid': 'visit-list' }, heading, el('p', { class: 'hint' }, t('worth.lead')),
    el('p', { class: 'bar no-print' }, how('contradiction', t('figure.contradiction')), how('vitality', t('figure.vitality')),
      el('button', { type: 'button', class: 'small', 'data-testid': 'print-visits', onclick: printAlone }, t('worth.print'))), list)
}

/** @param {any} one */
function township(one) {
  const headings = [t('figures.code'), t('figures.station'), t('worth.state'), t('worth.why'), t('worth.been')]
  const rows = one.stations.map((/** @type {any} */ row) => [
    el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.station), row.name, el('span', { class: 'tag' }, word('vitality', row.vitality)),
    el('ul', { class: 'lines' }, ...row.reasons.map((/** @type {any} */ reason) => el('li', {}, reason[lang]))),
    el('span', { class: 'box', 'aria-hidden': 'true' })])
  return [el('h3', {}, one.name ?? one.code), table(t('worth.counted', { n: asNumber(rows.length) }), headings, rows, `visits-${one.code}`)]
}

/** Print the list and leave out the rest of the page. */
function printAlone() {
  document.body.classList.add('print-alone')
  addEventListener('afterprint', () => document.body.classList.remove('print-alone'), { once: true })
  print()
}
