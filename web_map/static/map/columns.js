// Columns back into points: running sums, then Web-Mercator once, so that a redraw only scales and shifts.
// @ts-check

/**
 * @typedef {{n: number, id: Int32Array, x: Float64Array, y: Float64Array, state: Uint8Array, delisted: Uint8Array,
 *   lon: Float64Array, lat: Float64Array, states: string[]}} Points x and y run from 0 to 1 over the world
 */

/** @param {any} columns @returns {Points} */
export function unpack(columns) {
  const n = columns.x.length
  const points = {
    n, id: new Int32Array(n), x: new Float64Array(n), y: new Float64Array(n), state: new Uint8Array(n),
    delisted: new Uint8Array(n), lon: new Float64Array(n), lat: new Float64Array(n), states: columns.states,
  }
  const delisted = columns.listings.indexOf('delisted')
  let lon = 0, lat = 0, id = 0
  for (let i = 0; i < n; i++) {
    lon += columns.x[i]
    lat += columns.y[i]
    id += columns.id[i]
    points.id[i] = id
    points.lon[i] = lon / 1e5
    points.lat[i] = lat / 1e5
    const [x, y] = mercator(points.lon[i], points.lat[i])
    points.x[i] = x
    points.y[i] = y
    points.state[i] = columns.s.charCodeAt(i) - 48
    points.delisted[i] = columns.l.charCodeAt(i) - 48 === delisted ? 1 : 0
  }
  return points
}

/** @param {number} lon @param {number} lat @returns {[number, number]} */
export function mercator(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180)
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}
