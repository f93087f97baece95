/** Finding stations in the local list: by word, and nearest first. Pure; quick for thousands. */

import type { Station } from '../api/wire'
import { measureDistance, type Point } from './distance'

export type Found = { station: Station; distance_m: number | null }

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

function matches(station: Station, words: string[]): boolean {
  const text = fold([station.name, station.code, station.village_name, station.township_name].filter(Boolean).join(' '))
  return words.every((word) => text.includes(word))
}

/** Stations that contain every word, nearest first where `here` is known, else in the order of their codes. */
export function findStations(stations: Station[], wish: string, here: Point | null): Found[] {
  const words = fold(wish).split(/\s+/).filter(Boolean)
  const found = stations
    .filter((station) => matches(station, words))
    .map((station) => ({ station, distance_m: here ? distanceTo(station, here) : null }))
  return found.sort(
    (one, other) =>
      compareDistance(one.distance_m, other.distance_m) || one.station.code.localeCompare(other.station.code),
  )
}

export function distanceTo(station: Pick<Station, 'lon' | 'lat'>, here: Point): number | null {
  if (station.lon === null || station.lat === null) return null
  return measureDistance({ lon: station.lon, lat: station.lat }, here)
}

/** Unknown distances come last; two unknown ones are equal (their difference would not be a number). */
function compareDistance(one: number | null, other: number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one - other
}
