/** Writes of one draft in a row: each is on disk before the screen shows it, and one that fails is never silent. */

import { useCallback, useRef, useState } from 'preact/hooks'
import { stored } from '../../store/connection'
import type { Database, Draft } from '../../store/database'

export type Write = (change: (database: Database, id: string, now: Date) => Promise<Draft>) => Promise<Draft | null>

export type Writes = { write: Write; unsaved: boolean; fail: (reason: unknown) => void; close: () => void }

export function useWrites(id: string, show: (draft: Draft) => void): Writes {
  const [unsaved, setUnsaved] = useState(false)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const closed = useRef(false)
  const latest = useRef(show)
  latest.current = show
  const fail = useCallback((reason: unknown): void => {
    // A full disk or a vanished draft: the person must see it, not find out later.
    console.error(reason)
    setUnsaved(true)
  }, [])
  const write = useCallback<Write>(
    (change) => {
      const next = queue.current
        // A fix may still come in after the draft was saved or thrown away here; it has nowhere to go.
        .then(async () => (closed.current ? null : change(await stored(), id, new Date())))
        .then(
          (draft) => {
            if (draft) latest.current(draft)
            if (draft) setUnsaved(false)
            return draft
          },
          (reason: unknown) => {
            fail(reason)
            return null
          },
        )
      queue.current = next
      return next
    },
    [id],
  )
  const close = useCallback(() => {
    closed.current = true
  }, [])
  return { write, unsaved, fail, close }
}
