// One canvas over the map for all stations or all shares; what is under the pointer is found by a grid.
// @ts-check
import { mercator } from './columns.js'
import { drawShare, stamps } from './shapes.js'

const L = /** @type {any} */ (window).L
const CELL = 32 // px: larger than any symbol, so a touch concerns nine cells at most
const TOUCH = 18 // px from the middle of a symbol that still count as on it
const RADIUS = 7 // px

/** @typedef {import('./columns.js').Points} Points */
/** @typedef {{x: number, y: number, index: number}} Drawn */

/** A layer of ours in Leaflet's shape. @param {any} map */
export function canvasLayer(map) {
  const canvas = document.createElement('canvas')
  canvas.className = 'stations-canvas leaflet-zoom-hide'
  canvas.setAttribute('aria-hidden', 'true')
  map.getPanes().overlayPane.appendChild(canvas)
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  const scale = window.devicePixelRatio || 1
  const { made, size } = stamps(RADIUS, scale)
  /** @type {Map<string, Drawn[]>} */
  let grid = new Map()
  /** @type {any[]} */
  let rings = []

  /** Lay the canvas over what is seen and a margin, and give the shift from world px to canvas px. */
  function lay() {
    const seen = map.getSize()
    const margin = { x: Math.round(seen.x * 0.15), y: Math.round(seen.y * 0.15) }
    const corner = map.containerPointToLayerPoint([-margin.x, -margin.y])
    L.DomUtil.setPosition(canvas, corner)
    const width = seen.x + 2 * margin.x, height = seen.y + 2 * margin.y
    if (canvas.width !== width * scale || canvas.height !== height * scale) {
      canvas.width = width * scale
      canvas.height = height * scale
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0)
    pen.clearRect(0, 0, width, height)
    grid = new Map()
    rings = []
    const world = 256 * 2 ** map.getZoom()
    const origin = map.getPixelOrigin().add(corner)
    return { world, left: origin.x, top: origin.y, width, height, margin }
  }

  /** @param {Points} points @param {(state: string) => boolean} isShown @returns {number} how many are in view */
  function drawStations(points, isShown) {
    const { world, left, top, width, height } = lay()
    const shown = points.states.map(isShown)
    // The last drawn lies on top: the dead must not hide the living, nor the other way about; the rarer come later.
    const count = new Array(points.states.length).fill(0)
    /** @type {Drawn[][]} */
    const byState = points.states.map(() => [])
    for (let i = 0; i < points.n; i++) {
      const x = points.x[i] * world - left, y = points.y[i] * world - top
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20 || !shown[points.state[i]]) continue
      byState[points.state[i]].push({ x, y, index: i })
      count[points.state[i]]++
    }
    const order = points.states.map((_, state) => state).sort((a, b) => count[b] - count[a])
    for (const state of order) {
      for (const drawn of byState[state]) {
        const stamp = made[points.states[state] + (points.delisted[drawn.index] ? '-delisted' : '')]
        pen.drawImage(stamp, drawn.x - size / 2, drawn.y - size / 2, size, size)
        remember(drawn)
      }
    }
    return order.reduce((sum, state) => sum + byState[state].length, 0)
  }

  /** @param {any[]} units with lon, lat, counts and texts */
  function drawShares(units) {
    const { world, left, top } = lay()
    const most = Math.max(...units.map((unit) => unit.n), 1)
    for (const unit of [...units].sort((a, b) => b.n - a.n)) {
      if (unit.lon === null || unit.lat === null) continue
      const [mx, my] = mercator(unit.lon, unit.lat)
      const ring = { ...unit, x: mx * world - left, y: my * world - top, r: 17 + 15 * Math.sqrt(unit.n / most) }
      // A ring that would cover a larger one is left to the list and to the next zoom.
      if (rings.some((other) => Math.hypot(other.x - ring.x, other.y - ring.y) < (other.r + ring.r) * 0.8)) continue
      rings.push(ring)
    }
    for (const ring of [...rings].reverse()) {
      drawShare(pen, { ...ring, n: ring.label })
    }
  }

  /** @param {Drawn} drawn */
  function remember(drawn) {
    const key = `${Math.floor(drawn.x / CELL)},${Math.floor(drawn.y / CELL)}`
    const cell = grid.get(key)
    if (cell) cell.push(drawn)
    else grid.set(key, [drawn])
  }

  /** @param {any} at a point of the container @returns {{stations: number[], ring: any}} nearest first */
  function under(at) {
    const corner = map.layerPointToContainerPoint(L.DomUtil.getPosition(canvas))
    const x = at.x - corner.x, y = at.y - corner.y
    const near = []
    for (let column = -1; column <= 1; column++) {
      for (let row = -1; row <= 1; row++) {
        near.push(...(grid.get(`${Math.floor(x / CELL) + column},${Math.floor(y / CELL) + row}`) ?? []))
      }
    }
    const hits = near.map((drawn) => ({ index: drawn.index, far: Math.hypot(drawn.x - x, drawn.y - y) }))
      .filter((hit) => hit.far <= TOUCH).sort((a, b) => a.far - b.far)
    const ring = rings.find((one) => Math.hypot(one.x - x, one.y - y) <= one.r + 4) ?? null
    return { stations: hits.map((hit) => hit.index), ring }
  }

  return { canvas, drawStations, drawShares, clear: lay, under }
}
