/** The map under the fingers: pan, pinch, wheel, arrow keys, and a tap on a station. */

import { useEffect, useRef } from 'preact/hooks'
import type { Point } from '../../../place/distance'
import { isInside, onScreen, pan, type Size, type Spot, type View, zoom } from '../../../place/view'
import { say } from '../../../words'
import { makeBrush, paint, type Placed, type Scene } from './paint'

type Props = {
  scene: Scene
  view: View
  size: Size
  chosen: string | null
  here: Point | null
  /** Called for every step of a movement; `settled` when the fingers rest. */
  move: (view: View, settled: boolean) => void
  resize: (size: Size) => void
  tap: (placed: Placed | null) => void
}

/** How near a tap must come, and how far a finger may slip and still tap; pixels. */
const REACH = 24
const SLIP = 8
const STEP = 60
const SETTLE_MS = 200

export function MapCanvas(props: Props) {
  const { scene, view, size, chosen, here } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(props)
  latest.current = props
  useBrushed(canvas, latest, [scene, view, size, chosen, here])
  useEffect(() => {
    const host = canvas.current
    if (!host) return undefined
    const look = (): void => latest.current.resize({ width: host.clientWidth, height: host.clientHeight })
    look()
    if (typeof ResizeObserver === 'undefined') return undefined
    const observer = new ResizeObserver(look)
    observer.observe(host)
    return () => observer.disconnect()
  }, [])
  useGestures(canvas, latest)
  return <canvas ref={canvas} tabIndex={0} role="img" aria-label={say('map.picture')} data-testid="map-canvas" />
}

type Ref<T> = { current: T }

/** Paint once a frame at most, and anew when light turns dark. */
function useBrushed(canvas: Ref<HTMLCanvasElement | null>, latest: Ref<Props>, keys: unknown[]): void {
  const brush = useRef<ReturnType<typeof makeBrush> | null>(null)
  const frame = useRef(0)
  const ask = (): void => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => {
      const { scene, view, size, chosen, here } = latest.current
      const host = canvas.current
      if (!host || size.width === 0) return
      brush.current ??= makeBrush(host.parentElement ?? document.body)
      const [width, height] = [Math.round(size.width * brush.current.ratio), Math.round(size.height * brush.current.ratio)]
      if (host.width !== width) host.width = width
      if (host.height !== height) host.height = height
      paint(host, brush.current, scene, view, size, chosen, here)
    })
  }
  useEffect(ask, keys)
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const again = (): void => {
      brush.current = null
      ask()
    }
    // Android 9's WebView knows only this older name.
    dark.addListener(again)
    return () => {
      dark.removeListener(again)
      cancelAnimationFrame(frame.current)
    }
  }, [])
}

function useGestures(canvas: Ref<HTMLCanvasElement | null>, latest: Ref<Props>): void {
  useEffect(() => {
    const host = canvas.current
    if (!host) return undefined
    const fingers = new Map<number, Spot>()
    let slipped = 0
    let timer = 0
    const move = (view: View): void => {
      latest.current.move(view, false)
      latest.current = { ...latest.current, view }
      clearTimeout(timer)
      timer = window.setTimeout(() => latest.current.move(latest.current.view, true), SETTLE_MS)
    }
    const at = (event: MouseEvent): Spot => {
      const box = host.getBoundingClientRect()
      return { x: event.clientX - box.left, y: event.clientY - box.top }
    }
    const down = (event: PointerEvent): void => {
      if (fingers.size === 0) slipped = 0
      else slipped = SLIP + 1
      fingers.set(event.pointerId, at(event))
      host.setPointerCapture(event.pointerId)
    }
    const slide = (event: PointerEvent): void => {
      const before = fingers.get(event.pointerId)
      if (!before) return
      const now = at(event)
      const { view, size } = latest.current
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      fingers.set(event.pointerId, now)
      slipped += Math.hypot(now.x - before.x, now.y - before.y)
      if (!other) {
        if (slipped > SLIP) move(pan(view, now.x - before.x, now.y - before.y))
        return
      }
      const spread = Math.hypot(now.x - other.x, now.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1)
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      move(pan(zoom(view, size, spread, middle), (now.x - before.x) / 2, (now.y - before.y) / 2))
    }
    const up = (event: PointerEvent): void => {
      const tapped = event.type === 'pointerup' && fingers.size === 1 && slipped <= SLIP
      fingers.delete(event.pointerId)
      if (tapped) latest.current.tap(findTapped(latest.current, at(event)))
    }
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      move(zoom(latest.current.view, latest.current.size, 2 ** (-event.deltaY / 300), at(event)))
    }
    const key = (event: KeyboardEvent): void => {
      const way = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key]
      if (!way) return
      event.preventDefault()
      move(pan(latest.current.view, way[0] as number, way[1] as number))
    }
    host.addEventListener('pointerdown', down)
    host.addEventListener('pointermove', slide)
    host.addEventListener('pointerup', up)
    host.addEventListener('pointercancel', up)
    host.addEventListener('wheel', wheel, { passive: false })
    host.addEventListener('keydown', key)
    return () => clearTimeout(timer) // the listeners go with the canvas
  }, [])
}

function findTapped({ scene, view, size }: Props, at: Spot): Placed | null {
  let nearest: Placed | null = null
  let least = REACH
  for (const placed of scene.stations) {
    const spot = onScreen(view, size, placed.spot)
    if (!isInside(size, spot, REACH)) continue
    const far = Math.hypot(spot.x - at.x, spot.y - at.y)
    if (far <= least) [nearest, least] = [placed, far]
  }
  return nearest
}
