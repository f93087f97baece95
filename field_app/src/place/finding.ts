/** Finding stations in the local list: by word, and nearest first. Pure; quick for thousands. */

import type { Station } from '../api/wire'
import { measureDistance, type Point } from './distance'

export type Found = { station: Station; distance_m: number | null }

/** A station with its searchable text, folded once; searching then only looks. */
export type Indexed = { station: Station; text: string }

/** What counts as near, in metres. */
export const NEAR_M = 2000

/** Full-width and half-width, capital and small letters are one. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Fold each station's words once, in the order of their codes. */
export function indexStations(stations: Station[]): Indexed[] {
  return stations
    .map((station) => ({
      station,
      text: fold([station.name, station.code, station.village_name, station.township_name].filter(Boolean).join(' ')),
    }))
    .sort((one, other) => compareText(one.station.code, other.station.code))
}

/** Stations that contain every word, nearest first where `here` is known, else in the order of the index. */
export function findStations(index: Indexed[], wish: string, here: Point | null): Found[] {
  const words = fold(wish).split(/\s+/).filter(Boolean)
  const found = index
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map(({ station }) => ({ station, distance_m: here ? distanceTo(station, here) : null }))
  return here ? found.sort(compareNearness) : found
}

/** Those of a list within `NEAR_M`. */
export const keepNear = (found: Found[]): Found[] =>
  found.filter(({ distance_m }) => distance_m !== null && distance_m <= NEAR_M)

/** What a new station might be: all within `NEAR_M` of here, and all of the villages that those are in. */
export function listAlike(index: Indexed[], here: Point | null, village_code: string | null): Found[] {
  const found = findStations(index, '', here)
  const near = keepNear(found)
  const villages = new Set(near.map(({ station }) => station.village_code))
  if (village_code) villages.add(village_code)
  const close = new Set(near)
  return [...near, ...found.filter((one) => !close.has(one) && villages.has(one.station.village_code))]
}

export function distanceTo(station: Pick<Station, 'lon' | 'lat'>, here: Point): number | null {
  if (station.lon === null || station.lat === null) return null
  return measureDistance({ lon: station.lon, lat: station.lat }, here)
}

// Codes are plain letters and digits: comparing by a language's rules would take ten times as long.
const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/** Unknown distances come last; two unknown ones are equal (their difference would not be a number). */
function compareNearness({ distance_m: one, station }: Found, { distance_m: other, station: second }: Found): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one - other || compareText(station.code, second.code)
}
