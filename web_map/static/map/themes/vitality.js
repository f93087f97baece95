// The stations and how they are: symbols from county zoom on, shares above it or where symbols would be too many.
// Up to WHOLE stations come as one set of columns; beyond, from zoom 8 on, as tiles of columns.
// @ts-check
import { get } from '../../api.js'
import { el, table } from '../../dom.js'
import { asNumber, asPercent, lang, t, word } from '../../words.js'
import { stationCard, stationNames } from '../card.js'
import { joined, mercator, unpack } from '../columns.js'
import { COLOURS, LOOKS, STATES, icon } from '../shapes.js'

const DOTS_FROM_ZOOM = 8
const TILE_ZOOM = 8
const MOST_DOTS = 6000 // beyond, shares say more, unless symbols are asked for
const WHOLE = 20_000
const MOST_TILES = 60
const MOST_LISTED = 50
const UNKNOWN = -1 // an id that no station has
const LEVELS = ['province', 'prefecture', 'county', 'township']
const LISTINGS = ['active', 'suspended', 'delisted', 'proposed', 'merged', 'rejected']

/**
 * @typedef {import('../columns.js').Points} Points
 * @typedef {{first: any, told: any, shares: Map<string, any>, points: Points | null, tiles: Map<string, Points>,
 *   drawn: string, query: URLSearchParams, mode: 'dots' | 'shares'}} Data
 */

/** @type {import('./contract.js').Theme} */
export const theme = {
  name: 'vitality',
  classes: STATES.map((key) => ({ key, label: word('vitality', key), look: LOOKS[key] })),
  choices: [{
    name: 'listing_status', label: t('map.listing'), testid: 'filter-listing',
    values: [['', t('map.listing_default')], ...LISTINGS.map((value) => /** @type {[string, string]} */ ([value, word('listing_status', value)]))],
  }],
  canShowShares: true,
  hasDays: true,

  async load(query, view, before) {
    /** @type {Data} */
    const data = before ? { ...before } : await begin(query, view)
    if (wantsDots(data, view)) {
      await loadDots(data, query, view)
      const few = view.show === 'dots' || countIn(/** @type {Points} */ (data.points), view) <= MOST_DOTS
      data.mode = few ? 'dots' : 'shares'
      if (few) return data
    }
    data.mode = 'shares'
    await loadShares(data, query, levelOnShow(view))
    return data
  },

  async ahead(data, query, view) {
    // The shares that the next zoom needs are few and may be at hand.
    const next = LEVELS[LEVELS.indexOf(levelOnShow(view)) + 1]
    if (data.mode === 'shares' && next && next !== 'township') await loadShares(data, query, next)
  },

  draw(layer, data, view) {
    if (data.mode === 'dots') {
      layer.symbols([{ points: data.points, looks: LOOKS }], view.isShown)
      return { mode: 'dots', text: t('map.dots') }
    }
    const level = levelOnShow(view)
    layer.unitRings(unitsShown(data, view).map(inRing), STATES.map((state) => [state, COLOURS[state]]), together)
    return { mode: 'shares', text: t('map.unit_shares', { level: word('level', level) }) }
  },

  legend({ told }) {
    return {
      n: told.n, as_of: told.as_of, known_at: told.known_at, counts: told.counts, unknown_share: told.survival.unknown_share,
      headline: headline(told), definition: told[`definition_${lang}`], definition_name: t('map.share_title'),
      source: told[`source_${lang}`], how: 'survival_share_built',
      notes: told.unplaced ? [t('map.unplaced', { n: told.unplaced })] : [],
    }
  },

  places: ({ first }) => (first.box ? [[first.box[1], first.box[0]], [first.box[3], first.box[2]]] : []),

  async card({ points, index }, data, view) {
    await knowIds(points, data)
    return stationCard(points.id[index], view.isNow ? null : { day: view.day, state: points.states[points.state[index]] })
  },

  async names(hits, data) {
    for (const points of new Set(hits.map((hit) => hit.points))) await knowIds(points, data)
    const ids = hits.map(({ points, index }) => points.id[index])
    const names = await stationNames(ids)
    return ids.map((id) => names.get(id) ?? String(id))
  },

  list: (data, view, chosen) => (data.mode === 'dots' ? listStations(data, view, chosen) : listUnits(data, view, chosen)),
  revision: ({ first }) => first.revision,
}

/** @param {URLSearchParams} query @param {import('./contract.js').View} view @returns {Promise<Data>} */
async function begin(query, view) {
  const level = LEVELS[leastLevel(view.unit)]
  // Where every station will surely be drawn, they are asked for at once: no unit below the nation has too many.
  const soon = view.unit !== 'CN' && (view.show === 'dots' || (view.show === 'auto' && (view.unit.length > 4 || view.zoom >= DOTS_FROM_ZOOM)))
  const [first, columns] = await Promise.all([get(`/maps/shares.json?${withLevel(query, level)}`), soon ? columnsOf(query) : null])
  /** @type {Data} */
  const data = { first, told: first, shares: new Map([[level, first]]), points: null, tiles: new Map(), drawn: '', query, mode: 'shares' }
  if (columns && first.n <= WHOLE) take(data, columns)
  return data
}

/** @param {Data} data @param {import('./contract.js').View} view */
function wantsDots({ first }, { show, zoom }) {
  if (show === 'shares') return false
  return zoom >= DOTS_FROM_ZOOM || (show === 'dots' && first.n <= WHOLE)
}

/** @param {Data} data @param {URLSearchParams} query @param {import('./contract.js').View} view */
async function loadDots(data, query, view) {
  if (data.first.n > WHOLE) return loadTiles(data, query, view)
  if (!data.points) take(data, await columnsOf(query))
}

/** @param {URLSearchParams} query */
const columnsOf = (query) => get(`/maps/stations.json?${withParts(query, 'places')}`)

/** @param {Data} data @param {any} columns */
function take(data, columns) {
  data.points = unpack(columns)
  data.points.id[0] = UNKNOWN
  data.told = columns
}

/** Fetch the ids of stations that came without, as soon as one is wanted. @param {Points} points @param {Data} data */
async function knowIds(points, { told, query }) {
  if (points.id[0] !== UNKNOWN) return
  const answer = await get(`/maps/stations.json?${withParts(query, 'ids')}`)
  // Of another state of the register they would be others' ids.
  if (answer.revision !== told.revision) throw new Error(t('map.changed'))
  let id = 0
  points.id.set(answer.id.map((/** @type {number} */ step) => (id += step)))
}

/** @param {URLSearchParams} query @param {string} parts */
const withParts = (query, parts) => new URLSearchParams([...query, ['parts', parts]])

/** Fetch the tiles in view that are not held, and join those in view. @param {Data} data @param {URLSearchParams} query @param {import('./contract.js').View} view */
async function loadTiles(data, query, view) {
  const wanted = tilesIn(view.bounds.pad(0.15))
  const tiles = new Map(data.tiles)
  await Promise.all(wanted.filter((key) => !tiles.has(key)).map(async (key) =>
    tiles.set(key, unpack(await get(`/maps/tiles/${TILE_ZOOM}/${key}.json?${query}`)))))
  for (const key of tiles.keys()) if (tiles.size > MOST_TILES && !wanted.includes(key)) tiles.delete(key)
  data.tiles = tiles
  const drawn = wanted.join()
  if (data.points && drawn === data.drawn) return
  data.drawn = drawn
  data.points = joined(wanted.map((key) => /** @type {Points} */ (tiles.get(key))), STATES)
}

/** The tiles that a box touches, as `x/y`. @param {any} bounds */
function tilesIn(bounds) {
  const side = 2 ** TILE_ZOOM
  const [left, top] = mercator(bounds.getWest(), Math.min(bounds.getNorth(), 85)), [right, bottom] = mercator(bounds.getEast(), Math.max(bounds.getSouth(), -85))
  const keys = []
  for (let x = Math.max(0, Math.floor(left * side)); x <= Math.min(side - 1, Math.floor(right * side)); x++) {
    for (let y = Math.max(0, Math.floor(top * side)); y <= Math.min(side - 1, Math.floor(bottom * side)); y++) keys.push(`${x}/${y}`)
  }
  return keys
}

/** @param {Data} data @param {URLSearchParams} query @param {string} level */
async function loadShares(data, query, level) {
  if (!data.shares.has(level)) data.shares = new Map([...data.shares, [level, await get(`/maps/shares.json?${withLevel(query, level)}`)]])
}

/** @param {URLSearchParams} query @param {string} level */
const withLevel = (query, level) => new URLSearchParams([...query, ['level', level]])

/** The coarsest level that divides a unit. @param {string} unit */
function leastLevel(unit) {
  if (unit === 'CN') return 0
  return { 2: 1, 4: 2 }[unit.length] ?? 3
}

/** @param {import('./contract.js').View} view */
function levelOnShow({ zoom, unit }) {
  const byZoom = zoom < 6 ? 0 : zoom < 8 ? 1 : zoom < 10 ? 2 : 3
  return LEVELS[Math.max(byZoom, leastLevel(unit))]
}

/** @param {Points} points @param {import('./contract.js').View} view */
function countIn(points, { bounds }) {
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  let count = 0
  for (let i = 0; i < points.n; i++) {
    if (points.lon[i] >= west && points.lon[i] <= east && points.lat[i] >= south && points.lat[i] <= north) count++
  }
  return count
}

/** Hidden states leave the ring; the share stays what it is, of all built. @param {Data} data @param {import('./contract.js').View} view */
function unitsShown(data, view) {
  return data.shares.get(levelOnShow(view)).units.map((/** @type {any} */ unit) => {
    const counts = Object.fromEntries(STATES.map((state) => [state, view.isShown(state) ? unit.counts[state] : 0]))
    return { ...unit, counts, n: STATES.reduce((sum, state) => sum + counts[state], 0) }
  }).filter((/** @type {any} */ unit) => unit.n)
}

/** @param {any} unit */
const inRing = (unit) => ({
  ...unit, text: asPercent(unit.built ? Math.round((unit.living / unit.built) * 100) / 100 : null), label: asNumber(unit.n),
})

/** Units that share one ring: their counts added, named by the largest. @param {any[]} units */
function together(units) {
  const sum = (/** @type {(unit: any) => number} */ of) => units.reduce((all, unit) => all + of(unit), 0)
  return inRing({
    ...units[0], name: t('map.and_more', { name: units[0].name, n: units.length }), n: sum((unit) => unit.n),
    built: sum((unit) => unit.built), living: sum((unit) => unit.living),
    counts: Object.fromEntries(STATES.map((state) => [state, sum((unit) => unit.counts[state])])),
  })
}

/** @param {any} told @returns {(Node | string)[]} */
export function headline(told) {
  const { built, living, share, low, high, unknown_share: unknown } = told.survival
  if (share === null) return [t('map.share_none')]
  const bar = el('span', { class: 'bar', 'aria-hidden': true })
  for (const state of STATES.filter((one) => one !== 'not_started' && told.counts[one])) {
    const part = el('span')
    part.style.flexGrow = String(told.counts[state])
    part.style.background = COLOURS[state]
    bar.append(part)
  }
  return [
    el('strong', { 'data-testid': 'share-built' }, asPercent(share)),
    el('span', { class: 'what' }, t('map.share_title')),
    el('span', { class: 'of' }, t('map.share_line', { living: asNumber(living), built: asNumber(built) })),
    el('span', { class: 'of', 'data-testid': 'share-doubt' },
      `${t('map.share_unknown', { unknown: asPercent(unknown) })} · ${t('map.share_bounds', { low: asPercent(low), high: asPercent(high) })}`),
    bar,
  ]
}

/** @param {Data} data @param {import('./contract.js').View} view @param {(what: any) => void} chosen */
function listUnits(data, view, chosen) {
  const rows = unitsShown(data, view).map((/** @type {any} */ unit) => [
    el('button', { type: 'button', onclick: () => chosen(unit) }, unit.name),
    asNumber(unit.n), asPercent(unit.share), asPercent(unit.unknown_share),
  ])
  return table(t('map.list_units'), [t('map.col_unit'), t('map.col_stations'), t('map.col_share'), t('map.col_unknown')], rows, 'list-units')
}

/** The stations in view, nearest its centre first. @param {Data} data @param {import('./contract.js').View} view @param {(what: any) => void} chosen */
async function listStations(data, view, chosen) {
  const p = /** @type {Points} */ (data.points), { bounds, centre } = view
  if (p.n) await knowIds(p, data)
  const found = []
  for (let index = 0; index < p.n; index++) {
    const state = p.states[p.state[index]]
    if (!view.isShown(state) || !bounds.contains([p.lat[index], p.lon[index]])) continue
    const far = (p.lat[index] - centre.lat) ** 2 + ((p.lon[index] - centre.lng) * Math.cos(centre.lat / 57.3)) ** 2
    found.push({ index, id: p.id[index], state, far })
  }
  if (!found.length) return el('p', { class: 'hint' }, t('map.list_empty'))
  const near = found.sort((a, b) => a.far - b.far).slice(0, MOST_LISTED)
  const names = await stationNames(near.map((one) => one.id))
  const rows = near.filter((one) => names.has(one.id)).map((one) => [
    el('button', { type: 'button', onclick: () => chosen({ hit: { points: p, index: one.index } }) }, names.get(one.id) ?? ''),
    el('span', { class: 'tag' }, icon(one.state, p.delisted[one.index] === 1), word('vitality', one.state)),
  ])
  return table(t('map.list_stations', { n: MOST_LISTED }), [t('map.col_name'), t('map.col_state')], rows, 'list-stations')
}
