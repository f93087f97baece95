/** A draft on the screen: every change is written before it counts, one after the other, and none is lost on leaving. */

import { useEffect, useState } from 'preact/hooks'
import type { Form, ReturnedVisit, Station } from '../../api/wire'
import { preselect } from '../../forms/beginning'
import type { Answers } from '../../forms/visible'
import { beginDraft, findDraft, isTouched } from '../../outbox/drafts'
import { onChange } from '../../store/changes'
import { stored } from '../../store/connection'
import type { Draft } from '../../store/database'
import { findForm, findStation, listReturnedAt, listTasks } from '../../store/downloads'
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
      /** The station has left this phone: what is shown of it is what the draft knows. */
      unlisted: boolean
      /** The visit that came back: the one that this draft makes good, else one it was begun without. */
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
    // What lies around an open visit may change: its station may leave or come, a visit of it may come back.
    const lookAround = (): void => {
      readAround(station_code)
        .then(({ station, returned }) => {
          if (!alive) return
          setVisit((before) => before.kind !== 'open' ? before : {
            ...before, station: station ?? before.station, unlisted: station === null, returned: chooseReturned(returned, before.draft),
          })
        })
        .catch(fail)
    }
    // The form or the station may arrive while the person waits here; an open visit is never opened again.
    const stop = onChange('stations', () => (opened.kind === 'open' ? lookAround() : open()))
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
  if (account_id === null) return { kind: 'no_station' }
  const { station, returned } = await readAround(station_code)
  const tasks = (await listTasks(database)).filter((task) => task.station_code === station_code)
  // First the draft: what was begun is gone on with, on its own form, whatever has left this phone since.
  const begun = await findDraft(database, station_code, account_id)
  let draft = begun && isTouched(begun) ? begun : null
  if (!draft) {
    const form = await findForm(database, 'inspection')
    if (!station) return { kind: 'no_station' }
    if (!form) return { kind: 'no_form' }
    draft = await beginDraft(database, { kind: 'visit', station, account_id, form, now: new Date(), replaces: returned[0] ?? null })
  }
  return {
    kind: 'open', draft, station: station ?? describeBare(draft), unlisted: station === null, form: draft.form,
    preset: preselect(draft.form, tasks), returned: chooseReturned(returned, draft),
  }
}

/** The station as it is listed, and its returned visits that wait to be made good, the newest first. */
async function readAround(station_code: string): Promise<{ station: Station | null; returned: ReturnedVisit[] }> {
  const database = await stored()
  return { station: await findStation(database, station_code), returned: await listReturnedAt(database, station_code) }
}

const chooseReturned = (rows: ReturnedVisit[], draft: Draft): ReturnedVisit | null => rows.find(({ id }) => id === draft.replaces) ?? rows[0] ?? null

/** A station that is not on this phone, as far as the draft knows it. */
function describeBare({ station_code, station_name }: Draft): Station {
  return {
    code: station_code, name: station_name, kind: 'village_point', village_code: '', village_name: '', township_name: '',
    lon: null, lat: null, services: [], listing_status: 'active', vitality: 'unknown', vitality_since: null,
    last_observed_at: null, last_observed_state: null, last_visit: null,
  }
}
