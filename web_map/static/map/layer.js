// One canvas over the map for all symbols, lines and rings; what is under the pointer is found by a grid.
// No class is ever hidden by the order of drawing: symbols that would cover one another stand side by side, smaller.
// @ts-check
import { mercator } from './columns.js'
import { drawRing, stamps } from './shapes.js'

const L = /** @type {any} */ (window).L
const CELL = 32 // px: larger than any symbol, so a touch concerns nine cells at most
const TOUCH = 18 // px from the middle of a symbol that still count as on it
const LARGE = { r: 7, apart: 10 } // px: symbols nearer than `apart` share one place
const SMALL = { r: 4, apart: 7 } // px: the same where there are many
const MANY = 3000
const EDGE = 20 // px beyond the canvas where a symbol still reaches into it

/** @typedef {import('./columns.js').Points} Points */
/** @typedef {import('./shapes.js').Look} Look */
/** @typedef {{points: Points, index: number}} Hit one symbol that was touched */
/** @typedef {{points: Points, looks: Record<string, Look>}} Group points, and how each class of theirs looks */
/** @typedef {{x: number, y: number, hits: Hit[], keys: string[]}} Place symbols that share one place on the screen */
/** @typedef {ReturnType<typeof canvasLayer>} Layer */

/** A layer of ours in Leaflet's shape. @param {any} map */
export function canvasLayer(map) {
  const canvas = document.createElement('canvas')
  canvas.className = 'stations-canvas leaflet-zoom-hide'
  canvas.setAttribute('aria-hidden', 'true')
  map.getPanes().overlayPane.appendChild(canvas)
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  const scale = window.devicePixelRatio || 1
  /** @type {Map<string, ReturnType<typeof stamps>>} */
  const kept = new Map()
  /** @type {Map<string, Place[]>} */
  let grid = new Map()
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
    grid = new Map()
    rings = []
    const origin = map.getPixelOrigin().add(corner)
    laid = { world: 256 * 2 ** map.getZoom(), left: origin.x, top: origin.y, width, height }
  }

  /** The shown points of a group on the canvas. @param {Group} group @param {(key: string) => boolean} isShown */
  function seenOf({ points, looks }, isShown) {
    const { world, left, top, width, height } = laid
    const shown = points.states.map(isShown)
    const keys = points.states.map((state) => [state, `${state}-delisted` in looks ? `${state}-delisted` : state])
    /** @type {{x: number, y: number, index: number, key: string}[]} */
    const seen = []
    for (let index = 0; index < points.n; index++) {
      const x = points.x[index] * world - left, y = points.y[index] * world - top
      if (x < -EDGE || y < -EDGE || x > width + EDGE || y > height + EDGE || !shown[points.state[index]]) continue
      seen.push({ x, y, index, key: keys[points.state[index]][points.delisted[index]] })
    }
    return seen
  }

  /**
   * Draw every shown point of all groups as the symbol of its class.
   * @param {Group[]} groups @param {(key: string) => boolean} isShown
   * @returns {number} how many are drawn, margin included
   */
  function symbols(groups, isShown) {
    const seen = groups.map((group) => seenOf(group, isShown))
    const count = seen.reduce((sum, some) => sum + some.length, 0)
    const { r, apart } = count > MANY ? SMALL : LARGE
    /** @type {Map<number, Place[]>} */
    const near = new Map()
    /** @type {Place[]} */
    const places = []
    groups.forEach(({ points }, number) => {
      for (const { x, y, index, key } of seen[number]) {
        const place = findNear(near, x, y, apart) ?? add(near, { x, y, hits: [], keys: [] }, apart)
        if (!place.hits.length) places.push(place)
        place.hits.push({ points, index })
        if (!place.keys.includes(key)) place.keys.push(key)
      }
    })
    const looks = Object.assign({}, ...groups.map((group) => group.looks))
    for (const place of places) {
      drawPlace(place, looks, r)
      remember(place)
    }
    return count
  }

  /** One class: its symbol. Several: each once, small, around the middle. @param {Place} place @param {Record<string, Look>} looks @param {number} r */
  function drawPlace({ x, y, keys }, looks, r) {
    const { made, size } = stampsOf(looks, keys.length === 1 ? r : r * 0.64)
    if (keys.length === 1) return void pen.drawImage(made[keys[0]], x - size / 2, y - size / 2, size, size)
    const away = r * (keys.length === 2 ? 0.6 : 0.5 + 0.14 * keys.length)
    keys.sort().forEach((key, turn) => {
      const angle = Math.PI * (2 * turn / keys.length - 1)
      pen.drawImage(made[key], x + away * Math.cos(angle) - size / 2, y + away * Math.sin(angle) - size / 2, size, size)
    })
  }

  /** @param {Record<string, Look>} looks @param {number} r */
  function stampsOf(looks, r) {
    const name = `${r}:${Object.keys(looks).join()}`
    const found = kept.get(name) ?? stamps(looks, r, scale)
    kept.set(name, found)
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
  function unitRings(units, colours, together = (some) => some[0]) {
    const { world, left, top, width, height } = laid
    const most = Math.max(...units.map((unit) => unit.n), 1)
    /** @type {{x: number, y: number, r: number, units: any[]}[]} */
    const places = []
    for (const unit of [...units].sort((a, b) => b.n - a.n)) {
      if (unit.lon === null || unit.lat === null) continue
      const [mx, my] = mercator(unit.lon, unit.lat)
      const x = mx * world - left, y = my * world - top, r = 17 + 15 * Math.sqrt(unit.n / most)
      if (x < -60 || y < -80 || x > width + 60 || y > height + 60) continue
      const under = places.find((other) => Math.abs(other.x - x) < other.r + r && Math.abs(other.y - y) < other.r + r + 24)
      if (under) under.units.push(unit)
      else places.push({ x, y, r, units: [unit] })
    }
    rings = places.map(({ units: some, ...place }) => ({ ...(some.length > 1 ? together(some) : some[0]), ...place }))
    for (const ring of [...rings].reverse()) drawRing(pen, ring, colours)
  }

  /** @param {Place} place */
  function remember(place) {
    const key = `${Math.floor(place.x / CELL)},${Math.floor(place.y / CELL)}`
    const cell = grid.get(key)
    if (cell) cell.push(place)
    else grid.set(key, [place])
  }

  /** @param {any} at a point of the container @returns {{hits: Hit[], ring: any}} nearest first */
  function under(at) {
    const corner = map.layerPointToContainerPoint(L.DomUtil.getPosition(canvas))
    const x = at.x - corner.x, y = at.y - corner.y
    /** @type {Place[]} */
    const near = []
    for (let column = -1; column <= 1; column++) {
      for (let row = -1; row <= 1; row++) {
        near.push(...(grid.get(`${Math.floor(x / CELL) + column},${Math.floor(y / CELL) + row}`) ?? []))
      }
    }
    const touched = near.map((place) => ({ hits: place.hits, far: Math.hypot(place.x - x, place.y - y) }))
      .filter((one) => one.far <= TOUCH).sort((a, b) => a.far - b.far)
    const ring = rings.find((one) => Math.hypot(one.x - x, one.y - y) <= one.r + 4) ?? null
    return { hits: touched.flatMap((one) => one.hits), ring }
  }

  return { canvas, begin, symbols, lines, unitRings, under }
}

/** @param {Map<number, Place[]>} near @param {number} x @param {number} y @param {number} apart */
function findNear(near, x, y, apart) {
  const column = Math.floor(x / apart), row = Math.floor(y / apart)
  for (let c = column - 1; c <= column + 1; c++) {
    for (let r = row - 1; r <= row + 1; r++) {
      for (const place of near.get(c * 65536 + r) ?? []) {
        if (Math.hypot(place.x - x, place.y - y) < apart) return place
      }
    }
  }
  return null
}

/** @param {Map<number, Place[]>} near @param {Place} place @param {number} apart */
function add(near, place, apart) {
  const key = Math.floor(place.x / apart) * 65536 + Math.floor(place.y / apart)
  const cell = near.get(key)
  if (cell) cell.push(place)
  else near.set(key, [place])
  return place
}
