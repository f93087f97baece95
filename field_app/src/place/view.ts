/** The window of the map: what a finger's pan and pinch make of it. Pure; Web Mercator, the whole earth 1 wide. */

import type { Point } from './distance'

/** A place on the plane: x east, y south, 0 to 1. */
export type Spot = { x: number; y: number }

/** What is in the middle, and how many pixels the earth is wide. */
export type View = { center: Spot; scale: number }

export type Size = { width: number; height: number }

export function toSpot({ lon, lat }: Point): Spot {
  const phi = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI) }
}

/** From 500 km to 20 m across a small phone. */
export const MIN_SCALE = 25_000
export const MAX_SCALE = 700_000_000

const hold = (scale: number): number => Math.max(MIN_SCALE, Math.min(MAX_SCALE, scale))

export const onScreen = (view: View, size: Size, spot: Spot): Spot => ({
  x: (spot.x - view.center.x) * view.scale + size.width / 2,
  y: (spot.y - view.center.y) * view.scale + size.height / 2,
})

export const pan = (view: View, dx: number, dy: number): View => ({
  ...view,
  center: { x: view.center.x - dx / view.scale, y: view.center.y - dy / view.scale },
})

/** Zoom by a factor so that what is under the pixel stays under it. */
export function zoom(view: View, size: Size, factor: number, at: Spot): View {
  const scale = hold(view.scale * factor)
  const dx = at.x - size.width / 2
  const dy = at.y - size.height / 2
  const keep = 1 / view.scale - 1 / scale
  return { scale, center: { x: view.center.x + dx * keep, y: view.center.y + dy * keep } }
}

/** The view that holds all the spots with a margin; `around` a single one is some 4 km wide. */
export function fit(spots: Spot[], size: Size): View | null {
  if (spots.length === 0) return null
  let [west, north, east, south] = [1, 1, 0, 0]
  for (const { x, y } of spots) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    north = Math.min(north, y)
    south = Math.max(south, y)
  }
  const wanted = Math.min((size.width * 0.9) / (east - west || 1e-4), (size.height * 0.9) / (south - north || 1e-4))
  return { center: { x: (west + east) / 2, y: (north + south) / 2 }, scale: hold(wanted) }
}

export const around = (spot: Spot, size: Size): View => ({ center: spot, scale: hold(size.width / 1e-4) })

export const isInside = (size: Size, { x, y }: Spot, margin = 0): boolean =>
  x >= -margin && y >= -margin && x <= size.width + margin && y <= size.height + margin

/** How many metres a pixel is at the middle of the view. */
export function metresPerPixel(view: View): number {
  const phi = 2 * Math.atan(Math.exp((0.5 - view.center.y) * 2 * Math.PI)) - Math.PI / 2
  return (40_075_017 * Math.cos(phi)) / view.scale
}
