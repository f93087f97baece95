/** Where the phone is, shared by the work screens while the app is open; asked for by a button, or already allowed. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { listenForPosition, mayListen, type Trouble } from '../../device/position'
import type { Position } from '../../store/database'

// Kept while the app is open, never stored: coming back from a visit does not lose what was near.
let last: Position | null = null

/** After so long the person may be in another village. */
const STALE_MS = 10 * 60_000

const lastKnown = (): Position | null => (last && Date.now() - Date.parse(last.at) < STALE_MS ? last : null)

type Listening = { listening: boolean; trouble: Trouble | null; listen: () => void }

/** Listen by a button, or at once where it is `wanted` and the person allowed it before; ends with the screen. */
export function useListening(better: (position: Position) => void, wanted: boolean): Listening {
  const [listening, setListening] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const stop = useRef<() => void>(() => undefined)
  const listen = (): void => {
    if (listening) return
    setListening(true)
    setTrouble(null)
    stop.current = listenForPosition(better, (what) => {
      setListening(false)
      setTrouble(what)
    })
  }
  useEffect(() => {
    let alive = true
    // No question pops up unasked.
    if (wanted) void mayListen().then((may) => may && alive && listen())
    return () => {
      alive = false
      stop.current()
    }
  }, [])
  return { listening, trouble, listen }
}

export type Here = Listening & { here: Position | null }

export function useHere(): Here {
  const [here, setHere] = useState(lastKnown)
  const heard = (position: Position): void => {
    last = position
    setHere(position)
  }
  return { here, ...useListening(heard, true) }
}
