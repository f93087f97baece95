/** Stations and forms as they were last downloaded. */

import type { Form, Station } from '../api/wire'
import { announce } from './changes'
import { type Database, type StationPage, STRICT } from './database'

export async function listStations(database: Database): Promise<Station[]> {
  return database.getAll('stations')
}

export async function findStation(database: Database, code: string): Promise<Station | null> {
  return (await database.get('stations', code)) ?? null
}

export async function findForm(database: Database, name: string): Promise<Form | null> {
  return (await database.get('forms', name)) ?? null
}

export async function listPages(database: Database): Promise<StationPage[]> {
  return database.getAll('station_pages')
}

/** Replace forms whole, with the tag under which the server will say «not modified». */
export async function keepForms(database: Database, forms: Form[], etag: string | null): Promise<void> {
  const change = database.transaction(['forms', 'settings'], 'readwrite', STRICT)
  await change.objectStore('forms').clear()
  await Promise.all(forms.map((form) => change.objectStore('forms').put(form)))
  await (etag
    ? change.objectStore('settings').put(etag, 'forms_etag')
    : change.objectStore('settings').delete('forms_etag'))
  await change.done
  announce('stations')
}

/** Put the changed stations, forget those no page lists any more, all in one transaction: never half a list. */
export async function keepStations(
  database: Database,
  changed: Station[],
  pages: StationPage[],
  as_of: string | null,
): Promise<void> {
  const change = database.transaction(['stations', 'station_pages', 'settings'], 'readwrite', STRICT)
  const stations = change.objectStore('stations')
  const listed = new Set(pages.flatMap((page) => page.codes))
  const gone = (await stations.getAllKeys()).filter((code) => !listed.has(code))
  await Promise.all([...gone.map((code) => stations.delete(code)), ...changed.map((station) => stations.put(station))])
  await change.objectStore('station_pages').clear()
  await Promise.all(pages.map((page) => change.objectStore('station_pages').put(page)))
  if (as_of) await change.objectStore('settings').put(as_of, 'stations_as_of')
  await change.done
  announce('stations')
}
