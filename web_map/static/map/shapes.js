// Each state by colour AND shape, so that nobody needs to tell red from green. Colours: Okabe and Ito.
// @ts-check

/** Order of the legend. */
export const STATES = ['alive', 'weak', 'dormant', 'presumed_dead', 'dead', 'unknown', 'not_started']

/** @type {Record<string, string>} */
export const COLOURS = {
  alive: '#009e73', weak: '#e69f00', dormant: '#0072b2', presumed_dead: '#b0307f', dead: '#d55e00',
  unknown: '#5b6663', not_started: '#9aa5a1',
}
// Delisted stations stay on the map, in grey.
const DELISTED = '#6f7775'

/**
 * How one class looks. @typedef {{shape: 'circle' | 'triangle' | 'square' | 'diamond' | 'cross' | 'dot' | 'plus',
 *   colour: string, hollow?: boolean}} Look
 */

/** @type {Record<string, Look['shape']>} circle alive, triangle weak, square dormant, hollow diamond presumed dead … */
const SHAPES = {
  alive: 'circle', weak: 'triangle', dormant: 'square', presumed_dead: 'diamond', dead: 'cross', unknown: 'circle',
  not_started: 'dot',
}
const HOLLOW = ['unknown', 'presumed_dead']

/** How each state looks, and under `…-delisted` how it looks on a delisted station. @type {Record<string, Look>} */
export const LOOKS = Object.fromEntries(STATES.flatMap((state) => {
  const look = { shape: SHAPES[state], colour: COLOURS[state], hollow: HOLLOW.includes(state) }
  return [[state, look], [`${state}-delisted`, { ...look, colour: DELISTED }]]
}))

/**
 * Draw one symbol.
 * @param {CanvasRenderingContext2D} pen @param {Look} look
 * @param {number} x @param {number} y @param {number} r in px
 */
export function drawSymbol(pen, { shape, colour, hollow = false }, x, y, r) {
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  if (shape === 'cross' || shape === 'plus') {
    const arm = r * (shape === 'cross' ? 0.72 : 0.95)
    for (const [width, ink] of /** @type {[number, string][]} */ ([[r * 0.95, '#fff'], [r * 0.5, colour]])) {
      pen.beginPath()
      const ends = shape === 'cross' ? [[-arm, -arm, arm, arm], [arm, -arm, -arm, arm]] : [[-arm, 0, arm, 0], [0, -arm, 0, arm]]
      for (const [x1, y1, x2, y2] of ends) { pen.moveTo(x + x1, y + y1); pen.lineTo(x + x2, y + y2) }
      pen.lineWidth = width
      pen.strokeStyle = ink
      pen.stroke()
    }
    return
  }
  outline(pen, shape, x, y, r)
  pen.fillStyle = hollow ? '#fff' : colour
  pen.lineWidth = hollow ? r * 0.75 : r * 0.55
  pen.strokeStyle = '#fff'
  pen.stroke()
  pen.fill()
  if (!hollow) return
  outline(pen, shape, x, y, r * 0.82)
  pen.lineWidth = r * 0.36
  pen.strokeStyle = colour
  pen.stroke()
}

/** @param {CanvasRenderingContext2D} pen @param {Look['shape']} shape @param {number} x @param {number} y @param {number} r */
function outline(pen, shape, x, y, r) {
  pen.beginPath()
  if (shape === 'triangle') corners(pen, [[x, y - r * 1.1], [x + r * 1.05, y + r * 0.8], [x - r * 1.05, y + r * 0.8]])
  else if (shape === 'square') pen.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7)
  else if (shape === 'diamond') corners(pen, [[x, y - r * 1.1], [x + r * 1.1, y], [x, y + r * 1.1], [x - r * 1.1, y]])
  else pen.arc(x, y, shape === 'dot' ? r * 0.55 : r, 0, Math.PI * 2)
}

/** @param {CanvasRenderingContext2D} pen @param {number[][]} points */
function corners(pen, points) {
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)))
  pen.closePath()
}

/** A small canvas with the symbol of a state, for legends and tables. @param {string} state @param {boolean} [delisted] */
export const icon = (state, delisted = false) => iconOf(LOOKS[delisted ? `${state}-delisted` : state] ?? LOOKS.unknown)

/** A small canvas with one symbol. @param {Look} look */
export function iconOf(look) {
  const scale = window.devicePixelRatio || 1
  const { canvas, pen } = blank(22, scale)
  canvas.style.width = canvas.style.height = '22px'
  canvas.setAttribute('aria-hidden', 'true')
  drawSymbol(pen, look, 11, 11, 7)
  return canvas
}

/** Symbols drawn once and stamped often. @param {Record<string, Look>} looks @param {number} r @param {number} scale */
export function stamps(looks, r, scale) {
  const size = Math.ceil(r * 3.2)
  /** @type {Record<string, HTMLCanvasElement>} */
  const made = {}
  for (const [key, look] of Object.entries(looks)) {
    const { canvas, pen } = blank(size, scale)
    drawSymbol(pen, look, size / 2, size / 2, r)
    made[key] = canvas
  }
  return { made, size }
}

/** @param {number} size in px @param {number} scale */
function blank(size, scale) {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * scale
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  pen.scale(scale, scale)
  return { canvas, pen }
}

/**
 * A ring divided by classes, with a text in it, and two lines below.
 * @param {CanvasRenderingContext2D} pen
 * @param {{x: number, y: number, r: number, counts: Record<string, number>, text: string, name: string, label: string}} unit
 * @param {[string, string][]} colours class and colour, in the order in which the ring is divided
 */
export function drawRing(pen, { x, y, r, counts, text, name, label }, colours) {
  const all = colours.reduce((sum, [key]) => sum + (counts[key] ?? 0), 0)
  pen.beginPath()
  pen.arc(x, y, r + 2, 0, Math.PI * 2)
  pen.fillStyle = '#fff'
  pen.shadowColor = '#0005'
  pen.shadowBlur = 6
  pen.fill()
  pen.shadowBlur = 0
  let from = -Math.PI / 2
  for (const [key, colour] of colours) {
    if (!counts[key]) continue
    const to = from + (counts[key] / all) * Math.PI * 2
    pen.beginPath()
    pen.arc(x, y, r - r * 0.16, from, to)
    pen.lineWidth = r * 0.32
    pen.lineCap = 'butt'
    pen.strokeStyle = colour
    pen.stroke()
    from = to
  }
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = '#1d2724'
  pen.font = `700 ${Math.round(Math.max(11, r * 0.42))}px system-ui, sans-serif`
  pen.fillText(text, x, y)
  pen.font = '600 13px system-ui, sans-serif'
  pen.lineWidth = 4
  pen.lineJoin = 'round'
  pen.strokeStyle = '#fff'
  for (const [line, below] of /** @type {[string, number][]} */ ([[name, 12], [label, 27]])) {
    pen.strokeText(line, x, y + r + below)
    pen.fillText(line, x, y + r + below)
  }
}
