/** The phone's own database: its tables, how it is opened, and how strictly it writes. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Account, Answer, Checks, Form, PhotoClaim, Problem, Receipt, Station } from '../api/wire'

export type Draft = {
  id: string
  account_id: string
  station_code: string
  station_name: string
  /** The form it was begun on; it is finished on the same one after a newer is published. */
  form: Form
  started_at: string
  changed_at: string
  answers: Record<string, Answer | Checks>
  position: Position | null
  photos: PhotoClaim[]
}

export type Position = { lon: number; lat: number; accuracy_m: number; at: string }

export type RecordState = 'ready' | 'acknowledged' | 'refused' | 'kept_aside'

export type OutboxRecord = {
  id: string
  account_id: string
  station_code: string
  station_name: string
  observed_state: string
  captured_at: string
  state: RecordState
  /** The bytes to send, made once; every resend is the same to the byte. */
  body: ArrayBuffer
  sha256: string
  tries: number
  next_try_at: number
  problem: Problem | null
  receipt: Receipt | null
  quarantine_id: string | null
}

export type PhotoRow = PhotoClaim & {
  visit_id: string
  bytes: ArrayBuffer
  sent_bytes: number
  tries: number
  next_try_at: number
  problem: Problem | null
  /** Sent and refused for good, or not wanted for a record kept aside: the phone goes on keeping it. */
  held: boolean
}

/** What is left on the phone of a visit that the server holds whole. */
export type ReceiptRow = {
  id: string
  account_id: string
  station_code: string
  station_name: string
  observed_state: string
  captured_at: string
  received_at: string
  sha256: string
  photos: number
  done_at: string
}

export type StationPage = { after: string; etag: string | null; next: string | null; codes: string[] }

export type Enrolment = { token: string; account: Account; device_id: string }

export type ServerTime = { server_time: string; wall_ms: number; monotonic_ms: number; page: string }

export type SettingValues = {
  enrolment: Enrolment
  /** Set when the server took the access back: what the person is told, and for whom the outbox is kept. */
  revoked: { at: string; account_id: string }
  language: 'zh' | 'en'
  server_time: ServerTime
  forms_etag: string
  stations_as_of: string
  last_round: { at: string; outcome: string }
}

export interface Tables extends DBSchema {
  settings: { key: string; value: unknown }
  forms: { key: string; value: Form }
  stations: { key: string; value: Station }
  station_pages: { key: string; value: StationPage }
  drafts: { key: string; value: Draft; indexes: { station_code: string } }
  records: { key: string; value: OutboxRecord }
  photos: { key: [string, string]; value: PhotoRow; indexes: { visit_id: string } }
  receipts: { key: string; value: ReceiptRow; indexes: { done_at: string } }
}

export type Database = IDBPDatabase<Tables>

/** What is acknowledged to the person must survive a flat battery. */
export const STRICT = { durability: 'strict' } as const

const NAME = 'cunzhan'
const VERSION = 1

export async function openDatabase(name: string = NAME, whenClosed?: () => void): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('settings')
      database.createObjectStore('forms', { keyPath: 'name' })
      database.createObjectStore('stations', { keyPath: 'code' })
      database.createObjectStore('station_pages', { keyPath: 'after' })
      database.createObjectStore('drafts', { keyPath: 'id' }).createIndex('station_code', 'station_code')
      database.createObjectStore('records', { keyPath: 'id' })
      database.createObjectStore('photos', { keyPath: ['visit_id', 'sha256'] }).createIndex('visit_id', 'visit_id')
      database.createObjectStore('receipts', { keyPath: 'id' }).createIndex('done_at', 'done_at')
    },
    // A page of a newer version wants the tables changed: let go, the next call opens it again.
    blocking: (_old, _new, event) => {
      ;(event.target as IDBDatabase).close()
      whenClosed?.()
    },
    terminated: () => whenClosed?.(),
  })
}

export async function readSetting<K extends keyof SettingValues>(
  database: Database,
  key: K,
): Promise<SettingValues[K] | null> {
  return ((await database.get('settings', key)) as SettingValues[K] | undefined) ?? null
}

export async function writeSetting<K extends keyof SettingValues>(
  database: Database,
  key: K,
  value: SettingValues[K],
): Promise<void> {
  const change = database.transaction('settings', 'readwrite', STRICT)
  await change.store.put(value, key)
  await change.done
}
