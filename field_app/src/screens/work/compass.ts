/** Following the phone while it is shown: where it is now and where it looks. Nothing is kept, and it ends with the screen. */

import { useEffect, useState } from 'preact/hooks'
import { mayListen } from '../../device/position'
import { readHeading } from '../../place/bearing'
import type { Point } from '../../place/distance'

/** A turn of less is not drawn: a compass trembles. */
const STILL_DEG = 4

const WATCH = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 }

/** Degrees from north towards which the phone's screen looks up; null where no true compass is heard. */
export function useHeading(): number | null {
  const [heading, setHeading] = useState<number | null>(null)
  useEffect(() => {
    // Nothing is asked: a phone that would ask first sends nothing, and the arrow stands for a map with north above.
    const heard = (event: Event): void => {
      const read = readHeading(event as DeviceOrientationEvent, window.screen.orientation?.angle ?? 0)
      if (read === null) return
      setHeading((before) => (before !== null && Math.abs(((read - before + 540) % 360) - 180) < STILL_DEG ? before : read))
    }
    window.addEventListener('deviceorientationabsolute', heard)
    return () => window.removeEventListener('deviceorientationabsolute', heard)
  }, [])
  return heading
}

/** Where the phone is now: `known` until it is heard, and listened for only where that was allowed before. */
export function useLivePoint(known: Point | null): Point | null {
  const [live, setLive] = useState<Point | null>(null)
  useEffect(() => {
    if (!('geolocation' in navigator)) return undefined
    let watch: number | null = null
    let over = false
    const stop = (): void => {
      if (watch !== null) navigator.geolocation.clearWatch(watch)
      watch = null
    }
    const follow = (): void => {
      stop()
      if (over || document.hidden) return
      watch = navigator.geolocation.watchPosition(
        ({ coords }) => setLive({ lon: coords.longitude, lat: coords.latitude }),
        () => undefined, // no fix now: the last one stands
        WATCH,
      )
    }
    void mayListen().then((may) => {
      if (!may || over) return
      follow()
      document.addEventListener('visibilitychange', follow)
    })
    return () => {
      over = true
      stop()
      document.removeEventListener('visibilitychange', follow)
    }
  }, [])
  return live ?? known
}
