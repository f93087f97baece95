/** Which way something lies, and how an arrow points there. Pure; degrees clockwise from north. */

import type { Point } from './distance'

const radians = (degrees: number): number => (degrees * Math.PI) / 180

const turn = (degrees: number): number => ((degrees % 360) + 360) % 360

/** The initial bearing of the great circle from `here` to `there`, 0 to 360. */
export function measureBearing(here: Point, there: Point): number {
  const dlon = radians(there.lon - here.lon)
  const east = Math.sin(dlon) * Math.cos(radians(there.lat))
  const north =
    Math.cos(radians(here.lat)) * Math.sin(radians(there.lat)) -
    Math.sin(radians(here.lat)) * Math.cos(radians(there.lat)) * Math.cos(dlon)
  return turn((Math.atan2(east, north) * 180) / Math.PI)
}

export const WINDS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Wind = (typeof WINDS)[number]

/** The nearest of eight winds. */
export function nameWind(bearing: number): Wind {
  return WINDS[Math.round(turn(bearing) / 45) % 8] as Wind
}

/** How far to turn an arrow on a phone that looks towards `heading`; without a heading north is up. */
export const turnArrow = (bearing: number, heading: number | null): number => Math.round(turn(bearing - (heading ?? 0)))

/** What one orientation event says of the compass: degrees from north, or null where it is only relative. */
export function readHeading(event: { absolute?: boolean; alpha: number | null }, screen_angle: number): number | null {
  // `alpha` counts against the clock and from the phone's upper edge; a turned screen adds its own angle.
  return event.absolute === true && event.alpha !== null ? turn(360 - event.alpha + screen_angle) : null
}
