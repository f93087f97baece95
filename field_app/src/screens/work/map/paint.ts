/** Painting the map: outlines, villages, stations in their five shapes, and where the phone is. No tiles, no pictures. */

import type { Ground, Station } from '../../../api/wire'
import type { Point } from '../../../place/distance'
import { writeDistance } from '../../../place/distance'
import { isInside, metresPerPixel, onScreen, type Size, type Spot, toSpot, type View } from '../../../place/view'
import { SHAPES } from '../../parts'

export type Placed = { station: Station; spot: Spot }

export type Scene = {
  /** Paths are kept near `base`, in units of a millionth of the earth: a canvas counts in single precision. */
  base: Spot
  outlines: { path: Path2D; level: string }[]
  villages: { name: string; spot: Spot }[]
  stations: Placed[]
}

const UNIT = 1e6
/** Below so many metres a pixel, names fit. */
const VILLAGE_NAMES_M = 22
const STATION_NAMES_M = 7
const SPRITE = 22
/** From so many stations in view on, their shapes are drawn smaller. */
const CROWD = 250

const isPlaced = <T extends { lon: number | null; lat: number | null }>(one: T): one is T & Point => one.lon !== null && one.lat !== null

export function makeScene(ground: Ground | null, stations: Station[]): Scene {
  const placed = stations.filter(isPlaced).map((station) => ({ station, spot: toSpot(station) }))
  const rings = (ground?.outlines ?? []).map(({ level, rings }) => ({
    level,
    rings: rings.map((ring) => ring.map((pair) => toSpot({ lon: pair[0] as number, lat: pair[1] as number }))),
  }))
  const base = rings[0]?.rings[0]?.[0] ?? placed[0]?.spot ?? { x: 0.5, y: 0.5 }
  const outlines = rings.map(({ level, rings: spots }) => {
    const path = new Path2D()
    for (const ring of spots) {
      ring.forEach(({ x, y }, turn) => {
        const at = [(x - base.x) * UNIT, (y - base.y) * UNIT] as const
        if (turn === 0) path.moveTo(...at)
        else path.lineTo(...at)
      })
      path.closePath()
    }
    return { path, level }
  })
  const villages = (ground?.villages ?? []).filter(isPlaced).map((village) => ({ name: village.name, spot: toSpot(village) }))
  return { base, outlines, villages, stations: placed }
}

/** The corners of all there is to see. */
export function listCorners(ground: Ground | null, scene: Scene): Spot[] {
  const corners = scene.stations.map(({ spot }) => spot)
  for (const { rings } of ground?.outlines ?? []) {
    for (const ring of rings) for (const pair of ring) corners.push(toSpot({ lon: pair[0] as number, lat: pair[1] as number }))
  }
  return corners.length > 0 ? corners : scene.villages.map(({ spot }) => spot)
}

export type Brush = { sprites: Map<string, HTMLCanvasElement>; ink: string; soft: string; line: string; paper: string; green: string; ratio: number }

/** Colours are those of the style sheet, light or dark, read where it is drawn; each shape is painted once. */
export function makeBrush(host: HTMLElement): Brush {
  const style = getComputedStyle(host)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  const ratio = Math.min(3, window.devicePixelRatio || 1)
  const sprites = new Map(Object.keys(SHAPES).map((value) => [value, makeSprite(host, value, read('--card'), ratio)]))
  return { sprites, ratio, ink: read('--ink'), soft: read('--soft'), line: read('--edge'), paper: read('--card'), green: read('--green') }
}

function makeSprite(host: HTMLElement, value: string, edge: string, ratio: number): HTMLCanvasElement {
  const probe = document.createElement('span')
  probe.className = `vitality is-${value}`
  const shape = probe.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
  host.appendChild(probe)
  const { color, filter } = getComputedStyle(shape)
  const sprite = document.createElement('canvas')
  sprite.width = sprite.height = SPRITE * ratio
  const brush = sprite.getContext('2d')
  if (brush) {
    brush.scale(ratio, ratio)
    brush.translate(3, 3)
    const path = new Path2D(SHAPES[value] as string)
    brush.lineJoin = 'round'
    brush.lineWidth = 3
    brush.strokeStyle = edge
    brush.stroke(path)
    brush.filter = filter
    brush.fillStyle = color
    brush.fill(path, 'evenodd')
  }
  host.removeChild(probe)
  return sprite
}

export function paint(canvas: HTMLCanvasElement, brush: Brush, scene: Scene, view: View, size: Size, chosen: string | null, here: Point | null): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const plain = (): void => pen.setTransform(brush.ratio, 0, 0, brush.ratio, 0, 0)
  plain()
  pen.clearRect(0, 0, size.width, size.height)
  const metres = metresPerPixel(view)
  paintOutlines(pen, brush, scene, view, size)
  plain()
  const taken = new Set<string>()
  const held = scene.stations.find(({ station }) => station.code === chosen)
  if (held) reserve(held.station.name, onScreen(view, size, held.spot), taken)
  paintVillages(pen, brush, scene, view, size, metres < VILLAGE_NAMES_M ? taken : null)
  const inView = scene.stations.map(({ station, spot }) => ({ station, at: onScreen(view, size, spot) })).filter(({ at }) => isInside(size, at, SPRITE))
  const side = inView.length > CROWD ? SPRITE * 0.6 : SPRITE
  for (const { station, at } of inView) {
    const sprite = brush.sprites.get(station.vitality) ?? brush.sprites.get('unknown')
    if (sprite) pen.drawImage(sprite, at.x - side / 2, at.y - side / 2, side, side)
    const named = station.code === chosen || metres < STATION_NAMES_M
    if (station.code === chosen) paintRing(pen, brush.ink, at)
    if (named) write(pen, brush, brush.ink, station.name, at, station.code === chosen ? null : taken)
  }
  if (here) paintHere(pen, brush, onScreen(view, size, toSpot(here)))
  paintScale(pen, brush, size, metres)
}

function paintOutlines(pen: CanvasRenderingContext2D, brush: Brush, scene: Scene, view: View, size: Size): void {
  const scale = (view.scale / UNIT) * brush.ratio
  const origin = onScreen(view, size, scene.base)
  pen.setTransform(scale, 0, 0, scale, origin.x * brush.ratio, origin.y * brush.ratio)
  pen.strokeStyle = brush.line
  pen.lineJoin = 'round'
  for (const { path, level } of scene.outlines) {
    pen.lineWidth = ((level === 'township' ? 1 : 2.5) * UNIT) / view.scale
    pen.stroke(path)
  }
}

function paintVillages(pen: CanvasRenderingContext2D, brush: Brush, scene: Scene, view: View, size: Size, taken: Set<string> | null): void {
  for (const { name, spot } of scene.villages) {
    const at = onScreen(view, size, spot)
    if (!isInside(size, at)) continue
    pen.fillStyle = brush.line
    pen.fillRect(at.x - 1.5, at.y - 1.5, 3, 3)
    if (taken) write(pen, brush, brush.soft, name, at, taken)
  }
}

/** A name below its place, unless another stands there already. */
function write(pen: CanvasRenderingContext2D, brush: Brush, colour: string, name: string, at: Spot, taken: Set<string> | null): void {
  if (taken && !reserve(name, at, taken)) return
  pen.font = '13px system-ui, sans-serif'
  pen.textAlign = 'center'
  pen.lineWidth = 3
  pen.strokeStyle = brush.paper
  pen.strokeText(name, at.x, at.y + 22)
  pen.fillStyle = colour
  pen.fillText(name, at.x, at.y + 22)
}

/** Take the room that a name needs, in cells of 26 by 18 pixels; false where some of it is taken. */
function reserve(name: string, at: Spot, taken: Set<string>): boolean {
  const half = Math.ceil((name.length * 6.5) / 26)
  const [column, row] = [Math.round(at.x / 26), Math.round(at.y / 18)]
  const cells = Array.from({ length: 2 * half + 1 }, (_one, turn) => `${column + turn - half} ${row}`)
  if (cells.some((cell) => taken.has(cell))) return false
  cells.forEach((cell) => taken.add(cell))
  return true
}

function paintRing(pen: CanvasRenderingContext2D, colour: string, at: Spot): void {
  pen.beginPath()
  pen.arc(at.x, at.y, 15, 0, 2 * Math.PI)
  pen.lineWidth = 3
  pen.strokeStyle = colour
  pen.stroke()
}

function paintHere(pen: CanvasRenderingContext2D, brush: Brush, at: Spot): void {
  pen.beginPath()
  pen.arc(at.x, at.y, 8, 0, 2 * Math.PI)
  pen.fillStyle = '#1a66ff'
  pen.fill()
  pen.lineWidth = 3
  pen.strokeStyle = brush.paper
  pen.stroke()
}

function paintScale(pen: CanvasRenderingContext2D, brush: Brush, size: Size, metres: number): void {
  const round = [1, 2, 5].map((one) => one * 10 ** Math.floor(Math.log10(metres * 90))).filter((one) => one <= metres * 90)
  const length = round[round.length - 1] ?? 1
  const [left, bottom, wide] = [14, size.height - 12, length / metres]
  pen.lineWidth = 2
  pen.strokeStyle = brush.ink
  pen.beginPath()
  pen.moveTo(left, bottom - 6)
  pen.lineTo(left, bottom)
  pen.lineTo(left + wide, bottom)
  pen.lineTo(left + wide, bottom - 6)
  pen.stroke()
  pen.font = '13px system-ui, sans-serif'
  pen.textAlign = 'left'
  pen.fillStyle = brush.ink
  pen.fillText(writeDistance(length), left + 4, bottom - 11)
}
