/** What is typed is on disk a moment later, one write after the other; a killed page loses at most that moment. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { beginMonth, type BeginMonth, keepMonth } from '../../outbox/months'
import { stored } from '../../store/connection'
import type { MonthDraft } from '../../store/database'

type Kept = { values?: Record<string, string>; is_nil?: boolean; reason?: string }

export type Keeping = {
  /** Keep at once, what waits included. */
  keep: (kept: Kept) => void
  /** Keep a typed text after a short pause. */
  typed: (name: string, text: string) => void
  /** Keep all there is and take nothing more; the draft as it lies on disk, null if it could not be kept. */
  close: (kept: Kept) => Promise<MonthDraft | null>
}

const PAUSE_MS = 300

/** Nothing is begun by looking: the draft is made by the first thing that is kept. */
export function useKeeping(begin: Omit<BeginMonth, 'now'>): { keeping: Keeping; unsaved: boolean } {
  const [unsaved, setUnsaved] = useState(false)
  const first = useRef(begin)
  const { keeping, leave } = useMemo(() => makeKeeping(first.current, setUnsaved), [])
  useEffect(() => {
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  return { keeping, unsaved }
}

function makeKeeping(begin: Omit<BeginMonth, 'now'>, tellUnsaved: (unsaved: boolean) => void): { keeping: Keeping; leave: () => void } {
  let queue: Promise<MonthDraft | null> = Promise.resolve(null)
  let waiting: Record<string, string> = {}
  let timer = 0
  let closed = false
  const write = (kept: Kept): Promise<MonthDraft | null> => {
    clearTimeout(timer)
    const values = { ...waiting, ...kept.values }
    waiting = {}
    queue = queue
      .then(async () => {
        const database = await stored()
        const now = new Date()
        const draft = await beginMonth(database, { ...begin, now })
        return keepMonth(database, draft.id, { ...kept, values }, now)
      })
      .then(
        (draft) => {
          tellUnsaved(false)
          return draft
        },
        (reason: unknown) => {
          // A full disk: the person must see it, not find out later.
          console.error(reason)
          tellUnsaved(true)
          return null
        },
      )
    return queue
  }
  const leave = (): void => {
    if (!closed && Object.keys(waiting).length > 0) void write({})
  }
  const keeping: Keeping = {
    keep: (kept) => {
      if (!closed) void write(kept)
    },
    typed: (name, text) => {
      if (closed) return
      waiting[name] = text
      clearTimeout(timer)
      timer = window.setTimeout(leave, PAUSE_MS)
    },
    close: async (kept) => {
      closed = true
      const draft = await write(kept)
      if (!draft) closed = false
      return draft
    },
  }
  return { keeping, leave }
}
