/** What the work screens read: the stations once, their words folded once, and again only after they changed. */

import { useEffect, useState } from 'preact/hooks'
import { type Duties, sortDuties } from '../../place/duties'
import { type Indexed, indexStations } from '../../place/finding'
import { listVisitedToday } from '../../place/today'
import { onChange } from '../../store/changes'
import { stored } from '../../store/connection'
import type { Database } from '../../store/database'
import { listReturned, listStations, listTasks } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { readNow } from '../../sync/clock'

// Reading some thousand rows takes a phone a moment: coming back from a visit must not cost it again.
let index: Promise<Indexed[]> | null = null
let latest: Indexed[] | undefined

onChange('stations', () => {
  index = null
})
// Another person's stations are shown to nobody, not even until the next are read.
onChange('enrolment', () => {
  index = null
  latest = undefined
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

export const readDuties = async (database: Database): Promise<Duties> =>
  sortDuties({ returned: await listReturned(database), tasks: await listTasks(database) })

/** What today is by the server's clock, and the stations that this phone's own saved or sent visits of today were to. */
export async function readOwnToday(database: Database, wall: Date): Promise<{ now: Date; own: Set<string> }> {
  const now = await readNow(database, wall)
  // Its own rows bear the phone's own clock: what that is behind or ahead now, it was when they were written.
  const ahead_ms = now.getTime() - wall.getTime()
  const byServer = (at: string): string => new Date(Date.parse(at) + ahead_ms).toISOString()
  const account = await currentAccountId(database)
  const rows = [...(await database.getAll('records')), ...(await database.getAll('receipts'))].filter((row) => row.account_id === account)
  const told = rows.map(({ kind, station_code, captured_at }) => ({ kind, station_code, captured_at: byServer(captured_at) }))
  return { now, own: listVisitedToday(told, now) }
}

/** Does a visit of this account to the station wait here, saved and not yet with the server? */
export async function waitsHere(database: Database, station_code: string): Promise<boolean> {
  const account = await currentAccountId(database)
  const unsent = ['ready', 'sending', 'refused']
  return (await database.getAll('records')).some((row) =>
    row.kind === 'visit' && row.account_id === account && row.station_code === station_code && unsent.includes(row.state))
}
