// Reporting rates over time, by unit, down to the station.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el, labelled } from '../dom.js'
import { asNumber, asPercent, t } from '../words.js'
import { address, asFile, asMonth, asked, beside, chart, how, monthsChoice, printIt, wayUp } from './beside.js'
import { sortable } from './sorting.js'

const pe = asked.get('pe') ?? 'LAST_12_MONTHS'
const ou = asked.get('ou')
// Most stations of a page of the API; a county has fewer.
const MOST = 500

/** @param {string} by */
const question = (by) => ({ ou, pe, by })
/** @param {Record<string, string | null>} told */
const query = (told) => new URLSearchParams(Object.entries(told).flatMap(([name, value]) => (value ? [[name, value]] : [])))

/** @param {string} name @returns {import('./sorting.js').Column} */
const count = (name, key = name) => ({ key, heading: t(`figures.${key}`), isFigure: true, value: (row) => row[name], cell: (row) => asNumber(row[name]) })
/** @param {string} name @returns {import('./sorting.js').Column} */
const share = (name) => ({ key: name, heading: t(`figures.${name}`), isFigure: true, value: (row) => row[name], cell: (row) => asPercent(row[name]) })

const FIGURES = [count('expected'), count('actual'), share('rate'), count('actual_on_time', 'on_time'), share('rate_on_time'),
  count('late'), count('missing'), count('nil'), count('excused'), share('proxy_share')]

function form() {
  const made = el('form', { class: 'row no-print' }, ou ? el('input', { type: 'hidden', name: 'ou', value: ou }) : null,
    labelled(t('figures.months'), monthsChoice(pe)), el('button', { class: 'main' }, t('figures.show')))
  made.setAttribute('action', '/figures')
  return made
}

/** What the chart shows, in words. @param {any[]} rows */
function said(rows) {
  const owed = rows.filter((row) => row.rate !== null)
  const newest = owed.at(-1)
  if (!newest) return t('chart.rates_nothing')
  const rates = owed.map((row) => row.rate)
  return t('chart.rates_said', { low: asPercent(Math.min(...rates)), high: asPercent(Math.max(...rates)),
    newest: asPercent(newest.rate), to: asMonth(newest.period), expected: newest.expected, actual: newest.actual })
}

/** @param {any} answer */
function byPeriod(answer) {
  /** @type {import('./sorting.js').Column} */
  const month = { key: 'period', heading: t('figures.period'), value: (row) => row.period ?? '',
    cell: (row) => (row.period ? el('a', { href: address(`/months/${row.period}`, { pe: null }) }, asMonth(row.period)) : t('figures.total')) }
  return sortable(t('figures.by_period'), [month, ...FIGURES], answer.rows, 'rates-by-period', { ...answer.total, period: null })
}

/** @param {any} answer */
function byUnit(answer) {
  /** @type {import('./sorting.js').Column} */
  const unit = { key: 'unit', heading: t('figures.unit'), value: (row) => row.unit, cell: (row) =>
    el('a', { href: address('/figures', { ou: row.unit }) }, row.name ?? row.unit) }
  return sortable(`${t('figures.by_unit')} · ${t('figures.order')}`, [unit, ...FIGURES], answer.rows, 'rates-by-unit')
}

/** @param {any} answer */
function byStation(answer) {
  /** @type {import('./sorting.js').Column} */
  const station = { key: 'station', heading: t('figures.station'), value: (row) => row.station, cell: (row) =>
    el('span', {}, el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.name ?? row.station), el('br'), el('small', {}, row.station)) }
  return sortable(`${t('figures.by_station')} · ${t('figures.order')}`, [station, ...FIGURES], answer.rows, 'rates-by-station')
}

async function show() {
  const over = await get(`/reporting-rates?${query(question('period'))}&page_size=${MOST}`)
  const { unit } = over.frame
  const isWide = !['county', 'township', 'village'].includes(unit.level)
  const units = unit.level === 'township' || unit.level === 'village' ? null : await get(`/reporting-rates?${query(question('unit'))}&page_size=${MOST}`)
  const stations = isWide ? null : await get(`/reporting-rates?${query(question('station'))}&page_size=${MOST}`)
  byId('body').replaceChildren(
    el('div', { class: 'bar' }, el('h2', { 'data-testid': 'unit' }, unit.name), wayUp(unit, '/figures'), el('span', { class: 'end' }, printIt())),
    form(), headline(over.total, over.frame.unknown_share), beside(over.frame, 'frame'),
    chart('rates', { ou, pe }, said(over.rows)), byPeriod(over), asFile('/reporting-rates', '/reporting-rates', question('period')),
    ...(units ? [el('h2', {}, t('figures.by_unit')), byUnit(units), asFile('/reporting-rates', '/reporting-rates', question('unit'))] : []),
    ...(stations ? [el('h2', {}, t('figures.by_station')), byStation(stations), asFile('/reporting-rates', '/reporting-rates', question('station'))] : []))
}

/** @param {any} total @param {number | null} unknown */
function headline(total, unknown) {
  /** @param {string} code @param {string} value @param {string} below */
  const number = (code, value, below) => el('div', { class: 'number', 'data-testid': code }, el('span', {}, t(`figure.${code}`)),
    el('strong', {}, value), el('small', {}, below, ' ', how(code)))
  const of = `${asNumber(total.expected)}`
  return el('div', { class: 'numbers' },
    number('reporting_rate', asPercent(total.rate), `${asNumber(total.actual)} ÷ ${of}`),
    number('reporting_rate_on_time', asPercent(total.rate_on_time), `${asNumber(total.actual_on_time)} ÷ ${of}`),
    number('unknown_share', asPercent(unknown), t('figures.unknown_said', { missing: asNumber(total.missing) })),
    number('nil_count', asNumber(total.nil), ''), number('excused_count', asNumber(total.excused), ''))
}

show().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
