/** The last resort: everything unsent in one file that staff can read in. A line of JSON for each thing, photo by photo. */

import { type Database, type Draft, type MonthDraft, type OutboxRecord, readSetting } from '../store/database'
import { openDraft, openMonth, openRecord } from '../store/private_rows'
import { Locked } from '../store/vault'
import { isTouched } from './drafts'
import { listPhotos } from './records'

export type Write = (line: string) => void

function toBase64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes)
  let text = ''
  for (let start = 0; start < view.length; start += 0x8000) {
    text += String.fromCharCode(...Array.from(view.subarray(start, start + 0x8000)))
  }
  return btoa(text)
}

/**
 * Give what was read; of what cannot be read a line says which it is and why, and the rest of the file is written all
 * the same. What is merely locked is no line: the person can open it.
 */
async function readOr<T>(line: (thing: object) => void, of: object, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (reason) {
    if (reason instanceof Locked) throw reason
    const { name, message } = reason as Error
    line({ t: 'unreadable', ...of, why: `${name}: ${message}`.slice(0, 200) })
    return null
  }
}

type Line = (thing: object) => void

async function writePhotos(database: Database, record_id: string, write: Line): Promise<number> {
  let count = 0
  const photos = await readOr(write, { id: record_id, what: 'photos' }, () => listPhotos(database, record_id))
  for (const { sha256, purpose, size, mime, taken_at } of photos ?? []) {
    const bytes = await readOr(write, { id: record_id, what: 'photo', sha256 }, async () => {
      const row = await database.get('photos', [record_id, sha256])
      // Sent in the meantime, its line is gone too.
      if (!row && (await database.getKey('photo_lines', [record_id, sha256]))) throw new Error('no bytes')
      return row ? toBase64(row.bytes) : null
    })
    if (bytes === null) continue
    write({ t: 'photo', record_id, sha256, purpose, size, mime, taken_at, bytes_base64: bytes })
    count += 1
  }
  return count
}

/** Write the outbox, every account's; records carry the very bytes that would be sent, photos follow their record. */
export async function writeExport(database: Database, now: Date, write: Write): Promise<void> {
  const line: Line = (thing) => write(`${JSON.stringify(thing)}\n`)
  const enrolment = await readOr(() => undefined, {}, () => readSetting(database, 'enrolment'))
  const revoked = await readOr(() => undefined, {}, () => readSetting(database, 'revoked'))
  line({
    t: 'head', format: 'cunzhan-outbox', version: 2, exported_at: now.toISOString(),
    device_id: enrolment?.device_id ?? null, account_id: enrolment ? String(enrolment.account.id) : (revoked?.account_id ?? null),
  })
  let [records, photos, drafts] = [0, 0, 0]
  for (const id of await database.getAllKeys('records')) {
    records += await writeOne(line, id, 'record', async () => describeRecord(await database.get('records', id)))
    photos += await writePhotos(database, id, line)
  }
  for (const id of await database.getAllKeys('drafts')) {
    const written = await writeOne(line, id, 'draft', async () => describeDraft(await database.get('drafts', id)))
    drafts += written
    // An unreadable draft may have photos all the same.
    photos += await writePhotos(database, id, line)
  }
  for (const id of await database.getAllKeys('month_drafts')) {
    drafts += await writeOne(line, id, 'draft', async () => describeMonth(await database.get('month_drafts', id)))
  }
  line({ t: 'end', records, photos, drafts })
}

async function writeOne(line: Line, id: string, what: string, describe: () => Promise<object | null>): Promise<number> {
  const thing = await readOr(line, { id, what }, describe)
  if (thing) line(thing)
  return thing ? 1 : 0
}

async function describeRecord(row: OutboxRecord | undefined): Promise<object | null> {
  if (!row) return null
  const { id, kind, account_id, station_code, period, seen_version, captured_at, state, sha256, quarantine_id, body } = await openRecord(row)
  return {
    t: 'record', id, kind, account_id, station_code, period, seen_version, captured_at, state, sha256, quarantine_id,
    body_base64: toBase64(body),
  }
}

async function describeDraft(row: Draft | undefined): Promise<object | null> {
  if (!row || !isTouched(row)) return null
  const { form, ...rest } = await openDraft(row)
  return { t: 'draft', ...rest, form_version: form.version }
}

async function describeMonth(row: MonthDraft | undefined): Promise<object | null> {
  if (!row) return null
  const { form, ...rest } = await openMonth(row)
  return { t: 'draft', kind: 'month', ...rest, form_version: form.version }
}
