/** Who this phone belongs to, and what happens when the server takes that back. */

import type { Enrolled } from '../api/wire'
import { announce, type Topic } from './changes'
import { type Database, type Enrolling, type Enrolment, readSetting, type SettingValues, STRICT, writeSetting } from './database'
import { openAll } from './locking'
import { sealEnrolment } from './private_rows'
import { hide, holdKey, isLocked, Locked, show } from './vault'

/** All that came down from the server and could be read by whoever holds the phone. */
const DOWNLOADED = ['stations', 'forms', 'tasks', 'returned', 'last_photos'] as const
const DOWNLOADED_SETTINGS: (keyof SettingValues)[] = [
  'forms_etag', 'stations_as_of', 'cursor', 'ground', 'ground_etag', 'ground_asked', 'months', 'sealed_months', 'last_photos_day',
]
const SEAL: (keyof SettingValues)[] = ['seal_keys', 'seal_known', 'seal_head']
/** What was made on this phone. */
const MADE = ['drafts', 'month_drafts', 'records', 'photos', 'photo_lines'] as const

const TOPICS: Topic[] = ['enrolment', 'stations', 'months', 'outbox']

/**
 * The token for a code, made and kept here before the server is asked: when its answer is lost, the same code with the
 * same token is let in again. Another code has another token.
 */
export async function makeSecret(database: Database, code: string): Promise<string> {
  const sealed = await readSetting(database, 'sealed_enrolling')
  const known = sealed ? await show<Enrolling>(sealed) : await readSetting(database, 'enrolling')
  const meant = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (known?.code === meant) return known.secret
  const random = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => String.fromCharCode(byte)).join('')
  const secret = btoa(random).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
  const hidden = await hide({ code: meant, secret } satisfies Enrolling)
  if (hidden) await writeSetting(database, 'sealed_enrolling', hidden)
  else await writeSetting(database, 'enrolling', { code: meant, secret })
  return secret
}

/** Does this phone, with its PIN, go to somebody else than whom it belonged to? */
async function handsOver(database: Database, account_id: string): Promise<boolean> {
  if (!(await readSetting(database, 'lock'))) return false
  const before = (await currentAccountId(database)) ?? (await readSetting(database, 'revoked'))?.account_id ?? account_id
  return before !== account_id
}

/**
 * Keep the token; what was downloaded for whoever was here before is erased in the same transaction. A PIN belongs to a
 * person: where the phone changes hands it is taken off first, or the next one could never open what is theirs.
 * `key_known`: the server took this phone's public key with the code.
 */
export async function keepEnrolment(database: Database, enrolled: Enrolled, key_known = false): Promise<Enrolment> {
  const hands_over = await handsOver(database, String(enrolled.account.id))
  if (await isLocked(database)) throw new Locked()
  if (hands_over) await openAll(database)
  const enrolment = await sealEnrolment({
    token: enrolled.token,
    ...(enrolled.watch_token ? { watch_token: enrolled.watch_token } : {}),
    account: enrolled.account,
    device_id: String(enrolled.device_id),
  })
  const change = database.transaction(['settings', ...DOWNLOADED], 'readwrite', STRICT)
  const settings = change.objectStore('settings')
  await Promise.all([
    ...DOWNLOADED.map((name) => change.objectStore(name).clear()),
    ...DOWNLOADED_SETTINGS.map((key) => settings.delete(key)),
    settings.delete('revoked'),
    settings.delete('enrolling'),
    settings.delete('sealed_enrolling'),
    // To the server this is another phone: its chain begins anew.
    settings.delete('seal_head'),
    key_known ? settings.put(true, 'seal_known') : settings.delete('seal_known'),
    ...(hands_over ? [settings.put(true, 'handed_over')] : []),
    settings.put(enrolment, 'enrolment'),
    change.done,
  ])
  TOPICS.forEach(announce)
  return enrolment
}

/**
 * Erase all that a revoked phone could read. Visits the server never acknowledged stay, to be counted and exported,
 * unless `unsent` says that the phone is lost and they must go as well. All this works while a PIN shuts the phone; the
 * PIN goes when nothing is left that it seals.
 */
export async function eraseAccess(database: Database, now: Date, unsent = false): Promise<void> {
  const enrolment = await readSetting(database, 'enrolment')
  const change = database.transaction(['settings', 'receipts', ...DOWNLOADED, ...MADE], 'readwrite', STRICT)
  const settings = change.objectStore('settings')
  const made = await Promise.all(MADE.map((name) => change.objectStore(name).count()))
  const is_empty = unsent || made.every((count) => count === 0)
  const account_id = enrolment ? String(enrolment.account.id) : ''
  await Promise.all([
    ...DOWNLOADED.map((name) => change.objectStore(name).clear()),
    ...(unsent ? MADE.map((name) => change.objectStore(name).clear()) : []),
    change.objectStore('receipts').clear(),
    ...DOWNLOADED_SETTINGS.map((key) => settings.delete(key)),
    settings.delete('enrolment'),
    ...SEAL.map((key) => settings.delete(key)),
    settings.delete('enrolling'),
    settings.delete('sealed_enrolling'),
    ...(is_empty ? [settings.delete('lock')] : []),
    settings.put({ at: now.toISOString(), account_id }, 'revoked'),
    change.done,
  ])
  if (is_empty) holdKey(null)
  TOPICS.forEach(announce)
}

/** The account whose visits may be shown and sent now; null when nobody is enrolled. */
export async function currentAccountId(database: Database): Promise<string | null> {
  const enrolment = await readSetting(database, 'enrolment')
  return enrolment ? String(enrolment.account.id) : null
}
