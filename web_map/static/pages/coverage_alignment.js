// Stations beside logistics: how far they agree by level, who has nobody, and where the three-level chain breaks.
// @ts-check
import { el, table } from '../dom.js'
import { iconOf } from '../map/shapes.js'
import { asNumber, asPercent, listed, t, word } from '../words.js'
import { asFile, beside, chart, how } from './beside.js'
import { asking, onMap, question } from './coverage_asking.js'
import { cut, fold, named, stationLink } from './coverage_said.js'
import { sortable } from './sorting.js'

/** Each colour has a shape and a word. @type {Record<string, import('../map/shapes.js').Look>} */
const LOOKS = { green: { shape: 'circle', colour: '#0b5d4b' }, amber: { shape: 'triangle', colour: '#9a6a00' }, red: { shape: 'cross', colour: '#a3290f' } }

/** @param {string | null} colour */
const verdict = (colour) => (colour ? el('span', { class: 'tag' }, iconOf(LOOKS[colour] ?? { shape: 'dot', colour: '#55625e' }), word('alignment_colour', colour)) : '—')

/** @param {any} answer */
export function alignment(answer) {
  const { limits, levels } = answer
  if (levels.every((/** @type {any} */ one) => one.f_score === null)) {
    return [el('p', {}, t('chart.alignment_none'), ' ', how('match_rate')), beside(answer.frame, 'alignment-frame')]
  }
  const [county, township, village] = limits.match_m.map(asNumber)
  const there = levels.filter((/** @type {any} */ one) => one.f_score !== null)
  const said = there.length ? t('chart.alignment_said', { levels: listed(there.map((/** @type {any} */ one) => `${word('logistics_level', one.level)} ${asPercent(one.f_score)} · ${word('alignment_colour', one.colour)}`)) }) : t('chart.alignment_none')
  return [el('p', {}, t('align.lead', { county, township, village }), ' ', how('match_rate'), onMap('alignment')),
    beside(answer.frame, 'alignment-frame'), chart('alignment', question, said), levelTable(levels),
    el('p', { class: 'hint' }, t('align.colours', { green: asPercent(limits.green), amber: asPercent(limits.amber) }), ' ', t('align.loose_said', { metres: asNumber(limits.loose_m) })),
    el('p', { class: 'bar' }, how('alignment', t('figure.alignment')), how('colocation_rate', t('figure.colocation_rate'))),
    asFile('/alignment', '/alignment', asking({ list: 'levels' })), ...orphans(answer), pairs(answer), chain(answer.chain)]
}

/** @param {any[]} levels */
function levelTable(levels) {
  /** @param {string} key @param {string} heading @param {(row: any) => string} cell @returns {import('./sorting.js').Column} */
  const figure = (key, heading, cell) => ({ key, heading: t(`align.${heading}`), isFigure: true, fixed: true, cell })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'level', heading: t('align.level'), fixed: true, cell: (row) => word('logistics_level', row.level) },
    { key: 'colour', heading: t('align.verdict'), fixed: true, cell: (row) => verdict(row.colour) },
    figure('f', 'f', (row) => asPercent(row.f_score)), figure('stations', 'stations', (row) => asNumber(row.stations)), figure('nodes', 'nodes', (row) => asNumber(row.nodes)),
    figure('matched', 'matched', (row) => asNumber(row.matched)), figure('station_match', 'station_match', (row) => asPercent(row.station_match)),
    figure('logistics_match', 'logistics_match', (row) => asPercent(row.logistics_match)), figure('colocated', 'colocated', (row) => asPercent(row.colocated_share)),
    figure('loose', 'loose', (row) => asPercent(row.loose.alignment))]
  return sortable(t('align.title'), columns, levels, 'levels')
}

/** Both lists of those who stand alone, the first names and how many there are. @param {any} answer */
function orphans({ counts, limits, ...answer }) {
  return ['orphan_stations', 'orphan_nodes'].map((side) => {
    const many = counts[side]
    const title = t(`align.${side}_said`, { n: asNumber(many), metres: asNumber(limits.orphan_m) })
    const headings = ['align.level', 'align.what', 'align.village'].map((key) => t(key))
    /** @param {any} one */
    const row = (one) => [word('logistics_level', one.level), named(side === 'orphan_stations' ? stationLink(one.code, one.name) : one.name, one.code), one.village ?? '—']
    return el('div', { 'data-testid': side }, el('h3', {}, t(`align.${side}`)), many ? fold(title, `${side}-list`, () => [
      table(t(`align.${side}`), headings, answer[side].map(row), `${side}-table`), cut(answer[side].length, many) ?? el('span'),
      asFile('/alignment', '/alignment', asking({ list: 'orphans' }))]) : el('p', { class: 'hint' }, t('align.none')))
  })
}

/** @param {any} answer */
function pairs({ pairs: found, counts }) {
  const headings = ['align.level', 'cover.station', 'align.node', 'align.distance'].map((key) => t(key))
  /** @param {any} one */
  const row = (one) => [word('logistics_level', one.level), named(stationLink(one.station, one.station_name), one.station), named(one.node_name, one.node),
    [one.distance_m === null ? '—' : t('cover.metres', { n: asNumber(Math.round(one.distance_m)) }), one.is_colocated ? t('align.is_colocated') : ''].filter(Boolean).join(' · ')]
  return el('div', {}, el('h3', {}, t('align.pairs')), counts.pairs ? fold(t('align.pairs_said', { n: asNumber(counts.pairs) }), 'pairs', () => [
    table(t('align.pairs'), headings, found.map(row), 'pairs-table'), cut(found.length, counts.pairs) ?? el('span'),
    asFile('/alignment', '/alignment', asking({ list: 'pairs' }))]) : el('p', { class: 'hint' }, t('align.none')))
}

/** @param {any} told */
function chain({ whole, of, share, broken }) {
  const at = ['county', 'township', 'village'].filter((level) => broken[level]).map((level) => t('align.at', { level: word('logistics_level', level), n: asNumber(broken[level]) }))
  const said = !of ? t('align.chain_none') : whole === of ? t('align.chain_whole', { of: asNumber(of) })
    : t('align.chain_said', { whole: asNumber(whole), of: asNumber(of), share: asPercent(share), broken: listed(at) })
  return el('div', { 'data-testid': 'chain' }, el('h3', {}, t('align.chain')), el('p', {}, said, ' ', how('chain_complete')))
}
