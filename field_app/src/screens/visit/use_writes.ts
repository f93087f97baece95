/** Writes of one draft in a row: each is on disk before the screen shows it, and one that fails is never silent. */

import { useCallback, useRef, useState } from 'preact/hooks'
import { isFull } from '../../device/storage'
import { stored } from '../../store/connection'
import type { Database, Draft } from '../../store/database'

export type Write = (change: (database: Database, id: string, now: Date) => Promise<Draft>) => Promise<Draft | null>

/** `unsaved` is the key of the words that say why the last write was not kept. */
export type Writes = { write: Write; unsaved: string | null; fail: (reason: unknown) => void; close: () => void }

export function useWrites(id: string, show: (draft: Draft) => void): Writes {
  const [unsaved, setUnsaved] = useState<string | null>(null)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const closed = useRef(false)
  const latest = useRef(show)
  latest.current = show
  const fail = useCallback((reason: unknown): void => {
    // A full disk or a vanished draft: the person must see it, not find out later.
    console.error(reason)
    setUnsaved(isFull(reason) ? 'storage.full' : 'visit.not_kept')
  }, [])
  const write = useCallback<Write>(
    (change) => {
      const next = queue.current
        // A fix may still come in after the draft was saved or thrown away here; it has nowhere to go.
        .then(async () => (closed.current ? null : change(await stored(), id, new Date())))
        .then(
          (draft) => {
            if (draft) latest.current(draft)
            if (draft) setUnsaved(null)
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
