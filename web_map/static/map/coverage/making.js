// What the themes of coverage have in common: one layer by URL, symbols of a few classes, rings where they are too many.
// @ts-check
import { get } from '../../api.js'
import { el, table } from '../../dom.js'
import { asNumber, asPercent, lang, t, word } from '../../words.js'
import { stationCard, stationNames } from '../card.js'
import { unpack } from '../columns.js'
import { iconOf } from '../shapes.js'
import { nodeCard, villageCard } from './cards.js'

const DOTS_FROM_ZOOM = 8
const MOST_DOTS = 3000
const MOST_LISTED = 50

/**
 * @typedef {import('../columns.js').Points} Points
 * @typedef {import('../shapes.js').Look} Look
 * @typedef {{told: any, sets: {what: string, points: Points, keys: string[]}[], isDots: boolean, query: string}} Data
 * @typedef {[string, Look, string?][]} Classes key, look, and a word of its own where the key alone is ambiguous
 */

/** The choices of every theme of coverage, each in the address. @returns {import('../shell/filters.js').Choice[]} */
export const choices = () => [
  { name: 'confidence', label: t('theme.confidence'), values: [['', t('theme.confidence_any')], ['reported', t('theme.confidence_reported')], ['verified', t('theme.confidence_verified')]] },
  { name: 'distance', label: t('theme.distance'), values: [['', word('distance', 'great_circle')], ['road', word('distance', 'road')]] },
]

/**
 * @param {object} given
 * @param {string} given.name
 * @param {Classes} given.classes
 * @param {(told: any) => (Node | string)[]} given.headline
 * @param {string} given.dots what is said when symbols are drawn
 * @param {import('../shell/filters.js').Choice[]} [given.own] further choices
 * @param {(hit: import('../layer.js').Hit, data: Data) => (Node | string)[] | null} [given.card] a card of its own
 * @returns {import('../themes/contract.js').Theme}
 */
export function coverageTheme({ name, classes, headline, dots, own = [], card }) {
  const rows = classes.map(([key, look, label]) => ({ key, label: word('class', label ?? key), look }))
  const looks = Object.fromEntries(classes.map(([key, look]) => [key, look]))
  const colours = /** @type {[string, string][]} */ (classes.map(([key, look]) => [key, look.colour]))
  const labels = new Map(rows.map((one) => [one.key, one.label]))

  return {
    name,
    classes: rows,
    choices: [...choices(), ...own],
    canShowShares: true,

    async load(query, view, before) {
      const data = before ?? await fetched(name, query)
      const isDots = view.show === 'dots' || (view.show === 'auto' && wantsDots(data, view))
      return isDots === data.isDots ? data : { ...data, isDots }
    },

    draw(layer, data, view) {
      if (data.isDots) {
        layer.lines(data.told.lines, { colour: '#3a4642', width: 1.5 })
        layer.symbols(data.sets.map((/** @type {any} */ set) => ({ points: set.points, looks })), view.isShown)
        return { mode: 'dots', text: dots }
      }
      layer.unitRings(ringsOf(data, view.isShown).map(inRing), colours, together)
      return { mode: 'shares', text: t('theme.rings', { level: word('level', data.told.level) }) }
    },

    legend({ told }) {
      const { frame } = told
      return {
        n: told.n, as_of: frame.as_of, known_at: null, counts: told.counts, unknown_share: frame.unknown_share,
        summary: t('map.summary_villages', { as_of: frame.as_of, n: asNumber(told.n) }),
        headline: headline(told), definition: told[`definition_${lang}`], definition_name: word('figure', told.definition),
        source: t('theme.source', {
          base_year: frame.base_year ?? '—', placed: asPercent(frame.placed_share), distance: word('distance', frame.distance),
        }),
        how: told.definition,
        notes: [
          ...(told.unplaced ? [t('theme.unplaced', { n: asNumber(told.unplaced) })] : []),
          ...frame.notes.map((/** @type {any} */ note) => note[lang]),
        ],
      }
    },

    places({ sets, told }) {
      const found = sets.flatMap((/** @type {any} */ { points }) => Array.from(points.lat, (lat, i) => /** @type {[number, number]} */ ([lat, points.lon[i]])))
      if (found.length) return found
      return told.units.filter((/** @type {any} */ unit) => unit.lon !== null).map((/** @type {any} */ unit) => [unit.lat, unit.lon])
    },

    async card(hit, data) {
      const told = card?.(hit, data)
      if (told) return told
      const { set, key } = whatOf(hit, data)
      if (set.what === 'stations') return stationCard(Number(key))
      return set.what === 'nodes' ? nodeCard(key, data.query) : villageCard(key, data.query)
    },

    async names(hits, data) {
      const ids = hits.map((hit) => whatOf(hit, data)).filter(({ set }) => set.what === 'stations').map(({ key }) => Number(key))
      const names = ids.length ? await stationNames(ids.slice(0, 100)) : new Map()
      return hits.map((hit) => {
        const { set, key } = whatOf(hit, data)
        const said = set.what === 'stations' ? names.get(Number(key)) ?? key : key
        return `${said} · ${labels.get(classAt(hit))}`
      })
    },

    list: (data, view, chosen) => (data.isDots ? listPoints(data, view, labels, looks, chosen) : listUnits(data, view, chosen)),
    revision: ({ told }) => told.revision,
  }
}

/** A unit with the texts of its ring. @param {any} unit */
const inRing = (unit) => ({
  ...unit, text: asPercent(unit.judged ? Math.round((unit.good / unit.judged) * 100) / 100 : null), label: asNumber(unit.n),
})

/** Units that share one ring: their counts added, named by the largest. @param {any[]} units */
export function together(units) {
  const sum = (/** @type {(unit: any) => number} */ of) => units.reduce((all, unit) => all + of(unit), 0)
  return inRing({
    ...units[0], name: t('map.and_more', { name: units[0].name, n: units.length }), n: sum((unit) => unit.n),
    good: sum((unit) => unit.good), judged: sum((unit) => unit.judged),
    counts: Object.fromEntries(Object.keys(units[0].counts).map((key) => [key, sum((unit) => unit.counts[key])])),
  })
}

/** The name of a figure's share as the large number of the legend. @param {number | null} share @param {string} what @param {...string} lines */
export const large = (share, what, ...lines) => [
  el('strong', { 'data-testid': 'share-built' }, asPercent(share)), el('span', { class: 'what' }, what),
  ...lines.map((line) => el('span', { class: 'of' }, line)),
]

/** @param {string} name @param {URLSearchParams} query @returns {Promise<Data>} */
async function fetched(name, query) {
  const told = await get(`/maps/layers/${name}.json?${query}`)
  const sets = told.points.map((/** @type {any} */ columns) => ({
    what: columns.what, keys: columns.key, points: unpack({ ...columns, states: told.classes }),
  }))
  return { told, sets, isDots: false, query: query.toString() }
}

/** @param {Data} data @param {import('../themes/contract.js').View} view */
function wantsDots({ sets }, { zoom, bounds }) {
  // Where nobody knows a place there is nothing to draw but the units.
  if (sets.every(({ points }) => !points.n)) return false
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  let count = 0
  for (const { points } of sets) {
    for (let i = 0; i < points.n; i++) {
      if (points.lon[i] >= west && points.lon[i] <= east && points.lat[i] >= south && points.lat[i] <= north) count++
    }
  }
  return zoom >= DOTS_FROM_ZOOM && count <= MOST_DOTS
}

/** Hidden classes leave the ring; the share stays what it is. @param {Data} data @param {(key: string) => boolean} isShown */
function ringsOf({ told }, isShown) {
  return told.units.map((/** @type {any} */ unit) => {
    const counts = Object.fromEntries(Object.entries(unit.counts).map(([key, n]) => [key, isShown(key) ? n : 0]))
    return { ...unit, counts, n: Object.values(counts).reduce((sum, n) => sum + n, 0) }
  }).filter((/** @type {any} */ unit) => unit.n)
}

/** @param {import('../layer.js').Hit} hit @param {Data} data */
export function whatOf({ points, index }, { sets }) {
  const set = /** @type {Data['sets'][0]} */ (sets.find((one) => one.points === points))
  return { set, key: set.keys[index] }
}

/** @param {import('../layer.js').Hit} hit */
export const classAt = ({ points, index }) => points.states[points.state[index]]

/** @param {Data} data @param {import('../themes/contract.js').View} view @param {(what: any) => void} chosen */
function listUnits(data, view, chosen) {
  const rows = ringsOf(data, view.isShown).map((/** @type {any} */ unit) => [
    el('button', { type: 'button', onclick: () => chosen(unit) }, unit.name), asNumber(unit.n), asPercent(unit.share),
  ])
  return table(t('map.list_units'), [t('map.col_unit'), t('theme.village'), t('map.col_share')], rows, 'list-units')
}

/**
 * The points in view, nearest its centre first.
 * @param {Data} data @param {import('../themes/contract.js').View} view @param {Map<string, string>} labels
 * @param {Record<string, Look>} looks @param {(what: any) => void} chosen
 */
function listPoints({ sets }, { bounds, centre, isShown }, labels, looks, chosen) {
  const found = sets.flatMap(({ points, keys, what }) => Array.from(points.lat, (lat, index) => ({
    hit: { points, index }, key: keys[index], what, state: points.states[points.state[index]], lat, lon: points.lon[index],
  }))).filter((one) => isShown(one.state) && bounds.contains([one.lat, one.lon]))
  if (!found.length) return el('p', { class: 'hint' }, t('map.list_empty'))
  const far = (/** @type {any} */ one) => (one.lat - centre.lat) ** 2 + ((one.lon - centre.lng) * Math.cos(centre.lat / 57.3)) ** 2
  const rows = found.sort((a, b) => far(a) - far(b)).slice(0, MOST_LISTED).map((one) => [
    el('button', { type: 'button', onclick: () => chosen({ hit: one.hit }) }, one.key),
    el('span', { class: 'tag' }, iconOf(looks[one.state]), labels.get(one.state) ?? one.state),
  ])
  return table(t('theme.list_villages', { n: MOST_LISTED }), [t('map.col_name'), t('theme.list_class')], rows, 'list-points')
}
