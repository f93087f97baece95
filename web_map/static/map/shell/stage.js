// One map with one theme: load, draw, tell, and what a touch does. The compare page has two of them.
// @ts-check
import { get, inWords } from '../../api.js'
import { el } from '../../dom.js'
import { t } from '../../words.js'
import { canvasLayer } from '../layer.js'
import { closePanel, openPanel, openSeveral } from './panel.js'

const L = /** @type {any} */ (window).L
const MOST_NAMED = 50

/**
 * @param {object} given
 * @param {any} given.map Leaflet's
 * @param {import('../themes/contract.js').Theme} given.theme
 * @param {any} given.settings of the page
 * @param {() => URLSearchParams} given.query
 * @param {() => {unit: string, show: string, day: string, isNow: boolean, isShown: (key: string) => boolean}} given.view
 * @param {(told: import('./legend.js').Told, data: any) => void} given.tell
 * @param {(fill: () => Node | Promise<Node>) => void} given.list
 * @param {{mode: HTMLElement, failed: HTMLElement}} given.places
 * @param {string} [given.label] what the map is called, where there are two
 * @param {() => string} [given.said] what stands on the map in place of the theme's sentence
 */
export function makeStage({ map, theme, settings, query, view: asked, tell, list, places, label, said }) {
  const layer = canvasLayer(map)
  /** @type {any} */
  let data = null
  /** @type {any} */
  let border = null
  let question = 0, drawing = 0
  let fitted = ''

  const view = () => ({ ...asked(), zoom: map.getZoom(), bounds: map.getBounds(), centre: map.getCenter() })

  /** Ask anew. @param {boolean} fit look at all of it */
  async function load(fit) {
    const mine = ++question
    layer.canvas.setAttribute('data-state', 'loading')
    try {
      const loaded = await theme.load(query(), view(), null)
      if (mine !== question) return
      data = loaded
      tell(theme.legend(data), data)
      places.failed.hidden = true
      if (fit) fitToAll()
      await draw()
      void loadBorder(mine, fit)
    } catch (error) {
      if (mine === question) fail(error)
    }
  }

  async function draw() {
    const mine = question, turn = ++drawing
    // Before the first answer there is nothing to draw.
    if (!data) return
    const began = performance.now()
    try {
      const loaded = await theme.load(query(), view(), data)
      if (mine !== question || turn !== drawing) return
      data = loaded
      tell(theme.legend(data), data)
      drawNow()
      layer.canvas.dataset.drawMs = String(Math.round(performance.now() - began))
      void theme.ahead?.(data, query(), view()).catch(() => null)
    } catch (error) {
      if (mine === question) fail(error)
    }
  }

  /** Draw what is held, without asking for more. */
  function drawNow() {
    if (!data) return
    layer.begin()
    const { mode, text } = theme.draw(layer, data, view())
    places.mode.textContent = said ? said() : text
    layer.canvas.dataset.mode = mode
    layer.canvas.dataset.drawn = String(Number(layer.canvas.dataset.drawn ?? 0) + 1)
    layer.canvas.setAttribute('data-state', 'drawn')
    const shown = data
    list(() => theme.list(shown, view(), choose))
  }

  /** @param {number} mine @param {boolean} fit look at all of it, where nothing else says where that is */
  async function loadBorder(mine, fit) {
    const { unit } = view()
    const outlines = await get(`/maps/outlines.json?unit=${encodeURIComponent(unit)}${unit === 'CN' ? '&level=province' : ''}`).catch(() => null)
    if (mine !== question || !outlines) return
    border?.remove()
    const area = { color: '#5c7a71', weight: 1.2, fillColor: '#fff', fillOpacity: settings.tile_url ? 0 : 0.75 }
    // What has no code is a dash of the nation's borders.
    const dash = { color: '#a3290f', weight: 1.6, fill: false }
    border = L.geoJSON(outlines, { interactive: false, style: (/** @type {any} */ { properties }) => (properties.code ? area : dash) })
    border.addTo(map)
    layer.canvas.parentElement?.appendChild(layer.canvas)
    if (fit && !theme.places(data).length) {
      fitToAll()
      drawNow()
    }
  }

  function fitToAll() {
    const found = data ? theme.places(data) : []
    const bounds = found.length ? L.latLngBounds(found) : border?.getBounds()
    if (bounds?.isValid()) map.fitBounds(bounds.pad(0.04), { maxZoom: 12, animate: false, paddingTopLeft: [30, 56], paddingBottomRight: [56, 40] })
    fitted = String(map.getCenter()) + map.getZoom()
  }

  /** @param {unknown} error */
  function fail(error) {
    places.failed.replaceChildren(t('map.failed', { why: inWords(error) }), ' ',
      el('button', { type: 'button', class: 'small', onclick: () => void load(false) }, t('map.retry')))
    places.failed.hidden = false
    layer.canvas.setAttribute('data-state', 'failed')
  }

  /** @param {{hit?: import('../layer.js').Hit, lon?: number | null, lat?: number | null}} what */
  function choose({ hit, lon, lat }) {
    if (hit) void openPanel(theme.card(hit, data, view()))
    else if (typeof lon === 'number') map.setView([lat, lon], Math.min(map.getZoom() + 2, 13))
  }

  map.on('moveend zoomend resize', () => void draw())
  map.on('click', (/** @type {any} */ event) => {
    const { hits, ring } = layer.under(event.containerPoint)
    if (ring) return choose(ring)
    if (!hits.length) return closePanel()
    if (hits.length === 1) return choose({ hit: hits[0] })
    const some = hits.slice(0, MOST_NAMED)
    return void openSeveral(theme.names(some, data), (index) => choose({ hit: some[index] }))
  })
  map.on('mousemove', (/** @type {any} */ event) => {
    const { hits, ring } = layer.under(event.containerPoint)
    map.getContainer().parentElement.classList.toggle('over-symbol', Boolean(ring || hits.length))
  })
  map.getContainer().setAttribute('role', 'region')
  map.getContainer().setAttribute('aria-label', label ?? t('map.area'))
  for (const url of [settings.tile_url, settings.labels_url].filter(Boolean)) {
    L.tileLayer(url, { maxZoom: 18, subdomains: settings.tile_subdomains }).addTo(map)
  }
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer())

  /** Look again: an unchanged register answers 304 and nothing is drawn anew. */
  async function lookAgain() {
    if (document.hidden || !data || layer.canvas.getAttribute('data-state') === 'loading') return
    const fresh = await theme.load(query(), view(), null).catch(() => null)
    if (fresh && theme.revision(fresh) !== theme.revision(data)) await load(false)
  }

  return {
    load, draw, drawNow, fitToAll, lookAgain, canvas: layer.canvas,
    data: () => data,
    /** Whether the view is still the one that shows all. */
    isWhole: () => fitted === String(map.getCenter()) + map.getZoom(),
  }
}
