// The card of one station: what it is, how it is, how we know; every theme that draws stations shows it.
// @ts-check
import { get } from '../api.js'
import { el } from '../dom.js'
import { asMinute, listed, t, word } from '../words.js'
import { icon } from './shapes.js'

/**
 * @param {number} id
 * @param {{day: string, state: string} | null} [then] the state on another day, if the map shows one
 * @returns {Promise<(Node | string)[]>}
 */
export const stationCard = async (id, then = null) => content(await get(`/maps/stations/${id}`), then)

/** Names of stations for a choice among several, in their order. @param {number[]} ids @returns {Promise<Map<number, string>>} */
export async function stationNames(ids) {
  const { stations } = await get(`/maps/names.json?${ids.map((id) => `id=${id}`).join('&')}`)
  return new Map(stations.map((/** @type {any} */ one) => [one.id, one.name]))
}

/** @param {any} card @param {{day: string, state: string} | null} then */
function content(card, then) {
  const state = el('div', { class: 'state', 'data-testid': 'panel-state' },
    icon(card.vitality, card.listing_status === 'delisted'),
    el('strong', {}, word('vitality', card.vitality), card.vitality_confidence ? ` · ${word('confidence', card.vitality_confidence)}` : ''),
    el('p', {}, `${t('map.since', { day: card.vitality_since })} · ${word('vitality_reason', card.vitality_reason)}`))
  const facts = el('dl', { class: 'facts' })
  /** @type {[string, string, string][]} */
  const rows = [
    [t('map.listing'), listing(card), 'panel-listing'],
    [t('map.last_evidence'), evidence(card.last_evidence), 'panel-evidence'],
    [t('map.services'), named(card.services, 'service') || t('map.no_services'), 'panel-services'],
    [t('map.villages'), listed(card.villages_served) || t('map.no_villages'), 'panel-villages'],
    [t('map.coord_quality'), word('coord_quality', card.coord_quality), 'panel-coordinates'],
  ]
  if (then) rows.unshift([t('map.state_then', { day: then.day }), word('vitality', then.state), 'panel-then'])
  for (const [term, said, testid] of rows) facts.append(el('dt', {}, term), el('dd', { 'data-testid': testid }, said))
  return [
    el('h2', { 'data-testid': 'panel-name' }, card.name),
    el('p', { class: 'where' }, `${word('station_kind', card.kind)} · ${card.code} · ${card.units.join(' ')}`),
    state, facts, photo(card.photo),
    el('p', {}, el('a', { href: `/stations/${encodeURIComponent(card.code)}`, 'data-testid': 'panel-page' }, t('map.open_page'))),
  ]
}

/** @param {string[]} values @param {string} list */
const named = (values, list) => listed(values.map((value) => word(list, value)))

/** @param {any} card */
function listing(card) {
  const since = card.listed_since ? ` · ${t('map.since', { day: card.listed_since })}` : ''
  return word('listing_status', card.listing_status) + since
}

/** @param {any} seen */
function evidence(seen) {
  if (!seen) return t('map.no_evidence')
  const age = seen.age_days === 0 ? t('map.age_today') : t('map.age_days', { n: seen.age_days })
  const own = seen.is_independent ? '' : ` · ${t('map.not_independent')}`
  return `${word('observed_state', seen.observed_state)} · ${age}(${asMinute(seen.observed_at)}) · ${word('visit_method', seen.method)}${own}`
}

/** @param {any} found */
function photo(found) {
  if (!found) return el('p', { class: 'hint', 'data-testid': 'panel-no-photo' }, t('map.no_photo'))
  const caption = t('map.photo', { purpose: word('photo_purpose', found.purpose), day: asMinute(found.captured_at) })
  return el('figure', { 'data-testid': 'panel-photo' },
    el('img', { src: found.thumbnail_url, alt: caption, loading: 'lazy' }), el('figcaption', {}, caption))
}
