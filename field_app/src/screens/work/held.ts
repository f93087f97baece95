/** What the work screens read: the stations once, their words folded once, and again only after they changed. */

import { useEffect, useState } from 'preact/hooks'
import type { Ground, ReturnedVisit, Task } from '../../api/wire'
import { type Indexed, indexStations } from '../../place/finding'
import { listVisitedToday } from '../../place/today'
import { onChange } from '../../store/changes'
import { stored } from '../../store/connection'
import { type Database, readSetting } from '../../store/database'
import { listStations } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'

// Reading some thousand rows takes a phone a moment: coming back from a visit must not cost it again.
let index: Promise<Indexed[]> | null = null
let latest: Indexed[] | undefined

onChange('stations', () => {
  index = null
})

async function readIndex(): Promise<Indexed[]> {
  index ??= stored()
    .then(listStations)
    .then((stations) => (latest = indexStations(stations)))
    .catch((reason: unknown) => {
      index = null
      throw reason
    })
  return index
}

/** The index as it was last read, at once, and each newer one after it; undefined before the first. */
export function useIndex(): Indexed[] | undefined {
  const [held, setHeld] = useState(latest)
  useEffect(() => {
    let alive = true
    const refresh = (): void => {
      readIndex()
        .then((read) => alive && setHeld(read))
        .catch((reason: unknown) => console.error(reason))
    }
    refresh()
    const stop = onChange('stations', refresh)
    return () => {
      alive = false
      stop()
    }
  }, [])
  return held
}

export async function listTasks(database: Database): Promise<Task[]> {
  const late = (task: Task): string => task.due_on ?? '9999'
  return (await database.getAll('tasks')).sort((one, other) => (late(one) < late(other) ? -1 : late(one) > late(other) ? 1 : one.id - other.id))
}

export async function listReturned(database: Database): Promise<ReturnedVisit[]> {
  return (await database.getAll('returned')).sort((one, other) => (one.returned_at < other.returned_at ? 1 : -1))
}

export const readGround = (database: Database): Promise<Ground | null> => readSetting(database, 'ground')

/** Codes of the stations that this phone's own saved or sent visits of today were to. */
export async function readOwnToday(database: Database, now: Date): Promise<Set<string>> {
  const account = await currentAccountId(database)
  const rows = [...(await database.getAll('records')), ...(await database.getAll('receipts'))]
  return listVisitedToday(rows.filter((row) => row.account_id === account), now)
}
