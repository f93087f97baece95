/** The last resort: everything unsent in one file that staff can read in. A line of JSON for each thing, photo by photo. */

import { type Database, readSetting } from '../store/database'
import { openDraft, openMonth, openRecord } from '../store/private_rows'
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

async function writePhotos(database: Database, record_id: string, write: (line: object) => void): Promise<number> {
  let count = 0
  for (const { sha256, purpose, size, mime, taken_at } of await listPhotos(database, record_id)) {
    const row = await database.get('photos', [record_id, sha256])
    if (!row) continue
    write({ t: 'photo', record_id, sha256, purpose, size, mime, taken_at, bytes_base64: toBase64(row.bytes) })
    count += 1
  }
  return count
}

/** Write the outbox, every account's; records carry the very bytes that would be sent, photos follow their record. */
export async function writeExport(database: Database, now: Date, write: Write): Promise<void> {
  const line = (thing: object): void => write(`${JSON.stringify(thing)}\n`)
  const enrolment = await readSetting(database, 'enrolment')
  const revoked = await readSetting(database, 'revoked')
  line({
    t: 'head', format: 'cunzhan-outbox', version: 2, exported_at: now.toISOString(),
    device_id: enrolment?.device_id ?? null, account_id: enrolment ? String(enrolment.account.id) : (revoked?.account_id ?? null),
  })
  let [records, photos, drafts] = [0, 0, 0]
  for (const id of await database.getAllKeys('records')) {
    const row = await database.get('records', id)
    if (!row) continue
    const record = await openRecord(row)
    const { kind, account_id, station_code, period, seen_version, captured_at, state, sha256, quarantine_id, body } = record
    line({
      t: 'record', id, kind, account_id, station_code, period, seen_version, captured_at, state, sha256, quarantine_id,
      body_base64: toBase64(body),
    })
    records += 1
    photos += await writePhotos(database, id, line)
  }
  for (const draft of (await database.getAll('drafts')).filter(isTouched)) {
    const { form, ...rest } = await openDraft(draft)
    line({ t: 'draft', ...rest, form_version: form.version })
    drafts += 1
    photos += await writePhotos(database, draft.id, line)
  }
  for (const draft of await database.getAll('month_drafts')) {
    const { form, ...rest } = await openMonth(draft)
    line({ t: 'draft', kind: 'month', ...rest, form_version: form.version })
    drafts += 1
  }
  line({ t: 'end', records, photos, drafts })
}
