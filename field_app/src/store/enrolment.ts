/** Who this phone belongs to, and what happens when the server takes that back. */

import type { Enrolled } from '../api/wire'
import { announce, type Topic } from './changes'
import { sealEnrolment } from './private_rows'
import { type Database, type Enrolment, readSetting, type SettingValues, STRICT } from './database'

/** All that came down from the server and could be read by whoever holds the phone. */
const DOWNLOADED = ['stations', 'forms', 'tasks', 'returned', 'last_photos'] as const
const DOWNLOADED_SETTINGS: (keyof SettingValues)[] = [
  'forms_etag', 'stations_as_of', 'cursor', 'ground', 'ground_etag', 'ground_asked', 'months', 'sealed_months', 'last_photos_day',
]
/** What was made on this phone. */
const MADE = ['drafts', 'month_drafts', 'records', 'photos', 'photo_lines'] as const

const TOPICS: Topic[] = ['enrolment', 'stations', 'months', 'outbox']

/** Keep the token; what was downloaded for whoever was here before is erased in the same transaction. */
export async function keepEnrolment(database: Database, enrolled: Enrolled): Promise<Enrolment> {
  const enrolment = await sealEnrolment({
    token: enrolled.token,
    account: enrolled.account,
    device_id: String(enrolled.device_id),
  })
  const change = database.transaction(['settings', ...DOWNLOADED], 'readwrite', STRICT)
  const settings = change.objectStore('settings')
  await Promise.all([
    ...DOWNLOADED.map((name) => change.objectStore(name).clear()),
    ...DOWNLOADED_SETTINGS.map((key) => settings.delete(key)),
    settings.delete('revoked'),
    settings.put(enrolment, 'enrolment'),
    change.done,
  ])
  TOPICS.forEach(announce)
  return enrolment
}

/**
 * Erase all that a revoked phone could read. Visits the server never acknowledged stay, to be counted and exported,
 * unless `unsent` says that the phone is lost and they must go as well.
 */
export async function eraseAccess(database: Database, now: Date, unsent = false): Promise<void> {
  const enrolment = await readSetting(database, 'enrolment')
  const change = database.transaction(['settings', 'receipts', ...DOWNLOADED, ...MADE], 'readwrite', STRICT)
  const settings = change.objectStore('settings')
  const account_id = enrolment ? String(enrolment.account.id) : ''
  await Promise.all([
    ...DOWNLOADED.map((name) => change.objectStore(name).clear()),
    ...(unsent ? MADE.map((name) => change.objectStore(name).clear()) : []),
    change.objectStore('receipts').clear(),
    ...DOWNLOADED_SETTINGS.map((key) => settings.delete(key)),
    settings.delete('enrolment'),
    settings.put({ at: now.toISOString(), account_id }, 'revoked'),
    change.done,
  ])
  TOPICS.forEach(announce)
}

/** The account whose visits may be shown and sent now; null when nobody is enrolled. */
export async function currentAccountId(database: Database): Promise<string | null> {
  const enrolment = await readSetting(database, 'enrolment')
  return enrolment ? String(enrolment.account.id) : null
}
