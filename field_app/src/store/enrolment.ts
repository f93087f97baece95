/** Who this phone belongs to, and what happens when the server takes that back. */

import type { Enrolled } from '../api/wire'
import { announce } from './changes'
import { type Database, type Enrolment, readSetting, STRICT } from './database'

/** Keep the token; the stations and forms of whoever was here before are erased in the same transaction. */
export async function keepEnrolment(database: Database, enrolled: Enrolled): Promise<Enrolment> {
  const enrolment: Enrolment = {
    token: enrolled.token,
    account: enrolled.account,
    device_id: String(enrolled.device_id),
  }
  const change = database.transaction(['settings', 'stations', 'station_pages', 'forms'], 'readwrite', STRICT)
  await Promise.all([
    change.objectStore('stations').clear(),
    change.objectStore('station_pages').clear(),
    change.objectStore('forms').clear(),
    change.objectStore('settings').delete('forms_etag'),
    change.objectStore('settings').delete('stations_as_of'),
    change.objectStore('settings').delete('revoked'),
    change.objectStore('settings').put(enrolment, 'enrolment'),
    change.done,
  ])
  announce('enrolment')
  announce('stations')
  return enrolment
}

/** Erase all that a revoked phone could read. Visits the server never acknowledged stay, to be counted and exported. */
export async function eraseAccess(database: Database, now: Date): Promise<void> {
  const enrolment = await readSetting(database, 'enrolment')
  const change = database.transaction(
    ['settings', 'stations', 'station_pages', 'forms', 'receipts'],
    'readwrite',
    STRICT,
  )
  const account_id = enrolment ? String(enrolment.account.id) : ''
  await Promise.all([
    change.objectStore('stations').clear(),
    change.objectStore('station_pages').clear(),
    change.objectStore('forms').clear(),
    change.objectStore('receipts').clear(),
    change.objectStore('settings').delete('forms_etag'),
    change.objectStore('settings').delete('stations_as_of'),
    change.objectStore('settings').delete('enrolment'),
    change.objectStore('settings').put({ at: now.toISOString(), account_id }, 'revoked'),
    change.done,
  ])
  announce('enrolment')
  announce('stations')
  announce('outbox')
}

/** The account whose visits may be shown and sent now; null when nobody is enrolled. */
export async function currentAccountId(database: Database): Promise<string | null> {
  const enrolment = await readSetting(database, 'enrolment')
  return enrolment ? String(enrolment.account.id) : null
}
