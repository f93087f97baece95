// Columns back into points: running sums, then Web-Mercator once, so that a redraw only scales and shifts.
// @ts-check

/**
 * @typedef {{n: number, id: Int32Array, x: Float64Array, y: Float64Array, state: Uint8Array, delisted: Uint8Array,
 *   lon: Float64Array, lat: Float64Array, states: string[]}} Points x and y run from 0 to 1 over the world
 */

/** @param {number} n @param {string[]} states @returns {Points} */
const room = (n, states) => ({
  n, id: new Int32Array(n), x: new Float64Array(n), y: new Float64Array(n), state: new Uint8Array(n),
  delisted: new Uint8Array(n), lon: new Float64Array(n), lat: new Float64Array(n), states,
})

/**
 * @param {any} columns `x`, `y`, `id` as steps, `s` one digit a point, `states` what the digits mean; `l` with
 *   `listings` where points may be delisted, `per_degree` the unit of x and y, `id` may be left out
 * @returns {Points}
 */
export function unpack(columns) {
  const n = columns.x.length
  const points = room(n, columns.states)
  const delisted = columns.listings?.indexOf('delisted') ?? -1
  const unit = columns.per_degree ?? 1e5
  let lon = 0, lat = 0, id = 0
  for (let i = 0; i < n; i++) {
    lon += columns.x[i]
    lat += columns.y[i]
    id += columns.id?.[i] ?? 1
    points.id[i] = id
    points.lon[i] = lon / unit
    points.lat[i] = lat / unit
    const [x, y] = mercator(points.lon[i], points.lat[i])
    points.x[i] = x
    points.y[i] = y
    points.state[i] = columns.s.charCodeAt(i) - 48
    points.delisted[i] = delisted >= 0 && columns.l.charCodeAt(i) - 48 === delisted ? 1 : 0
  }
  return points
}

/** Several sets as one, e.g. of tiles side by side. @param {Points[]} sets @param {string[]} states @returns {Points} */
export function joined(sets, states) {
  const points = room(sets.reduce((sum, set) => sum + set.n, 0), states)
  let at = 0
  for (const set of sets) {
    for (const column of /** @type {const} */ (['id', 'x', 'y', 'state', 'delisted', 'lon', 'lat'])) points[column].set(set[column], at)
    at += set.n
  }
  return points
}

/** @param {number} lon @param {number} lat @returns {[number, number]} */
export function mercator(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180)
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}
