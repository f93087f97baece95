// One canvas over the map for all symbols, lines and rings; what is under the pointer is known by what was drawn.
// No class is ever hidden by the order of drawing: symbols that would cover one another stand side by side, smaller.
// @ts-check
import { mercator } from './columns.js'
import { drawRing, stamps } from './shapes.js'

const L = /** @type {any} */ (window).L
const TOUCH = 18 // px from the middle of a symbol that still count as on it
const LARGE = { r: 7, apart: 10 } // px: symbols nearer than `apart` share one place
const SMALL = { r: 4, apart: 7 } // px: the same where there are many
const MANY = 3000
const EDGE = 20 // px beyond the canvas where a symbol still reaches into it

/** @typedef {import('./columns.js').Points} Points */
/** @typedef {import('./shapes.js').Look} Look */
/** @typedef {{points: Points, index: number}} Hit one symbol that was touched */
/** @typedef {{points: Points, looks: Record<string, Look>}} Group points, and how each class of theirs looks */
/** @typedef {{x: number, y: number, hits: Hit[], keys: number[]}} Place symbols that share one place on the screen */
/** @typedef {ReturnType<typeof canvasLayer>} Layer */

/** A layer of ours in Leaflet's shape. @param {any} map */
export function canvasLayer(map) {
  const canvas = document.createElement('canvas')
  canvas.className = 'stations-canvas leaflet-zoom-hide'
  canvas.setAttribute('aria-hidden', 'true')
  map.getPanes().overlayPane.appendChild(canvas)
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  const scale = window.devicePixelRatio || 1
  /** Symbols drawn once, by radius, for the looks of the last drawing. @type {Map<number, ReturnType<typeof stamps>>} */
  const kept = new Map()
  /** @type {Record<string, Look> | null} */
  let stampedFor = null
  let stampedNames = ''
  /** @type {Place[]} */
  let places = []
  /** @type {any[]} */
  let rings = []
  let laid = { world: 256, left: 0, top: 0, width: 0, height: 0 }

  /** Lay an empty canvas over what is seen and a margin; drawing follows. */
  function begin() {
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
    places = []
    rings = []
    const origin = map.getPixelOrigin().add(corner)
    laid = { world: 256 * 2 ** map.getZoom(), left: origin.x, top: origin.y, width, height }
  }

  /**
   * Draw every shown point of all groups as the symbol of its class.
   * @param {Group[]} groups @param {(key: string) => boolean} isShown
   * @returns {number} how many are drawn, margin included
   */
  function symbols(groups, isShown) {
    const seen = groups.map((group) => seenOf(group.points, isShown))
    const count = seen.reduce((sum, some) => sum + some.n, 0)
    const { r, apart } = count > MANY ? SMALL : LARGE
    /** @type {Record<string, Look>} */
    const looks = Object.assign({}, ...groups.map((group) => group.looks))
    const keys = Object.keys(looks)
    const near = nearness(laid.width, laid.height, apart)
    groups.forEach(({ points }, number) => {
      const { n, x, y, index } = seen[number]
      const plain = points.states.map((state) => keys.indexOf(state))
      const delisted = points.states.map((state, at) => (`${state}-delisted` in looks ? keys.indexOf(`${state}-delisted`) : plain[at]))
      for (let i = 0; i < n; i++) {
        const place = near.at(x[i], y[i])
        const key = (points.delisted[index[i]] ? delisted : plain)[points.state[index[i]]]
        place.hits.push({ points, index: index[i] })
        if (!place.keys.includes(key)) place.keys.push(key)
      }
    })
    for (const place of near.places) drawPlace(place, keys, looks, r)
    for (const place of near.places) places.push(place)
    return count
  }

  /** Where the shown points of a set lie on the canvas. @param {Points} points @param {(key: string) => boolean} isShown */
  function seenOf(points, isShown) {
    const { world, left, top, width, height } = laid
    const shown = points.states.map(isShown)
    const x = new Float32Array(points.n), y = new Float32Array(points.n), index = new Int32Array(points.n)
    let n = 0
    for (let i = 0; i < points.n; i++) {
      const px = points.x[i] * world - left, py = points.y[i] * world - top
      if (px < -EDGE || py < -EDGE || px > width + EDGE || py > height + EDGE || !shown[points.state[i]]) continue
      x[n] = px
      y[n] = py
      index[n++] = i
    }
    return { n, x, y, index }
  }

  /**
   * One class: its symbol. Several: each once, small, around the middle.
   * @param {Place} place @param {string[]} names @param {Record<string, Look>} looks @param {number} r
   */
  function drawPlace({ x, y, keys }, names, looks, r) {
    const { made, size } = stampsOf(looks, keys.length === 1 ? r : r * 0.64)
    if (keys.length === 1) return void pen.drawImage(made[names[keys[0]]], x - size / 2, y - size / 2, size, size)
    const away = r * (keys.length === 2 ? 0.6 : 0.5 + 0.14 * keys.length)
    keys.sort((one, other) => one - other).forEach((key, turn) => {
      const angle = Math.PI * (2 * turn / keys.length - 1)
      pen.drawImage(made[names[key]], x + away * Math.cos(angle) - size / 2, y + away * Math.sin(angle) - size / 2, size, size)
    })
  }

  /** @param {Record<string, Look>} looks @param {number} r */
  function stampsOf(looks, r) {
    if (looks !== stampedFor) {
      const names = Object.keys(looks).join()
      if (names !== stampedNames) kept.clear()
      stampedFor = looks
      stampedNames = names
    }
    const found = kept.get(r) ?? stamps(looks, r, scale)
    kept.set(r, found)
    return found
  }

  /**
   * Draw lines between pairs of points, for links and routes.
   * @param {[number, number, number, number][]} pairs lon, lat, lon, lat in the tiles' datum
   * @param {{colour: string, width?: number, dashed?: boolean}} style
   */
  function lines(pairs, { colour, width = 1.5, dashed = false }) {
    const { world, left, top } = laid
    pen.beginPath()
    for (const [lon1, lat1, lon2, lat2] of pairs) {
      const [x1, y1] = mercator(lon1, lat1), [x2, y2] = mercator(lon2, lat2)
      pen.moveTo(x1 * world - left, y1 * world - top)
      pen.lineTo(x2 * world - left, y2 * world - top)
    }
    pen.lineWidth = width
    pen.strokeStyle = colour
    pen.setLineDash(dashed ? [5, 4] : [])
    pen.stroke()
    pen.setLineDash([])
  }

  /**
   * Draw a ring for each unit; units whose rings would cover one another share one, so that none is hidden.
   * @param {any[]} units with lon, lat, n, counts by class, and the texts `text` (inside), `name` and `label` (below)
   * @param {[string, string][]} colours class and colour, in the order in which a ring is divided
   * @param {(units: any[]) => any} together several units (the largest first) as one with the same fields
   */
  function unitRings(units, colours, together) {
    const { world, left, top, width, height } = laid
    const most = Math.max(...units.map((unit) => unit.n), 1)
    /** @type {{x: number, y: number, r: number, units: any[]}[]} */
    const laidOut = []
    for (const unit of [...units].sort((a, b) => b.n - a.n)) {
      if (unit.lon === null || unit.lat === null) continue
      const [mx, my] = mercator(unit.lon, unit.lat)
      const x = mx * world - left, y = my * world - top, r = 17 + 15 * Math.sqrt(unit.n / most)
      if (x < -60 || y < -80 || x > width + 60 || y > height + 60) continue
      const under = laidOut.find((other) => Math.abs(other.x - x) < other.r + r && Math.abs(other.y - y) < other.r + r + 24)
      if (under) under.units.push(unit)
      else laidOut.push({ x, y, r, units: [unit] })
    }
    rings = laidOut.map(({ units: some, ...place }) => ({ ...(some.length > 1 ? together(some) : some[0]), ...place }))
    for (const ring of [...rings].reverse()) drawRing(pen, ring, colours)
  }

  /** @param {any} at a point of the container @returns {{hits: Hit[], ring: any}} nearest first */
  function under(at) {
    const corner = map.layerPointToContainerPoint(L.DomUtil.getPosition(canvas))
    const x = at.x - corner.x, y = at.y - corner.y
    const touched = places.map((place) => ({ hits: place.hits, far: Math.hypot(place.x - x, place.y - y) }))
      .filter((one) => one.far <= TOUCH).sort((a, b) => a.far - b.far)
    const ring = rings.find((one) => Math.hypot(one.x - x, one.y - y) <= one.r + 4) ?? null
    return { hits: touched.flatMap((one) => one.hits), ring }
  }

  return { canvas, begin, symbols, lines, unitRings, under }
}

/**
 * Places no nearer to one another than `apart`: each point joins one that is nearer, or begins one.
 * @param {number} width @param {number} height @param {number} apart in px
 */
function nearness(width, height, apart) {
  const columns = Math.ceil((width + 2 * EDGE) / apart) + 2, rows = Math.ceil((height + 2 * EDGE) / apart) + 2
  // The newest place of each cell, and for each place the one before it in its cell.
  const newest = new Int32Array(columns * rows).fill(-1)
  /** @type {number[]} */
  const before = []
  /** @type {Place[]} */
  const places = []

  /** @param {number} x @param {number} y */
  function at(x, y) {
    const cell = (Math.floor((y + EDGE) / apart) + 1) * columns + Math.floor((x + EDGE) / apart) + 1
    for (let row = -columns; row <= columns; row += columns) {
      for (let one = cell + row - 1; one <= cell + row + 1; one++) {
        for (let found = newest[one]; found >= 0; found = before[found]) {
          const place = places[found], dx = place.x - x, dy = place.y - y
          if (dx * dx + dy * dy < apart * apart) return place
        }
      }
    }
    /** @type {Place} */
    const made = { x, y, hits: [], keys: [] }
    before.push(newest[cell])
    newest[cell] = places.push(made) - 1
    return made
  }
  return { places, at }
}
