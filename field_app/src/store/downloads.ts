/** Stations, tasks, returned visits, forms, ground and months as they were last downloaded. */

import type { Changes, Form, Ground, MyMonths, ReturnedVisit, Station, Task } from '../api/wire'
import { announce } from './changes'
import { openReturned, sealReturned, writeMonths } from './private_rows'
import { type Database, type LastPhoto, readSetting, STRICT } from './database'

const LAST_PHOTOS_KEPT = 60

export function listStations(database: Database): Promise<Station[]> {
  return database.getAll('stations')
}

export async function findStation(database: Database, code: string): Promise<Station | null> {
  return (await database.get('stations', code)) ?? null
}

/** Visits this person is asked to make and has not made. */
export function listTasks(database: Database): Promise<Task[]> {
  return database.getAll('tasks')
}

export async function listReturned(database: Database): Promise<ReturnedVisit[]> {
  return Promise.all((await database.getAll('returned')).map(openReturned))
}

/** The visits of this station that came back and wait to be made good, the newest first. */
export async function listReturnedAt(database: Database, station_code: string): Promise<ReturnedVisit[]> {
  const rows = await database.getAllFromIndex('returned', 'station_code', station_code)
  return Promise.all(rows.sort((one, other) => other.returned_at.localeCompare(one.returned_at)).map(openReturned))
}

export function readGround(database: Database): Promise<Ground | null> {
  return readSetting(database, 'ground')
}

export async function findForm(database: Database, name: string): Promise<Form | null> {
  return (await database.get('forms', name)) ?? null
}

export async function readLastPhoto(database: Database, inspection_id: string): Promise<LastPhoto | null> {
  return (await database.get('last_photos', inspection_id)) ?? null
}

/** Keep a small picture of a last visit; the oldest give way. */
export async function keepLastPhoto(database: Database, photo: LastPhoto): Promise<void> {
  const change = database.transaction('last_photos', 'readwrite')
  await change.store.put(photo)
  const rows = (await change.store.getAll()).sort((one, other) => other.kept_at.localeCompare(one.kept_at))
  await Promise.all([...rows.slice(LAST_PHOTOS_KEPT).map((row) => change.store.delete(row.inspection_id)), change.done])
  announce('stations')
}

/** Replace forms whole, with the tag under which the server will say «not modified». */
export async function keepForms(database: Database, forms: Form[], etag: string | null): Promise<void> {
  const change = database.transaction(['forms', 'settings'], 'readwrite', STRICT)
  const settings = change.objectStore('settings')
  await Promise.all([
    change.objectStore('forms').clear(),
    ...forms.map((form) => change.objectStore('forms').put(form)),
    etag ? settings.put(etag, 'forms_etag') : settings.delete('forms_etag'),
    change.done,
  ])
  announce('stations')
}

/** Apply one page of changes with its cursor, all or nothing: a page killed in between is asked for again whole. */
export async function keepChanges(database: Database, page: Changes, from_nothing: boolean): Promise<void> {
  // Before the transaction, which does not wait for a cipher.
  const visits = await Promise.all(page.returned.map(sealReturned))
  const change = database.transaction(['stations', 'tasks', 'returned', 'settings'], 'readwrite', STRICT)
  const [stations, tasks, returned] = [change.objectStore('stations'), change.objectStore('tasks'), change.objectStore('returned')]
  await Promise.all([
    ...(page.reset || from_nothing ? [stations.clear(), tasks.clear(), returned.clear()] : []),
    ...page.removed.map((code) => stations.delete(code)),
    ...page.closed_tasks.map((id) => tasks.delete(id)),
    ...page.closed_returns.map((id) => returned.delete(id)),
    ...page.stations.map((station) => stations.put(station)),
    ...page.tasks.map((task) => tasks.put(task)),
    ...visits.map((visit) => returned.put(visit)),
    change.objectStore('settings').put(page.cursor, 'cursor'),
    change.objectStore('settings').put(page.as_of, 'stations_as_of'),
    change.done,
  ])
  announce('stations')
}

export async function keepGround(database: Database, ground: Ground, etag: string | null): Promise<void> {
  const change = database.transaction('settings', 'readwrite', STRICT)
  await Promise.all([
    change.store.put(ground, 'ground'),
    etag ? change.store.put(etag, 'ground_etag') : change.store.delete('ground_etag'),
    change.done,
  ])
  announce('stations')
}

export async function keepMonths(database: Database, months: MyMonths): Promise<void> {
  await writeMonths(database, months)
  announce('months')
}
