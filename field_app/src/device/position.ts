/** Listening for the phone's position: several fixes, the best kept, and an end to it. */

import { chooseFix, GOOD_M } from '../place/fixes'
import type { Position } from '../store/database'

export type Trouble = 'denied' | 'unavailable' | 'unsupported'

const LISTEN_MS = 40_000

/**
 * Call `better` for each fix better than the one already `kept`; `ended` once, when good enough, out of time or
 * impossible. Returns how to stop. The person's wish to locate anew replaces only what is stale: a first fix comes
 * from masts, hundreds of metres wide, and says less of where somebody stands than a good one of a minute ago.
 */
export function listenForPosition(
  better: (position: Position) => void,
  ended: (trouble: Trouble | null) => void,
  kept: Position | null = null,
): () => void {
  if (!('geolocation' in navigator)) {
    ended('unsupported')
    return () => undefined
  }
  let best = kept
  let heard_any = false
  let over = false
  let watch = -1
  const finish = (trouble: Trouble | null): void => {
    if (over) return
    over = true
    clearTimeout(timer)
    navigator.geolocation.clearWatch(watch)
    ended(trouble)
  }
  const timer = setTimeout(() => finish(heard_any ? null : 'unavailable'), LISTEN_MS)
  watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      const heard = readFix(coords, timestamp)
      const chosen = chooseFix(best, heard)
      heard_any = true
      if (chosen !== best) {
        best = chosen
        better(chosen)
      }
      // What was just heard must be good: a kept one would end the listening before it began.
      if (heard.accuracy_m <= GOOD_M) finish(null)
    },
    (error) => {
      // A timeout of one attempt is not the end: the watch goes on.
      if (error.code === error.PERMISSION_DENIED) finish('denied')
      else if (error.code === error.POSITION_UNAVAILABLE && !heard_any) finish('unavailable')
    },
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 },
  )
  if (over) navigator.geolocation.clearWatch(watch)
  return () => finish(null)
}

/** Seven decimals are a centimetre; more would only be noise. */
function readFix(coords: GeolocationCoordinates, timestamp: number): Position {
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
  // Some phones stamp fixes with the time since start; such a stamp is no date, and now is nearer the truth.
  const plausible = Math.abs(Date.now() - timestamp) < 86_400_000
  return {
    lon: round(coords.longitude),
    lat: round(coords.latitude),
    accuracy_m: Math.round(coords.accuracy * 10) / 10,
    at: new Date(plausible ? timestamp : Date.now()).toISOString(),
  }
}

/** Has the person already allowed it? Then a visit may listen at once, without a question popping up. */
export async function mayListen(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    // Old WebViews know no permissions query; the button is there.
    return false
  }
}
