// The cards of a village and of a logistics node: what it has, what it lacks, and how we know; all as text.
// @ts-check
import { get } from '../../api.js'
import { el } from '../../dom.js'
import { asNumber, listed, t, word } from '../../words.js'

const STAGES = ['built', 'listed', 'geographic', 'alive', 'service', 'evidenced']

/** @param {string} code @param {string} query the filters of the map @returns {Promise<(Node | string)[]>} */
export async function villageCard(code, query) {
  const { village, days, chain_broken_at: broken } = await get(`/maps/villages/${encodeURIComponent(code)}?${query}`)
  /** @type {[string, string | Node][]} */
  const rows = [
    [t('theme.card_reason'), village.reason ? word('gap_reason', village.reason) : t('theme.card_nothing')],
    [t('theme.card_stages'), listed(STAGES.filter((stage) => village.stages[stage]).map((stage) => word('coverage_stage', stage))) || '—'],
    [t('theme.card_stations'), stationsOf(village.stations)],
    [t('theme.card_nearest'), nearest(village)],
    [t('theme.card_parcels'), days.parcels ? t('theme.card_parcels_said', { n: asNumber(days.parcels), median: daysSaid(days, 'median_days'), p90: daysSaid(days, 'p90_days') }) : t('class.no_parcels')],
    [t('theme.card_chain'), broken ? t('theme.card_chain_broken', { level: word('logistics_level', broken) }) : t('theme.card_chain_whole')],
    [t('theme.card_people'), village.people === null ? '—' : asNumber(village.people)],
    [t('theme.card_place'), word('coord_quality', village.coord_quality)],
  ]
  const marks = [village.is_poor ? t('theme.card_poor') : '', village.is_remote ? t('theme.card_remote') : ''].filter(Boolean)
  return [
    el('h2', { 'data-testid': 'panel-name' }, village.name),
    el('p', { class: 'where' }, [village.township_name, village.code, ...marks].join(' · ')),
    facts(rows),
  ]
}

/** @param {string} code @param {string} query @returns {Promise<(Node | string)[]>} */
export async function nodeCard(code, query) {
  const node = await get(`/maps/nodes/${encodeURIComponent(code)}?${query}`)
  const pair = node.pair && el('span', {}, el('a', { href: `/stations/${encodeURIComponent(node.pair.station)}` }, node.pair.name),
    [metres(node.pair.distance_m), node.pair.is_colocated ? t('theme.card_colocated') : ''].filter(Boolean).map((said) => ` · ${said}`).join(''))
  return [
    el('h2', { 'data-testid': 'panel-name' }, node.name),
    el('p', { class: 'where' }, `${t('theme.node')} · ${word('logistics_level', node.level)} · ${node.code}`),
    facts([
      [t('theme.card_operator'), node.operator ?? '—'],
      [t('theme.card_promise'), node.promised_days === null ? '—' : asNumber(node.promised_days)],
      [t('theme.card_pair'), pair ?? t('theme.card_no_pair')],
      [t('theme.card_serves'), listed(node.villages_served) || t('theme.card_nobody')],
    ]),
  ]
}

/** @param {[string, string | Node][]} rows */
export function facts(rows) {
  return el('dl', { class: 'facts', 'data-testid': 'panel-facts' }, ...rows.flatMap(([term, said]) => [el('dt', {}, term), el('dd', {}, said)]))
}

/** @param {any[]} stations */
function stationsOf(stations) {
  if (!stations.length) return t('theme.card_nobody')
  return el('ul', { class: 'several' }, ...stations.map((one) => el('li', {},
    el('a', { href: `/stations/${encodeURIComponent(one.code)}` }, one.name),
    ` · ${word('vitality', one.life)} · ${listed(one.services.map((/** @type {string} */ service) => word('service', service))) || t('map.no_services')}`)))
}

/** @param {any} village */
function nearest(village) {
  if (!village.nearest_station) return '—'
  return `${village.nearest_station} · ${village.nearest_m === null ? t('theme.minutes', { n: asNumber(village.nearest_min) }) : metres(village.nearest_m)}`
}

/** @param {number | null} far */
const metres = (far) => (far === null ? '' : t('theme.metres', { n: asNumber(Math.round(far)) }))

/** @param {any} days @param {string} name */
const daysSaid = (days, name) => (days[`${name}_is_open`] ? t('theme.card_open') : days[name] === null ? '—' : asNumber(days[name]))
