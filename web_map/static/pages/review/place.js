// A small map without any tile: the registered point with its ring, the phone's fix with its accuracy, and a scale.
// @ts-check
import { el } from '../../dom.js'
import { asNumber, t } from '../../words.js'

const SVG = 'http://www.w3.org/2000/svg'
const SIZE = 240
const METRES_A_DEGREE = 111_320

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.append(...children)
  return made
}

/** @param {any} item */
export function placeFigure({ station, fix, visit, on_site_radius_m: ring }) {
  const frame = el('section', { class: 'review-place' }, el('h3', {}, t('review.map')))
  if (station.lon === null) return withText(frame, t('review.map_no_point'))
  if (fix === null) return withText(frame, t('review.map_no_fix'))
  // East and north of the registered point, in metres.
  const east = (fix.lon - station.lon) * METRES_A_DEGREE * Math.cos((station.lat * Math.PI) / 180)
  const north = (fix.lat - station.lat) * METRES_A_DEGREE
  const n = asNumber(Math.round(visit.distance_m ?? Math.hypot(east, north)))
  // A phone that does not say how good its fix is has not said that it is exact.
  const text = fix.accuracy_m === null ? t('review.map_text_vague', { n }) : t('review.map_text', { n, accuracy: asNumber(Math.round(fix.accuracy_m)) })
  frame.append(drawing(east, north, fix.accuracy_m, ring, text), el('p', { class: 'hint' }, `${text} ${t('review.map_ring', { n: asNumber(Math.round(ring)) })}`))
  return frame
}

/** @param {HTMLElement} frame @param {string} text */
function withText(frame, text) {
  frame.append(el('p', { class: 'hint' }, text))
  return frame
}

/** @param {number} east @param {number} north @param {number | null} accuracy null: unknown @param {number} ring metres @param {string} text */
function drawing(east, north, accuracy, ring, text) {
  // All of both circles and the ring, and a little room; metres a pixel.
  const reach = Math.max(ring, Math.abs(east) + (accuracy ?? 0), Math.abs(north) + (accuracy ?? 0)) * 1.15
  const scale = (2 * reach) / SIZE
  const middle = SIZE / 2
  const [x, y] = [middle + east / scale, middle - north / scale]
  const bar = roundLength(reach / 2)
  const label = (/** @type {number} */ at, /** @type {number} */ up, /** @type {string} */ said, anchor = 'middle') =>
    svg('text', { x: at, y: up, 'text-anchor': anchor, class: 'label' }, said)
  return svg('svg', { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': text, class: 'mini-map' },
    svg('rect', { width: SIZE, height: SIZE, class: 'ground' }),
    svg('circle', { cx: middle, cy: middle, r: ring / scale, class: 'ring' }),
    ...(accuracy === null ? [] : [svg('circle', { cx: x, cy: y, r: Math.max(accuracy / scale, 1), class: 'accuracy' })]),
    svg('line', { x1: middle, y1: middle, x2: x, y2: y, class: 'between' }),
    svg('rect', { x: middle - 6, y: middle - 6, width: 12, height: 12, class: 'point' }),
    svg('circle', { cx: x, cy: y, r: 5, class: 'fix' }),
    label(middle, middle + (north > 0 ? 24 : -14), t('review.map_point')), label(x, y + (north > 0 ? -12 : 22), t('review.map_fix')),
    svg('path', { d: `M10 ${SIZE - 14}v5h${bar / scale}v-5`, class: 'bar' }), label(12 + bar / scale + 4, SIZE - 9, t('review.metres', { n: asNumber(bar) }), 'start'))
}

/** A round number of metres not above this. @param {number} most */
function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(most))
  return [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power
}
