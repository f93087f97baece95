/** The button that saves a paper: judged and saved in the row of writes, or what is missing is shown and gone to. */

import { useState } from 'preact/hooks'
import { syncSoon } from '../../app'
import type { Lack } from '../../forms/missing'
import { DraftGone } from '../../outbox/drafts'
import type { Database, Draft } from '../../store/database'
import { readDraft } from '../../store/private_rows'
import { go } from '../hooks'
import type { Write } from './use_writes'

type Paper = {
  write: Write
  close: () => void
  judge: (draft: Draft) => Lack[]
  keep: (database: Database, draft: Draft, now: Date) => Promise<unknown>
}

/** `judged`: «save» was pressed and something was missing, so that what lacks is shown. */
export function useSaving({ write, close, judge, keep }: Paper): { judged: boolean; saving: boolean; save: () => Promise<void> } {
  const [judged, setJudged] = useState(false)
  const [saving, setSaving] = useState(false)

  async function save(): Promise<void> {
    if (saving) return
    // A box still being typed in is kept first: leaving it does that, and writes are in a row.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setSaving(true)
    let missing: Lack[] = []
    let saved = false
    // No fix or answer of this page can come between judging and saving.
    await write(async (database, id, now) => {
      const latest = await readDraft(database, id)
      if (!latest) throw new DraftGone(id)
      missing = judge(latest)
      if (missing.length > 0) return latest
      await keep(database, latest, now)
      saved = true
      close()
      return latest
    })
    if (saved) {
      syncSoon()
      go('/outbox/saved')
      return
    }
    setSaving(false)
    setJudged(true)
    if (missing.length > 0) setTimeout(() => document.getElementById('lacks')?.focus(), 0)
  }

  return { judged, saving, save }
}
