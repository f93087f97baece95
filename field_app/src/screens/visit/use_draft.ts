/** A draft on the screen: every change is written before it counts, one after the other, and none is lost on leaving. */

import { useEffect, useState } from 'preact/hooks'
import type { Form, ReturnedVisit, Station } from '../../api/wire'
import { preselect } from '../../forms/beginning'
import type { Answers } from '../../forms/visible'
import { beginDraft } from '../../outbox/drafts'
import { onChange } from '../../store/changes'
import { stored } from '../../store/connection'
import type { Draft } from '../../store/database'
import { findForm, findReturned, findStation, listTasks } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { useWrites, type Write } from './use_writes'

export type { Write }

export type Visit =
  | { kind: 'opening' }
  | { kind: 'no_form' }
  | { kind: 'no_station' }
  | {
      kind: 'open'
      draft: Draft
      station: Station
      form: Form
      /** What counts as answered until the person answers it. */
      preset: Answers
      /** The visit that came back and that this draft makes good. */
      returned: ReturnedVisit | null
    }

export function useDraft(station_code: string): { visit: Visit; write: Write; unsaved: string | null; close: () => void } {
  const [visit, setVisit] = useState<Visit>({ kind: 'opening' })
  const id = visit.kind === 'open' ? visit.draft.id : ''
  const { write, unsaved, fail, close } = useWrites(id, (draft) => setVisit((before) => (before.kind === 'open' ? { ...before, draft } : before)))

  useEffect(() => {
    let alive = true
    let opened: Visit = { kind: 'opening' }
    setVisit(opened)
    const open = (): void => {
      openVisit(station_code)
        .then((visit) => {
          opened = visit
          if (alive) setVisit(visit)
        })
        .catch(fail)
    }
    open()
    // The form or the station may arrive while the person waits here; an open visit is never opened again.
    const stop = onChange('stations', () => {
      if (opened.kind !== 'open') open()
    })
    return () => {
      alive = false
      stop()
    }
  }, [station_code])

  return { visit, write, unsaved, close }
}

async function openVisit(station_code: string): Promise<Visit> {
  const database = await stored()
  const account_id = await currentAccountId(database)
  const station = await findStation(database, station_code)
  const form = await findForm(database, 'inspection')
  if (!station || account_id === null) return { kind: 'no_station' }
  if (!form) return { kind: 'no_form' }
  const open = await findReturned(database, station_code)
  const draft = await beginDraft(database, { kind: 'visit', station, account_id, form, now: new Date(), replaces: open })
  const tasks = (await listTasks(database)).filter((task) => task.station_code === station_code)
  const returned = open && draft.replaces === open.id ? open : null
  return { kind: 'open', draft, station, form: draft.form, preset: preselect(draft.form, tasks), returned }
}
