// How soon parcels come to the villages: shares in time, days, the slowest leg, promises, villages with the late first.
// @ts-check
import { get } from '../api.js'
import { el, table } from '../dom.js'
import { asNumber, asPercent, t } from '../words.js'
import { asFile, beside, how } from './beside.js'
import { asking, onMap, question } from './coverage_asking.js'
import { cut, fold, named, number } from './coverage_said.js'
import { pager } from './paging.js'
import { loading, refused } from './planning_said.js'
import { sortable } from './sorting.js'

const PAGE_SIZE = 30

/** @param {string} name @param {any} told */
const days = (name, told) => (told[`${name}_is_open`] ? t('deliver.open') : told[name] === null ? '—' : t('deliver.days', { n: asNumber(told[name]) }))

/** The first answer holds the first page of villages. */
export const delivery = () => get(`/delivery-days?${asking({ page_size: String(PAGE_SIZE) })}`).then(drawn)

/** @param {any} answer */
function drawn(answer) {
  if (!answer.parcels && !answer.promised_not_observed_count) return [el('p', {}, t('deliver.none'), ' ', how('delivery_on_time')), beside(answer.frame, 'delivery-frame')]
  const legs = answer.legs.filter((/** @type {any} */ one) => one.parcels)
  return [el('p', {}, answer.parcels ? t('deliver.window', { window: answer.window_days, parcels: asNumber(answer.parcels), arrived: asNumber(answer.arrived),
    transit: asNumber(answer.in_transit), overdue: asNumber(answer.overdue) }) : t('deliver.none'), ' ', onMap('delivery', '')),
  beside(answer.frame, 'delivery-frame'), ...(answer.parcels ? [numbers(answer), groups(answer), legTable(legs)] : []), ...promises(answer),
  answer.impossible ? el('p', { class: 'note' }, t('deliver.impossible', { n: asNumber(answer.impossible) })) : el('span'),
  ...(answer.total ? [villages(answer)] : []), asFile('/delivery-days', '/delivery-days', question)]
}

/** @param {any} answer */
function numbers(answer) {
  return el('div', { class: 'numbers' },
    number('delivery_on_time', asPercent(answer.on_time), [t('deliver.arrived_only')]),
    number('delivery_km', asPercent(answer.km_on_time), [t('deliver.with_transit')]),
    number('village_on_time', asPercent(answer.village_on_time), [t('deliver.villages_said', { n: asNumber(answer.villages_on_time), of: asNumber(answer.villages_judged), least: answer.parcels_at_least })]),
    el('div', { class: 'number' }, el('span', {}, `${t('deliver.median')} · ${t('deliver.p90')}`), el('strong', {}, `${days('median_days', answer)} · ${days('p90_days', answer)}`), el('small', {}, how('delivery_on_time'))),
    el('div', { class: 'number', 'data-testid': 'slowest' }, el('span', {}, t('deliver.slowest')), el('strong', {}, answer.slowest_leg ? t(`deliver.leg.${answer.slowest_leg}`) : '—'), el('small', {}, how('delivery_on_time'))))
}

/** @param {any} answer */
function groups(answer) {
  const n = answer.limit_days
  /** @param {string} key @param {string} heading @param {(row: any) => string} cell @returns {import('./sorting.js').Column} */
  const figure = (key, heading, cell) => ({ key, heading, isFigure: true, fixed: true, cell })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [{ key: 'group', heading: t('deliver.group'), fixed: true, cell: (row) => t(`deliver.${row.group}`) },
    figure('parcels', t('deliver.parcels'), (row) => asNumber(row.parcels)), figure('on_time', t('deliver.on_time', { n }), (row) => asPercent(row.on_time)),
    figure('km', t('deliver.km', { n }), (row) => asPercent(row.km_on_time)), figure('median', t('deliver.median'), (row) => days('median_days', row)),
    figure('p90', t('deliver.p90'), (row) => days('p90_days', row)), figure('villages', t('deliver.village_on_time'), (row) => asPercent(row.village_on_time))]
  const rows = [['all', answer], ['remote', answer.remote], ['others', answer.others]].map(([group, told]) => ({ ...told, group }))
  return sortable(t('deliver.groups'), columns, rows, 'delivery-groups')
}

/** @param {any[]} legs */
function legTable(legs) {
  if (!legs.length) return el('span')
  /** @param {number | null} n */
  const some = (n) => (n === null ? '—' : t('deliver.days', { n: asNumber(n) }))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [{ key: 'leg', heading: t('deliver.leg'), fixed: true, cell: (row) => t(`deliver.leg.${row.leg}`) },
    { key: 'parcels', heading: t('deliver.parcels'), isFigure: true, fixed: true, cell: (row) => asNumber(row.parcels) },
    { key: 'under_way', heading: t('deliver.under_way'), isFigure: true, fixed: true, cell: (row) => asNumber(row.under_way) },
    { key: 'median', heading: t('deliver.median'), isFigure: true, fixed: true, cell: (row) => some(row.median) },
    { key: 'p90', heading: t('deliver.p90'), isFigure: true, fixed: true, cell: (row) => some(row.p90) },
    { key: 'share', heading: t('deliver.share_of_days'), isFigure: true, fixed: true, cell: (row) => asPercent(row.share_of_days) }]
  return sortable(t('deliver.legs'), columns, legs, 'legs')
}

/** @param {any} answer */
function promises(answer) {
  /** @param {string} said @param {string} testid @param {any[]} rows @param {number} many */
  const list = (said, testid, rows, many) => (many ? fold(t(said, { n: asNumber(many) }), testid, () => [el('ul', { class: 'lines' },
    ...rows.map((one) => el('li', {}, one.name, ' ', el('small', {}, one.code)))), cut(rows.length, many) ?? el('span')]) : el('p', {}, t(said, { n: asNumber(0) })))
  return [el('h3', {}, t('deliver.promised')), list('deliver.promised_said', 'promised', answer.promised_not_observed, answer.promised_not_observed_count),
    list('deliver.broken_said', 'broken', answer.promise_broken, answer.promise_broken_count),
    el('p', {}, answer.observed_to_promised === null ? '' : t('deliver.kept', { share: asPercent(answer.observed_to_promised) }), ' ', how('village_on_time'))]
}

/** @param {any} first */
function villages(first) {
  const list = el('div', { 'aria-live': 'polite' })

  /** @param {any} found */
  function fill(found) {
    const headings = ['cover.village', 'cover.township', 'deliver.parcels', 'deliver.median', 'deliver.p90', 'deliver.promise', 'deliver.verdict'].map((key) => t(key))
    list.replaceChildren(table(t('deliver.list'), headings, found.villages.map((/** @type {any} */ one) => [named(one.name, one.code),
      one.township_name + (one.is_remote ? ` · ${t('cover.remote')}` : ''), asNumber(one.parcels), days('median_days', one), days('p90_days', one),
      one.promised_days === null ? '—' : t('deliver.days', { n: asNumber(one.promised_days) }), t(`deliver.${!one.judged ? 'few' : one.late ? 'late' : 'in_time'}`)]), 'days-table'),
    pager({ total: found.total, pages: Math.ceil(found.total / PAGE_SIZE) }, found.page, (to) => void turn(to)))
  }

  /** @param {number} page */
  async function turn(page) {
    list.replaceChildren(loading())
    await get(`/delivery-days?${asking({ page: String(page), page_size: String(PAGE_SIZE) })}`).then(fill, (error) => list.replaceChildren(refused(error)))
  }

  fill(first)
  return fold(t('deliver.list'), 'delivery-villages', () => [list])
}
