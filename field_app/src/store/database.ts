/** The phone's own database: how it is opened, and how strictly it writes. Its rows are in `tables.ts`. */

import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'
import type { PhotoLine, SettingValues, Tables } from './tables'

export type * from './tables'

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
        const lines = database.createObjectStore('photo_lines', { keyPath: ['visit_id', 'sha256'] })
        lines.createIndex('visit_id', 'visit_id')
        database.createObjectStore('tasks', { keyPath: 'id' })
        database.createObjectStore('returned', { keyPath: 'id' }).createIndex('station_code', 'station_code')
        database.createObjectStore('month_drafts', { keyPath: 'id' })
        database.createObjectStore('last_photos', { keyPath: 'inspection_id' })
        if (before === 1) {
          database.deleteObjectStore('station_pages' as never)
          await fillSecond(change)
        }
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
  // One by one: all photos at once would not fit a small phone's memory. Their bytes are read and left as they lie.
  for (let cursor = await change.objectStore('photos').openCursor(); cursor; cursor = await cursor.continue()) {
    await change.objectStore('photo_lines').put(readFirstLine(cursor.value as unknown as FirstPhoto))
  }
}

/** A photo as the first version kept it: its state beside its bytes. */
type FirstPhoto = Omit<PhotoLine, 'preview'>

function readFirstLine(row: FirstPhoto): PhotoLine {
  const { visit_id, sha256, purpose, size, mime, taken_at, sent_bytes, tries, next_try_at, problem, held } = row
  return { visit_id, sha256, purpose, size, mime, taken_at, preview: 'none', sent_bytes, tries, next_try_at, problem, held }
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
