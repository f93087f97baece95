// The figures of coverage: headline beside what is asked for, the funnel, paper against truth, sureness, nearness.
// @ts-check
import { el } from '../dom.js'
import { asNumber, asPercent, listed, t, word } from '../words.js'
import { asFile, chart, how } from './beside.js'
import { asking, onMap, question } from './coverage_asking.js'
import { FIGURES, decimal, number, points, soMany, within } from './coverage_said.js'
import { sortable } from './sorting.js'

/** @param {any[]} funnel @param {string} stage */
const step = (funnel, stage) => funnel.find((one) => one.stage === stage)

/** @param {any} answer */
export function headline(answer) {
  const { funnel, poor, people, interval } = answer
  const [built, service] = [step(funnel, 'built'), step(funnel, 'service')]
  const [poorService, peopleService] = [step(poor.funnel, 'service'), step(people.funnel, 'service')]
  return el('section', { 'data-testid': 'headline' }, el('div', { class: 'numbers thirds' },
    number('service_coverage', asPercent(service.share), [soMany(service)]),
    bounds(interval),
    number('hollow_rate', asPercent(answer.hollow_rate), [t('cover.hollow_said', { built: asNumber(built.covered), n: asNumber(Math.max(0, built.covered - service.covered)) })]),
    number('poor_coverage', asPercent(poorService.share), [soMany(poorService)]),
    number('tilt', decimal(poor.tilt), [poor.tilt === null ? t('cover.tilt_none') : t('cover.tilt_said', { poor: asPercent(poorService.share), others: asPercent(others(service, poorService)) })]),
    number('pop_coverage', asPercent(peopleService.share), [soMany(peopleService, 'cover.of_people'), people.unknown_share ? ` · ${t('cover.people_unknown', { share: asPercent(people.unknown_share) })}` : null])),
  target(answer.target))
}

/** @param {any} all @param {any} poor */
const others = (all, poor) => (all.of > poor.of ? (all.covered - poor.covered) / (all.of - poor.of) : null)

/** The bounds as numbers and as a bar. @param {{low: number | null, high: number | null}} interval */
function bounds({ low, high }) {
  const sure = el('span')
  const may = el('span', { class: 'between' })
  if (low !== null && high !== null) {
    sure.style.width = `${low * 100}%`
    may.style.left = `${low * 100}%`
    may.style.width = `${(high - low) * 100}%`
  }
  return el('div', { class: 'number', 'data-testid': 'coverage_bounds' }, el('span', {}, t('figure.coverage_bounds')),
    el('strong', {}, low === null ? '—' : `${asPercent(low)} – ${asPercent(high)}`),
    el('div', { class: 'range', 'aria-hidden': 'true' }, sure, may), el('small', {}, t('cover.interval'), ' ', how('coverage_bounds')))
}

/** What is asked for beside what is; nothing is passed or failed. @param {any} target */
function target(target) {
  const lines = target.compared.map((/** @type {any} */ one) => {
    const told = { of: t(`cover.of.${one.of}`), target: asPercent(target.value) }
    return el('li', {}, one.share === null ? t('cover.target_none', told) : t('cover.target_line', { ...told, share: asPercent(one.share), gap: points(one.gap) }))
  })
  return el('div', { class: 'card', 'data-testid': 'target' }, el('h3', {}, t('cover.target')), el('ul', { class: 'lines' }, ...lines),
    target.source ? el('p', { class: 'hint' }, t('cover.target_source', { source: target.source })) : null)
}

/** @param {any} answer */
export function funnel(answer) {
  const { funnel: all, poor, people } = answer
  const rows = all.map((/** @type {any} */ one) => ({ ...one, poor: step(poor.funnel, one.stage), people: step(people.funnel, one.stage) }))
  const told = (/** @type {any} */ one) => `${word('coverage_stage', one.stage)} ${asNumber(one.covered)} / ${asNumber(one.of)} · ${asPercent(one.share)}`
  const said = answer.villages ? t('chart.coverage_funnel_said', { of: asNumber(answer.villages), stages: listed(all.map(told)), high: asPercent(answer.interval.high), target: asPercent(answer.target.value) }) : t('chart.coverage_none')
  /** @param {string} key @param {string} heading @param {(row: any) => string} cell @returns {import('./sorting.js').Column} */
  const figure = (key, heading, cell) => ({ key, heading: t(heading), isFigure: true, fixed: true, cell })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'stage', heading: t('cover.stage'), fixed: true, cell: (row) => el('a', { href: `/how/${FIGURES[row.stage]}` }, word('coverage_stage', row.stage)) },
    figure('covered', 'cover.villages', (row) => asNumber(row.covered)), figure('share', 'cover.share', (row) => asPercent(row.share)),
    figure('poor', 'cover.poor', (row) => asNumber(row.poor.covered)), figure('poor_share', 'cover.poor_share', (row) => asPercent(row.poor.share)),
    figure('people', 'cover.people', (row) => asNumber(Math.round(row.people.covered))), figure('people_share', 'cover.people_share', (row) => asPercent(row.people.share))]
  return el('section', { 'data-testid': 'funnel' }, el('h2', {}, t('cover.funnel')), chart('coverage-funnel', question, said),
    sortable(t('cover.funnel'), columns, rows, 'funnel-table'),
    el('p', { class: 'bar' }, how('poor_coverage', t('figure.poor_coverage')), how('pop_coverage', t('figure.pop_coverage')), onMap('funnel', '')),
    asFile('/coverage', '/coverage', asking({ list: 'figures' })))
}

/** @param {any} answer */
export function paper({ paper: told }) {
  const said = told.paper_only === null ? t('cover.paper_none') : t('cover.paper_said', { listed: asPercent(told.listed_share), live: asPercent(told.live_share), gap: points(told.paper_only) })
  return el('section', { 'data-testid': 'paper' }, el('h2', {}, t('cover.paper')), el('p', {}, said, ' ', how('paper_only'), onMap('paper')))
}

/** @param {any} answer */
export function sure({ floors, checked, frame }) {
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'confidence', heading: t('cover.confidence'), fixed: true, cell: (row) => (row.confidence === frame.confidence
      ? t('cover.chosen', { floor: t(`cover.floor.${row.confidence}`) }) : t(`cover.floor.${row.confidence}`)) },
    { key: 'covered', heading: t('cover.villages'), isFigure: true, fixed: true, cell: (row) => asNumber(row.covered) },
    { key: 'share', heading: t('cover.share'), isFigure: true, fixed: true, cell: (row) => asPercent(row.share) }]
  const seen = checked.checked ? t('cover.checked', { n: asNumber(checked.checked), alive: asNumber(checked.alive), share: asPercent(checked.share), low: asPercent(checked.low), high: asPercent(checked.high) }) : t('cover.checked_none')
  return el('section', { 'data-testid': 'sure' }, el('h2', {}, t('cover.sure')), sortable(t('cover.sure_lead'), columns, floors, 'floors'),
    el('p', {}, seen, ' ', how('coverage_bounds')))
}

/** @param {any} answer */
export function near(answer) {
  const unit = answer.distance_unit
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'radius', heading: t('cover.radius'), fixed: true, cell: (row) => within(row[`radius_${unit}`], unit) },
    { key: 'covered', heading: t('cover.villages'), isFigure: true, fixed: true, cell: (row) => asNumber(row.covered) },
    { key: 'share', heading: t('cover.share'), isFigure: true, fixed: true, cell: (row) => asPercent(row.share) }]
  return el('section', { 'data-testid': 'near' }, el('h2', {}, t('cover.near')),
    sortable(t('cover.near_lead', { distance: word('distance', answer.frame.distance) }), columns, answer.geographic, 'radii'), el('p', {}, how('geo_coverage')))
}

/** What falls to each, how unevenly, whom nobody reaches, and whether closures come in patches. @param {any} answer */
export function access({ access: told, closing, distance_unit: unit }) {
  const catchment = within(told.catchment, unit)
  const mean = told.mean_per_thousand
  const unreachable = told.unreachable ? t('cover.unreachable', { n: asNumber(told.unreachable), catchment, names: listed(told.unreachable_villages.slice(0, 10)) + (told.unreachable > 10 ? '…' : '') }) : t('cover.unreachable_none', { catchment })
  return el('section', { 'data-testid': 'access' }, el('h2', {}, t('cover.access')), el('div', { class: 'numbers' },
    number('e2sfca', mean === null ? '—' : decimal(mean), [mean === null ? t('cover.access_none') : t('cover.access_mean', { n: decimal(mean) }), ' · ', t('cover.access_known', { share: asPercent(told.capacity_known) })]),
    number('gini', decimal(told.gini), [t('cover.gini_said')])),
  el('p', { 'data-testid': 'unreachable', class: told.unreachable ? 'note' : null }, unreachable), patches(closing))
}

/** Do closures come in patches? @param {any} closing */
function patches(closing) {
  const { moran_i: i, p } = closing
  const told = { i: decimal(i), expected: decimal(closing.expected), permutations: asNumber(closing.permutations), p: asPercent(p) }
  const said = i === null || p === null ? t('cover.closing_none', { n: asNumber(closing.townships) }) : t(p <= 0.05 ? 'cover.closing_yes' : 'cover.closing_no', told)
  return el('p', { 'data-testid': 'closing' }, said, ' ', el('small', {}, t('cover.closing_basis', { n: asNumber(closing.townships), seed: closing.seed })), ' ', how('moran_i'))
}
