/** The two shifted datums of Chinese map apps, the same public polynomial as the server's `geo/datum.py`. Pure.

    A test holds both against the same numbers. A station's own point is CGCS2000, which for a phone is WGS-84. */

import type { Point } from './distance'

const A = 6_378_245
const EE = 0.006_693_421_622_965_943_23
const X_PI = (Math.PI * 3000) / 180

const { sin, cos, sqrt, abs, PI } = Math
const radians = (degrees: number): number => (degrees * PI) / 180

/** The mainland's box, which every map app uses to decide whether a place is shifted at all. */
export const inShiftedArea = ({ lon, lat }: Point): boolean => lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271

/** GCJ-02, as 高德 and 腾讯 count; a place outside China stays as it is. */
export function toGcj02(point: Point): Point {
  if (!inShiftedArea(point)) return point
  const x = point.lon - 105
  const y = point.lat - 35
  const root = sqrt(abs(x))
  const wave = ((20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * 2) / 3
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave +
    ((20 * sin(PI * y) + 40 * sin((PI * y) / 3)) * 2) / 3 +
    ((160 * sin((PI * y) / 12) + 320 * sin((PI * y) / 30)) * 2) / 3
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave +
    ((20 * sin(PI * x) + 40 * sin((PI * x) / 3)) * 2) / 3 +
    ((150 * sin((PI * x) / 12) + 300 * sin((PI * x) / 30)) * 2) / 3
  const phi = radians(point.lat)
  const m = 1 - EE * sin(phi) ** 2
  const degrees = 180 / PI
  return {
    lon: point.lon + (east / ((A / sqrt(m)) * cos(phi))) * degrees,
    lat: point.lat + (north / ((A * (1 - EE)) / (m * sqrt(m)))) * degrees,
  }
}

/** BD-09, as 百度 counts. */
export function toBd09(point: Point): Point {
  if (!inShiftedArea(point)) return point
  const { lon, lat } = toGcj02(point)
  const r = Math.hypot(lon, lat) + 0.000_02 * sin(lat * X_PI)
  const angle = Math.atan2(lat, lon) + 0.000_003 * cos(lon * X_PI)
  return { lon: r * cos(angle) + 0.0065, lat: r * sin(angle) + 0.006 }
}
