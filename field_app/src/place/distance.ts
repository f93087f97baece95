/** Where things are from here. Pure; degrees in, metres out. */

export type Point = { lon: number; lat: number }

const EARTH_M = 6_371_008.8

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in metres. */
export function measureDistance(one: Point, other: Point): number {
  const dlat = radians(other.lat - one.lat)
  const dlon = radians(other.lon - one.lon)
  const a =
    Math.sin(dlat / 2) ** 2 + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(dlon / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** 34 -> «34 m», 1 260 -> «1.3 km», 23 400 -> «23 km». */
export function writeDistance(metres: number): string {
  if (metres < 995) return `${Math.round(metres)} m`
  return metres < 9_950 ? `${(metres / 1000).toFixed(1)} km` : `${Math.round(metres / 1000)} km`
}
