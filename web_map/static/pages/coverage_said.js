// How coverage says things: a card with its definition, so many of so many, points, distances, folds.
// @ts-check
import { el } from '../dom.js'
import { asNumber, asPercent, lang, listed, t, word } from '../words.js'
import { how } from './beside.js'

/** Which figure a step of the funnel is. @type {Record<string, string>} */
export const FIGURES = { built: 'built_coverage', listed: 'listed_coverage', geographic: 'geo_coverage', alive: 'alive_coverage', service: 'service_coverage', evidenced: 'evidenced_coverage' }

/** A figure on a card with the way to its definition. @param {string} code @param {string} value @param {(Node | string | null)[]} below @param {string} [name] */
export const number = (code, value, below, name = t(`figure.${code}`)) => el('div', { class: 'number', 'data-testid': code },
  el('span', {}, name), el('strong', {}, value), el('small', {}, ...below, ' ', how(code)))

/** @param {{covered: number, of: number}} row */
export const soMany = (row, key = 'cover.of') => t(key, { covered: asNumber(Math.round(row.covered)), of: asNumber(Math.round(row.of)) })

/** A difference of shares in points, with its sign. @param {number} share */
export function points(share) {
  const n = Math.round(share * 1000) / 10
  return n < 0 ? `−${asNumber(-n)}` : asNumber(n)
}

/** @param {number | null} n */
export const decimal = (n) => (n === null ? '—' : asNumber(Math.round(n * 1000) / 1000).replace('-', '−'))

/** A radius of the answer's unit. @param {number} radius @param {string} unit */
export const within = (radius, unit) => (unit === 'min' ? t('cover.minutes', { n: asNumber(radius) }) : t('cover.km', { n: asNumber(radius / 1000) }))

/** How far a village's nearest is. @param {{nearest_m: number | null, nearest_min: number | null}} row */
export function away(row) {
  if (row.nearest_m !== null) return t('cover.metres', { n: asNumber(Math.round(row.nearest_m)) })
  return row.nearest_min === null ? '' : t('cover.mins', { n: asNumber(Math.round(row.nearest_min)) })
}

/** @param {string} code @param {string} name */
export const stationLink = (code, name) => el('a', { href: `/stations/${encodeURIComponent(code)}` }, name)

/** A name over its code. @param {string | Node} name @param {string} code */
export const named = (name, code) => el('span', {}, name, el('br'), el('small', { class: 'whole' }, code))

/** A part that opens; what is in it is made only then. @param {string} title @param {string} testid @param {() => Node[]} make */
export function fold(title, testid, make) {
  const inside = el('div')
  const made = el('details', { class: 'fold-small', 'data-testid': testid }, el('summary', {}, title), inside)
  made.addEventListener('toggle', () => { if (made.open && !inside.hasChildNodes()) inside.append(...make()) })
  return made
}

/** How many of a list that was cut are shown. @param {number} shown @param {number} n */
export const cut = (shown, n) => (shown < n ? el('p', { class: 'hint' }, t('cover.shown_of', { shown: asNumber(shown), n: asNumber(n) })) : null)

/** Why figures are empty or soft. @param {any} frame */
export const notes = ({ notes: many }) => (many.length ? el('ul', { class: 'note lines', 'data-testid': 'notes' }, ...many.map((/** @type {any} */ one) =>
  el('li', { 'data-testid': `note-${one.code}` }, one[lang]))) : el('span'))

/** By which lists, services and distance was counted. @param {any} frame */
export function countedBy(frame) {
  const { denominator: d, services } = frame
  const one = services.any_of.length ? [services.any_of.map((/** @type {string} */ s) => word('service', s)).join(t('cover.or'))] : []
  const needed = listed([...services.all_of.map((/** @type {string} */ s) => word('service', s)), ...one])
  const parts = [
    frame.base_year === null || !d ? null : t('cover.counted_list', { year: frame.base_year, n: asNumber(d.counted) }),
    d?.frozen === null || d?.frozen === undefined ? null : t('cover.counted_frozen', { n: asNumber(d.frozen) }),
    frame.poor_year === null ? null : t('cover.counted_poor', { year: frame.poor_year }),
    t('cover.counted_services', { services: needed }),
    t('cover.counted_floor', { floor: t(`cover.floor.${frame.confidence}`) }),
    t('cover.counted_distance', { distance: word('distance', frame.distance) }),
    t('cover.counted_near', { radius: within(frame.geographic_within, frame.distance === 'road' ? 'min' : 'm') }),
    frame.roads_sha256 ? t('cover.counted_roads', { hash: frame.roads_sha256.slice(0, 10) }) : null,
    frame.placed_share === null ? null : t('cover.counted_placed', { share: asPercent(frame.placed_share) })]
  const differing = d?.differing.length ? el('p', { class: 'hint' }, t('cover.differing', { units: listed(d.differing.slice(0, 20)) })) : null
  return el('div', { 'data-testid': 'counted-by' }, el('p', { class: 'hint' }, parts.filter(Boolean).join(' · ')), differing)
}
