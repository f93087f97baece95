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
 * Draw one symbol: circle alive, triangle weak, square dormant, hollow diamond presumed dead, cross dead,
 * hollow ring unknown, small dot not started.
 * @param {CanvasRenderingContext2D} pen
 * @param {string} state
 * @param {number} x @param {number} y @param {number} r in px
 * @param {boolean} [delisted]
 */
export function drawShape(pen, state, x, y, r, delisted = false) {
  const colour = delisted ? DELISTED : COLOURS[state] ?? COLOURS.unknown
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  if (state === 'dead') {
    const arm = r * 0.72
    for (const [width, ink] of /** @type {[number, string][]} */ ([[r * 0.95, '#fff'], [r * 0.5, colour]])) {
      pen.beginPath()
      pen.moveTo(x - arm, y - arm); pen.lineTo(x + arm, y + arm)
      pen.moveTo(x + arm, y - arm); pen.lineTo(x - arm, y + arm)
      pen.lineWidth = width
      pen.strokeStyle = ink
      pen.stroke()
    }
    return
  }
  outline(pen, state, x, y, r)
  const hollow = state === 'unknown' || state === 'presumed_dead'
  pen.fillStyle = hollow ? '#fff' : colour
  pen.lineWidth = hollow ? r * 0.75 : r * 0.55
  pen.strokeStyle = '#fff'
  pen.stroke()
  pen.fill()
  if (!hollow) return
  outline(pen, state, x, y, r * 0.82)
  pen.lineWidth = r * 0.36
  pen.strokeStyle = colour
  pen.stroke()
}

/** @param {CanvasRenderingContext2D} pen @param {string} state @param {number} x @param {number} y @param {number} r */
function outline(pen, state, x, y, r) {
  pen.beginPath()
  if (state === 'weak') corners(pen, [[x, y - r * 1.1], [x + r * 1.05, y + r * 0.8], [x - r * 1.05, y + r * 0.8]])
  else if (state === 'dormant') pen.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7)
  else if (state === 'presumed_dead') corners(pen, [[x, y - r * 1.1], [x + r * 1.1, y], [x, y + r * 1.1], [x - r * 1.1, y]])
  else pen.arc(x, y, state === 'not_started' ? r * 0.55 : r, 0, Math.PI * 2)
}

/** @param {CanvasRenderingContext2D} pen @param {number[][]} points */
function corners(pen, points) {
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)))
  pen.closePath()
}

/** A small canvas with one symbol, for legends and tables. @param {string} state @param {boolean} [delisted] */
export function icon(state, delisted = false) {
  const canvas = document.createElement('canvas')
  const scale = window.devicePixelRatio || 1
  canvas.width = canvas.height = 22 * scale
  canvas.style.width = canvas.style.height = '22px'
  canvas.setAttribute('aria-hidden', 'true')
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  pen.scale(scale, scale)
  drawShape(pen, state, 11, 11, 7, delisted)
  return canvas
}

/** Symbols drawn once and stamped often. @param {number} r @param {number} scale */
export function stamps(r, scale) {
  const size = Math.ceil(r * 3.2)
  /** @type {Record<string, HTMLCanvasElement>} */
  const made = {}
  for (const state of STATES) {
    for (const delisted of [false, true]) {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = size * scale
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
      pen.scale(scale, scale)
      drawShape(pen, state, size / 2, size / 2, r, delisted)
      made[state + (delisted ? '-delisted' : '')] = canvas
    }
  }
  return { made, size }
}

/**
 * A ring divided by states, with the share of the living in it.
 * @param {CanvasRenderingContext2D} pen
 * @param {{x: number, y: number, r: number, counts: Record<string, number>, text: string, name: string, n: string}} unit
 */
export function drawShare(pen, { x, y, r, counts, text, name, n }) {
  const all = STATES.reduce((sum, state) => sum + counts[state], 0)
  pen.beginPath()
  pen.arc(x, y, r + 2, 0, Math.PI * 2)
  pen.fillStyle = '#fff'
  pen.shadowColor = '#0005'
  pen.shadowBlur = 6
  pen.fill()
  pen.shadowBlur = 0
  let from = -Math.PI / 2
  for (const state of STATES) {
    if (!counts[state]) continue
    const to = from + (counts[state] / all) * Math.PI * 2
    pen.beginPath()
    pen.arc(x, y, r - r * 0.16, from, to)
    pen.lineWidth = r * 0.32
    pen.lineCap = 'butt'
    pen.strokeStyle = COLOURS[state]
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
  for (const [line, below] of /** @type {[string, number][]} */ ([[name, 12], [n, 27]])) {
    pen.strokeText(line, x, y + r + below)
    pen.fillText(line, x, y + r + below)
  }
}
