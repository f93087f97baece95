// Stations whose closing costs villages, stations nobody would miss, and the units below in order of code.
// @ts-check
import { el } from '../dom.js'
import { asNumber, asPercent, t } from '../words.js'
import { address, asFile, how } from './beside.js'
import { asking, question } from './coverage_asking.js'
import { cut, decimal, fold, named, stationLink } from './coverage_said.js'
import { sortable } from './sorting.js'

/** @param {any} answer */
export function single({ single_points: told, frame }) {
  const title = [el('h2', {}, t('cover.single'))]
  if (!told.villages) return el('section', { 'data-testid': 'single' }, ...title, el('p', { class: 'said' }, t('cover.single_none')), el('p', {}, how('single_point')))
  /** @param {any} row */
  const tryOut = (row) => el('a', { href: `/planning?${new URLSearchParams({ ou: frame.unit.code, remove: row.code })}`, 'aria-label': t('cover.try_one', { name: row.name }) }, t('cover.try'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'name', heading: t('cover.station'), value: (row) => row.code, cell: (row) => named(stationLink(row.code, row.name), row.code) },
    ...[['villages', 'lost'], ['poor', 'lost_poor'], ['people', 'lost_people']].map(([key, heading]) => ({ key: String(key), heading: t(`cover.${heading}`), isFigure: true,
      value: (/** @type {any} */ row) => row[String(key)], cell: (/** @type {any} */ row) => asNumber(Math.round(row[String(key)])) })),
    { key: 'try', heading: t('cover.try'), fixed: true, cell: tryOut }]
  return el('section', { 'data-testid': 'single' }, ...title,
    el('p', {}, t('cover.single_said', { villages: asNumber(told.villages), stations: asNumber(told.of_stations) }), ' ', how('single_point')),
    fold(t('cover.single_list', { n: asNumber(told.of_stations) }), 'single-list', () => [sortable(t('cover.single_order'), columns, told.stations, 'single-table'),
      cut(told.stations.length, told.of_stations) ?? el('span')]))
}

/** @param {any} answer */
export function redundant({ redundant: rows, redundant_count: many }) {
  return el('section', { 'data-testid': 'redundant' }, el('h2', {}, t('figure.redundant')),
    el('p', {}, many ? t('cover.redundant_said', { n: asNumber(many) }) : t('cover.redundant_none'), ' ', how('redundant')),
    many ? fold(t('cover.single_list', { n: asNumber(many) }), 'redundant-list', () => [el('ul', { class: 'lines' }, ...rows.map((/** @type {any} */ one) => el('li', {}, stationLink(one.code, one.name), ' ', el('small', {}, one.code)))),
      cut(rows.length, many) ?? el('span')]) : null)
}

/** @param {any} answer */
export function units({ units: rows, frame }) {
  if (!rows.length || (rows.length === 1 && rows[0].code === frame.unit.code)) return el('span')
  /** @param {string} name @param {string} heading @param {(n: any) => string} said @returns {import('./sorting.js').Column} */
  const figure = (name, heading, said) => ({ key: name, heading: t(`cover.${heading}`), isFigure: true, value: (row) => row[name], cell: (row) => said(row[name]) })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'unit', heading: t('cover.unit'), value: (row) => row.code, cell: (row) => el('a', { href: address('/coverage', { ou: row.code, reason: null, page: null }) }, row.name) },
    figure('of', 'villages', asNumber), figure('built_share', 'built', asPercent), figure('listed_share', 'listed', asPercent), figure('share', 'service', asPercent),
    figure('evidenced_share', 'evidenced', asPercent), figure('hollow_rate', 'hollow', asPercent), figure('gini', 'gini', decimal)]
  return el('section', { 'data-testid': 'units' }, el('h2', {}, t('cover.units')), sortable(t('figures.order'), columns, rows, 'unit-table'),
    el('p', { class: 'bar' }, ...['service_coverage', 'hollow_rate', 'gini'].map((code) => how(code, t(`figure.${code}`)))),
    asFile('/coverage', '/coverage', asking({ list: 'units' })))
}

/** One level up within one's own: the county of a township, else one's own unit. @param {any} unit */
export function wayUp(unit) {
  const own = document.body.dataset.unit ?? ''
  if (!question.get('ou') || unit.code === own || !unit.code.startsWith(own === 'CN' ? '' : own)) return null
  const above = unit.code.length > 9 ? unit.code.slice(0, 9) : unit.code.length > 6 ? unit.code.slice(0, 6) : null
  return el('a', { href: address('/coverage', { ou: above === own ? null : above, reason: null, page: null }), 'data-testid': 'up' }, t('figures.up'))
}
