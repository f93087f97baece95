// How many stations live and for how long: both denominators together, the bounds, the unknown beside them.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el, labelled } from '../dom.js'
import { icon } from '../map/shapes.js'
import { asNumber, asPercent, listed, t, word } from '../words.js'
import { address, asFile, asMonth, asked, beside, chart, how, printIt, wayUp } from './beside.js'
import { quartersSection } from './quarters.js'
import { sortable } from './sorting.js'

const STATES = ['alive', 'weak', 'dormant', 'presumed_dead', 'dead', 'unknown']
const GROUPINGS = ['operator', 'host_type', 'subsidy', 'sunset', 'cohort']
const question = { ou: asked.get('ou'), as_of: asked.get('as_of'), cohort: asked.get('cohort') }
const history = { ou: asked.get('ou'), pe: asked.get('pe') ?? 'LAST_12_MONTHS' }

/** @param {Record<string, string | null>} told */
const query = (told) => new URLSearchParams(Object.entries(told).flatMap(([name, value]) => (value ? [[name, value]] : [])))

function form() {
  const today = document.body.dataset.today ?? ''
  const day = el('input', { type: 'date', name: 'as_of', value: question.as_of ?? today, min: '1990-01-01', max: today, 'data-testid': 'as-of' })
  const made = el('form', { class: 'row no-print' }, question.ou ? el('input', { type: 'hidden', name: 'ou', value: question.ou }) : null,
    labelled(t('map.as_of'), day), el('button', { class: 'main' }, t('figures.show')))
  made.setAttribute('action', '/survival')
  return made
}

/** @param {any} answer */
function headline({ headline: h, delisting_effect: effect }) {
  /** @param {string} code @param {string} value @param {string} below @param {string} [kind] */
  const number = (code, value, below, kind = '') => el('div', { class: `number ${kind}`, 'data-testid': code },
    el('span', {}, t(`figure.${code}`)), el('strong', {}, value), el('small', {}, below, ' ', how(code)))
  return el('section', { 'data-testid': 'headline' }, el('div', { class: 'numbers' },
    number('survival_share_built', asPercent(h.share_built), t('survival.of_built', { alive: asNumber(h.alive), built: asNumber(h.built) })),
    number('survival_share_listed', asPercent(h.share_listed), t('survival.of_listed', { alive: asNumber(h.alive), listed: asNumber(h.listed) })),
    number('unknown_share', asPercent(h.unknown_share), t('survival.unknown_said', { unsure: asNumber(h.unsure) }), 'unsure'),
    bounds(h)),
  effect.percentage_points ? el('p', { class: 'note', 'data-testid': 'delisting' }, `${t('survival.delisting')}:`,
    t('survival.delisting_said', { points: asNumber(effect.percentage_points) }), ' ', how('delisting_effect')) : null,
  el('ul', { class: 'numbers lines', 'aria-label': t('figure.vitality') }, ...STATES.map((state) => el('li', { class: 'tag' }, icon(state),
    `${word('vitality', state)} ${asNumber(h.by_vitality[state] ?? 0)}`))))
}

/** The bounds as numbers and as a bar: known alive, then what may be. @param {any} h */
function bounds(h) {
  const sure = el('span')
  const may = el('span', { class: 'between' })
  if (h.low !== null) {
    sure.style.width = `${h.low * 100}%`
    may.style.left = `${h.low * 100}%`
    may.style.width = `${(h.high - h.low) * 100}%`
  }
  return el('div', { class: 'number', 'data-testid': 'survival_bounds' }, el('span', {}, t('survival.bounds')),
    el('strong', {}, h.low === null ? '—' : `${asPercent(h.low)} – ${asPercent(h.high)}`),
    el('div', { class: 'range', 'aria-hidden': 'true' }, sure, may), el('small', {}, t('survival.bounds_said'), ' ', how('survival_bounds')))
}

/** @param {any} answer */
function curves(answer) {
  const at = Object.fromEntries(answer.milestones.map((/** @type {any} */ row) => [`at${row.months}`, row.low === null
    ? t('chart.survival_none') : t('chart.survival_between', { low: asPercent(row.low), high: asPercent(row.high) })]))
  const said = t('chart.survival_said', { built: answer.headline.built, ...at })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'months', heading: t('survival.months'), fixed: true, cell: (row) => String(row.months) },
    ...['eligible', 'alive', 'known_dead', 'unsure'].map((name) => ({ key: name, heading: t(`survival.${name}`), isFigure: true, fixed: true, cell: (/** @type {any} */ row) => asNumber(row[name]) })),
    ...['low', 'high'].map((name) => ({ key: name, heading: t(`survival.${name}`), isFigure: true, fixed: true, cell: (/** @type {any} */ row) => asPercent(row[name]) })),
    { key: 'turnbull', heading: t('survival.turnbull'), isFigure: true, fixed: true, cell: (row) => (row.turnbull ? row.turnbull.map(asPercent).join(' – ') : '—') },
  ]
  const median = answer.median_months_to_last_alive
  return [el('h2', {}, t('survival.curve')), el('p', { class: 'bar' }, how('cohort_curve')), chart('survival', question, said),
    sortable(t('survival.milestones'), columns, answer.milestones, 'milestones'),
    el('p', { class: 'bar' }, median === null ? null : t('survival.median', { months: asNumber(median) }),
      how('share_alive_at', t('figure.share_alive_at')), how('median_months_to_last_alive', t('figure.median_months_to_last_alive')))]
}

/** @param {any} answer */
function groups(answer) {
  return [el('h2', {}, t('survival.groups')), ...GROUPINGS.map((grouping) => {
    const rows = answer.groups[grouping] ?? []
    /** @type {import('./sorting.js').Column[]} */
    const columns = [{ key: 'key', heading: t(`survival.by.${grouping}`), value: (row) => row.key, cell: (row) => (grouping === 'cohort'
      ? el('a', { href: address('/survival', { cohort: row.key }) }, row.key) : groupName(grouping, row.key)) },
    ...['built', 'listed', 'alive', 'known_dead', 'unsure'].map((name) => ({ key: name, heading: t(`survival.${name}`), isFigure: true,
      value: (/** @type {any} */ row) => row[name], cell: (/** @type {any} */ row) => asNumber(row[name]) })),
    ...['share_built', 'share_listed', 'low', 'high', 'unknown_share'].map((name) => ({ key: name, heading: t(`survival.${name}`), isFigure: true,
      value: (/** @type {any} */ row) => row[name], cell: (/** @type {any} */ row) => asPercent(row[name]) }))]
    return el('details', { class: 'fold', open: true }, el('summary', {}, t(`survival.by.${grouping}`)),
      sortable(t('figures.order'), columns, rows, `groups-${grouping}`))
  })]
}

/** @param {string} grouping @param {string} key */
function groupName(grouping, key) {
  if (key === 'unknown') return t('survival_key.unknown')
  if (grouping === 'host_type') return word('host_type', key)
  return grouping === 'subsidy' || grouping === 'sunset' ? word('survival_key', key) : key
}

/** @param {any} answer */
function byMonth(answer) {
  const { months } = answer
  const newest = months.at(-1)
  const states = listed(STATES.map((state) => `${word('vitality', state)} ${newest.counts[state] ?? 0}`))
  const said = t('chart.vitality_said', { from: asMonth(months[0].period), to: asMonth(newest.period), built: newest.built, states })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [{ key: 'period', heading: t('survival.month'), value: (row) => row.period, cell: (row) => asMonth(row.period) },
    ...STATES.map((state) => ({ key: state, heading: word('vitality', state), isFigure: true, value: (/** @type {any} */ row) => row.counts[state] ?? 0, cell: (/** @type {any} */ row) => asNumber(row.counts[state] ?? 0) })),
    { key: 'built', heading: t('survival.built'), isFigure: true, value: (row) => row.built, cell: (row) => asNumber(row.built) },
    { key: 'unknown_share', heading: t('survival.unknown_share'), isFigure: true, value: (row) => row.unknown_share, cell: (row) => asPercent(row.unknown_share) }]
  if (months.some((/** @type {any} */ row) => row.without_answer)) columns.push({ key: 'without_answer', heading: t('survival.without_answer'), isFigure: true, value: (row) => row.without_answer, cell: (row) => asNumber(row.without_answer) })
  return [el('h2', {}, t('survival.history')), el('p', { class: 'bar' }, answer.frame.known ? t(`frame.${answer.frame.known}`) : null, how('vitality')),
    beside(answer.frame, 'frame-history'), chart('vitality', history, said),
    sortable(t('survival.history'), columns, months, 'vitality-by-month'), asFile('/vitality-history', '/vitality-history', history)]
}

async function show() {
  const [answer, past] = await Promise.all([get(`/survival?${query(question)}`), get(`/vitality-history?${query(history)}`)])
  const { unit } = answer.frame
  const cohort = answer.cohort ? el('span', { class: 'tag' }, `${t('survival.by.cohort')} ${answer.cohort}`) : null
  byId('body').replaceChildren(
    el('div', { class: 'bar' }, el('h2', { 'data-testid': 'unit' }, unit.name), cohort, wayUp(unit, '/survival'), el('span', { class: 'end' }, printIt())),
    form(), headline(answer), beside(answer.frame, 'frame'), ...curves(answer), ...groups(answer),
    asFile('/survival', '/survival', question), ...byMonth(past), quartersSection(unit.code))
}

show().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
