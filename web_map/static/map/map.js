// The station map: dots from county zoom on, shares above it or where dots would hide each other.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el } from '../dom.js'
import { asNumber, asPercent, t, word } from '../words.js'
import { canvasLayer } from './layer.js'
import { unpack } from './columns.js'
import { makeFilters } from './filters.js'
import { makeLegend } from './legend.js'
import { MOST, listStations, listUnits } from './list.js'
import { closePanel, openSeveral, openStation } from './panel.js'
import { STATES } from './shapes.js'
import { showScale } from './scale.js'

const L = /** @type {any} */ (window).L
const DOTS_FROM_ZOOM = 8
const MOST_DOTS = 2000
const LOOK_AGAIN_MS = 20_000
const LEVELS = ['province', 'prefecture', 'county', 'township']

const map = /** @type {any} */ (window).cunzhanMap
const settings = JSON.parse(byId('map-settings').textContent ?? '{}')
const layer = canvasLayer(map)
/** @type {Set<string>} */
const hidden = new Set()
/** @type {import('./columns.js').Points | null} */
let points = null
/** @type {Map<string, any>} */
let shares = new Map()
/** @type {any} */
let border = null
let question = 0, drawing = 0

const tell = makeLegend(hidden, () => void draw())
const filters = makeFilters(() => { closePanel(); void load(true) })

/** The coarsest level that divides the unit on show. */
function leastLevel() {
  const length = filters.unit().length
  if (filters.unit() === 'CN') return 0
  return { 2: 1, 4: 2 }[length] ?? 3
}

function levelOnShow() {
  const zoom = map.getZoom()
  const byZoom = zoom < 6 ? 0 : zoom < 8 ? 1 : zoom < 10 ? 2 : 3
  return LEVELS[Math.max(byZoom, leastLevel())]
}

/** @param {boolean} fit look at all of it */
async function load(fit) {
  const mine = ++question
  layer.canvas.setAttribute('data-state', 'loading')
  try {
    const first = await get(`/maps/shares.json?${withLevel(LEVELS[leastLevel()])}`)
    if (mine !== question) return
    shares = new Map([[LEVELS[leastLevel()], first]])
    points = null
    tell(first)
    if (first.n <= MOST_DOTS || map.getZoom() >= DOTS_FROM_ZOOM) await loadStations(mine)
    if (mine !== question) return
    if (fit) fitTo(first)
    byId('failed').hidden = true
    await draw()
    void loadBorder(mine)
  } catch (error) {
    if (mine === question) fail(error)
  }
}

/** @param {number} mine */
async function loadStations(mine) {
  const answer = await get(`/maps/stations.json?${filters.query()}`)
  if (mine !== question) return
  points = unpack(answer)
  tell(answer)
}

/** @param {number} mine */
async function loadBorder(mine) {
  const unit = filters.unit() === document.body.dataset.unit ? '' : `unit=${encodeURIComponent(filters.unit())}`
  const outlines = await get(`/maps/outlines.json?${unit}`).catch(() => null)
  if (mine !== question || !outlines) return
  border?.remove()
  border = L.geoJSON(outlines, { interactive: false, style: { color: '#5c7a71', weight: 1.2, fillColor: '#fff', fillOpacity: settings.tile_url ? 0 : 0.75 } })
  border.addTo(map)
  layer.canvas.parentElement?.appendChild(layer.canvas)
}

/** @param {string} level */
const withLevel = (level) => new URLSearchParams([...new URLSearchParams(filters.query()), ['level', level]]).toString()

/** @param {any} answer */
function fitTo(answer) {
  const places = points?.n ? Array.from(points.lat, (lat, i) => [lat, /** @type {any} */ (points).lon[i]])
    : answer.units.filter((/** @type {any} */ unit) => unit.lon !== null).map((/** @type {any} */ unit) => [unit.lat, unit.lon])
  if (places.length) map.fitBounds(L.latLngBounds(places).pad(0.04), { maxZoom: 12, animate: false, paddingTopLeft: [30, 56], paddingBottomRight: [56, 40] })
}

async function draw() {
  const mine = question, turn = ++drawing
  const began = performance.now()
  // Before the first answer there is nothing to draw.
  if (!shares.size) return
  try {
    if (map.getZoom() >= DOTS_FROM_ZOOM) {
      if (!points) await loadStations(mine)
      if (mine !== question || turn !== drawing || !points) return
      if (layer.drawStations(points, (state) => !hidden.has(state)) <= MOST_DOTS) {
        say(t('map.dots'), 'dots')
        listStations(nearest(), (id) => void openStation(id, stateThen(id)))
        layer.canvas.dataset.drawMs = String(Math.round(performance.now() - began))
        return
      }
    }
    await drawShares(mine, turn)
    layer.canvas.dataset.drawMs = String(Math.round(performance.now() - began))
  } catch (error) {
    if (mine === question) fail(error)
  }
}

/** Draw unless the question or the view has changed meanwhile. @param {number} mine @param {number} turn */
async function drawShares(mine, turn) {
  const level = levelOnShow()
  if (!shares.has(level)) {
    const answer = await get(`/maps/shares.json?${withLevel(level)}`)
    if (mine !== question) return
    shares.set(level, answer)
  }
  if (turn !== drawing) return
  const shown = shares.get(level).units.map(withoutHidden).filter((/** @type {any} */ unit) => unit.n)
  layer.drawShares(shown.map((/** @type {any} */ unit) => ({
    ...unit, text: asPercent(unit.share === null ? null : Math.round(unit.share * 100) / 100), label: asNumber(unit.n),
  })))
  say(t('map.unit_shares', { level: word('level', level) }), 'shares')
  listUnits(shown, zoomInto)
}

/** Hidden states leave the ring; the share stays what it is, of all built. @param {any} unit */
function withoutHidden(unit) {
  const counts = Object.fromEntries(STATES.map((state) => [state, hidden.has(state) ? 0 : unit.counts[state]]))
  return { ...unit, counts, n: STATES.reduce((sum, state) => sum + counts[state], 0) }
}

/** @param {string} text @param {string} mode */
function say(text, mode) {
  byId('mode').textContent = text
  layer.canvas.dataset.mode = mode
  layer.canvas.setAttribute('data-state', 'drawn')
}

/** @param {unknown} error */
function fail(error) {
  byId('failed').replaceChildren(t('map.failed', { why: inWords(error) }), ' ',
    el('button', { type: 'button', class: 'small', onclick: () => void load(false) }, t('map.retry')))
  byId('failed').hidden = false
  layer.canvas.setAttribute('data-state', 'failed')
}

/** @param {any} unit */
function zoomInto(unit) {
  if (unit.lon !== null) map.setView([unit.lat, unit.lon], Math.min(map.getZoom() + 2, 13))
}

/** The stations in view, nearest its centre first. */
function nearest() {
  const p = /** @type {import('./columns.js').Points} */ (points)
  const seen = map.getBounds(), centre = map.getCenter()
  const found = []
  for (let i = 0; i < p.n; i++) {
    const state = p.states[p.state[i]]
    if (hidden.has(state) || !seen.contains([p.lat[i], p.lon[i]])) continue
    const far = (p.lat[i] - centre.lat) ** 2 + ((p.lon[i] - centre.lng) * Math.cos(centre.lat / 57.3)) ** 2
    found.push({ id: p.id[i], state, delisted: p.delisted[i] === 1, far })
  }
  return found.sort((a, b) => a.far - b.far).slice(0, MOST)
}

/** @param {number} id */
function stateThen(id) {
  if (filters.day() === document.body.dataset.today || !points) return null
  const index = points.id.indexOf(id)
  return index < 0 ? null : { day: filters.day(), state: points.states[points.state[index]] }
}

map.on('moveend zoomend resize', () => void draw())
map.on('click', (/** @type {any} */ event) => {
  const { stations, ring } = layer.under(event.containerPoint)
  if (ring) return zoomInto(ring)
  if (!stations.length) return closePanel()
  const ids = stations.map((index) => /** @type {any} */ (points).id[index])
  if (ids.length > 1) return void openSeveral(ids, (id) => void openStation(id, stateThen(id)))
  return void openStation(ids[0], stateThen(ids[0]))
})
map.on('mousemove', (/** @type {any} */ event) => {
  const { stations, ring } = layer.under(event.containerPoint)
  map.getContainer().parentElement.classList.toggle('over-symbol', Boolean(ring || stations.length))
})

map.getContainer().setAttribute('role', 'region')
map.getContainer().setAttribute('aria-label', t('map.area'))
byId('zoom-in').addEventListener('click', () => map.zoomIn())
byId('zoom-out').addEventListener('click', () => map.zoomOut())
byId('whole').addEventListener('click', () => fitTo(shares.values().next().value ?? { units: [] }))
byId('credit').textContent = [settings.approval_no ? t('map.approval', { no: settings.approval_no }) : t('map.internal'), settings.tile_attribution].filter(Boolean).join(' · ')
if (settings.tile_url) L.tileLayer(settings.tile_url, { maxZoom: 18 }).addTo(map)
showScale(map)
// A phone's first look is the map; the legend is one touch away.
if (matchMedia('(max-width: 899px)').matches) /** @type {HTMLDetailsElement} */ (byId('side')).open = false
new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer())

void load(true)

// Look again now and then: an unchanged register answers 304 and nothing is drawn anew.
async function lookAgain() {
  if (document.hidden || layer.canvas.getAttribute('data-state') === 'loading') return
  const known = shares.values().next().value?.revision
  const fresh = await get(`/maps/shares.json?${withLevel(LEVELS[leastLevel()])}`).catch(() => null)
  if (fresh && fresh.revision !== known) await load(false)
}
setInterval(() => void lookAgain(), LOOK_AGAIN_MS)
document.addEventListener('visibilitychange', () => void lookAgain())
