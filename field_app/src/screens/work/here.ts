/** Where the phone is, shared by the work screens while the app is open; asked for by a button, or already allowed. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { listenForPosition, mayListen, type Trouble } from '../../device/position'
import type { Position } from '../../store/database'

// Kept while the app is open, never stored: coming back from a visit does not lose what was near.
let last: Position | null = null

export type Here = { here: Position | null; listening: boolean; trouble: Trouble | null; listen: () => void }

export function useHere(): Here {
  const [here, setHere] = useState(last)
  const [listening, setListening] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const stop = useRef<() => void>(() => undefined)
  const listen = (): void => {
    setListening(true)
    setTrouble(null)
    stop.current = listenForPosition(
      (position) => {
        last = position
        setHere(position)
      },
      (what) => {
        setListening(false)
        setTrouble(what)
      },
    )
  }
  useEffect(() => {
    let alive = true
    // No question pops up unasked.
    void mayListen().then((may) => {
      if (may && alive) listen()
    })
    return () => {
      alive = false
      stop.current()
    }
  }, [])
  return { here, listening, trouble, listen }
}
