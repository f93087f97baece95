/** The phone's own database: its tables, how it is opened, and how strictly it writes. */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'
import type {
  Account, Answer, Checks, FilingReceipt, Form, FoundReceipt, Ground, MyMonths, PhotoClaim, Problem, Receipt,
  ReturnedVisit, Station, Task,
} from '../api/wire'

export type DraftKind = 'visit' | 'found'

export type Draft = {
  id: string
  kind: DraftKind
  account_id: string
  /** Empty for a station that is on no list. */
  station_code: string
  station_name: string
  /** The form it was begun on; it is finished on the same one after a newer is published. */
  form: Form
  started_at: string
  changed_at: string
  answers: Record<string, Answer | Checks>
  /** Questions left open on purpose: not_seen or not_applicable. */
  not_answered: Record<string, string>
  position: Position | null
  photos: PhotoClaim[]
  /** The returned visit that this one makes good. */
  replaces: string | null
  /** Photos of that visit which the server has: kept without bytes on this phone. */
  held_photos: string[]
  /** Codes of the stations shown as near before «new station» was offered. */
  nearby: string[]
}

/** A month while its owner fills it in; values as typed. */
export type MonthDraft = {
  id: string
  period: string
  account_id: string
  station_code: string
  form: Form
  changed_at: string
  values: Record<string, string>
  is_nil: boolean
  reason: string
  /** The version its author had before the eyes; null for a first filing. */
  seen_version: number | null
}

export type Position = { lon: number; lat: number; accuracy_m: number; at: string }

export type RecordKind = 'visit' | 'month' | 'found'

export type RecordState = 'ready' | 'sending' | 'acknowledged' | 'refused' | 'kept_aside'

export type OutboxRecord = {
  id: string
  kind: RecordKind
  account_id: string
  station_code: string
  station_name: string
  /** Of a visit; empty otherwise. */
  observed_state: string
  /** Of a month: 202606; empty otherwise. */
  period: string
  seen_version: number | null
  captured_at: string
  state: RecordState
  /** The bytes to send, made once; every resend is the same to the byte. */
  body: ArrayBuffer
  sha256: string
  tries: number
  next_try_at: number
  problem: Problem | null
  receipt: AnyReceipt | null
  quarantine_id: string | null
}

export type AnyReceipt = Receipt | FoundReceipt | FilingReceipt

export type PhotoRow = PhotoClaim & {
  visit_id: string
  bytes: ArrayBuffer
  /** At most 30 kB, sent before the photo itself; null when none could be made. */
  preview: ArrayBuffer | null
  preview_sent: boolean
  sent_bytes: number
  tries: number
  next_try_at: number
  problem: Problem | null
  /** Sent and refused for good, or not wanted for a record kept aside: the phone goes on keeping it. */
  held: boolean
}

/** What is left on the phone of a record that the server holds whole. */
export type ReceiptRow = {
  id: string
  kind: RecordKind
  period: string
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
  /** How far the changes have come down; see `sync/changes.ts`. */
  cursor: string
  signed_time: string
  ground: Ground
  ground_etag: string
  months: MyMonths
  /** Full photos on any network, or only where the phone says it is Wi-Fi. */
  photos_over: 'any' | 'wifi'
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
  tasks: { key: number; value: Task }
  returned: { key: string; value: ReturnedVisit; indexes: { station_code: string } }
  month_drafts: { key: string; value: MonthDraft }
  /** The small picture of the last visit of a station, key `inspection_id`. */
  last_photos: { key: string; value: { inspection_id: string; bytes: ArrayBuffer; kept_at: string } }
}

export type Database = IDBPDatabase<Tables>

/** What is acknowledged to the person must survive a flat battery. */
export const STRICT = { durability: 'strict' } as const

const NAME = 'cunzhan'
const VERSION = 2

export async function openDatabase(name: string = NAME, whenClosed?: () => void): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    async upgrade(database, before, _after, change) {
      if (before < 1) createFirst(database)
      if (before < 2) {
        database.createObjectStore('tasks', { keyPath: 'id' })
        database.createObjectStore('returned', { keyPath: 'id' }).createIndex('station_code', 'station_code')
        database.createObjectStore('month_drafts', { keyPath: 'id' })
        database.createObjectStore('last_photos', { keyPath: 'inspection_id' })
        if (before === 1) await fillSecond(change)
      }
    },
    // A page of a newer version wants the tables changed: let go, the next call opens it again.
    blocking: (_old, _new, event) => {
      ;(event.target as IDBDatabase).close()
      whenClosed?.()
    },
    terminated: () => whenClosed?.(),
  })
}

function createFirst(database: Database): void {
  database.createObjectStore('settings')
  database.createObjectStore('forms', { keyPath: 'name' })
  database.createObjectStore('stations', { keyPath: 'code' })
  database.createObjectStore('station_pages', { keyPath: 'after' })
  database.createObjectStore('drafts', { keyPath: 'id' }).createIndex('station_code', 'station_code')
  database.createObjectStore('records', { keyPath: 'id' })
  database.createObjectStore('photos', { keyPath: ['visit_id', 'sha256'] }).createIndex('visit_id', 'visit_id')
  database.createObjectStore('receipts', { keyPath: 'id' }).createIndex('done_at', 'done_at')
}

type Upgrade = IDBPTransaction<Tables, StoreNames<Tables>[], 'versionchange'>

/** What a phone of the first version keeps is given the fields of the second; nothing of it is thrown away. */
async function fillSecond(change: Upgrade): Promise<void> {
  const drafts = change.objectStore('drafts')
  for (const draft of await drafts.getAll()) {
    await drafts.put({ ...draft, kind: 'visit', not_answered: {}, replaces: null, held_photos: [], nearby: [] })
  }
  const records = change.objectStore('records')
  for (const record of await records.getAll()) await records.put({ ...record, kind: 'visit', period: '', seen_version: null })
  const receipts = change.objectStore('receipts')
  for (const receipt of await receipts.getAll()) await receipts.put({ ...receipt, kind: 'visit', period: '' })
  // One by one: all photos at once would not fit a small phone's memory.
  for (let cursor = await change.objectStore('photos').openCursor(); cursor; cursor = await cursor.continue()) {
    await cursor.update({ ...cursor.value, preview: null, preview_sent: false })
  }
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
