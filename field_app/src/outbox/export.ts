/** The last resort: everything unsent in one file that staff can read in. Made photo by photo, to spare the memory. */

import { type Database, readSetting } from '../store/database'
import { isTouched } from './drafts'
import { listPhotos } from './records'

function toBase64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes)
  let text = ''
  for (let start = 0; start < view.length; start += 0x8000) {
    text += String.fromCharCode(...Array.from(view.subarray(start, start + 0x8000)))
  }
  return btoa(text)
}

async function writePhotos(database: Database, visit_id: string, write: (text: string) => void): Promise<void> {
  write('"photos":[')
  let first = true
  for (const { sha256 } of await listPhotos(database, visit_id)) {
    const row = await database.get('photos', [visit_id, sha256])
    if (!row) continue
    const { purpose, size, mime, taken_at } = row
    write(`${first ? '' : ','}${JSON.stringify({ sha256, purpose, size, mime, taken_at, bytes_base64: toBase64(row.bytes) })}`)
    first = false
  }
  write(']')
}

/** Write the outbox as pieces of one JSON text; `write` collects them. Records carry the very bytes that would be sent. */
export async function writeExport(database: Database, now: Date, write: (text: string) => void): Promise<void> {
  const enrolment = await readSetting(database, 'enrolment')
  const head = { format: 'cunzhan-outbox', version: 1, exported_at: now.toISOString(), device_id: enrolment?.device_id ?? null }
  write(`${JSON.stringify(head).slice(0, -1)},"records":[`)
  let first = true
  for (const id of await database.getAllKeys('records')) {
    const record = await database.get('records', id)
    if (!record) continue
    const { account_id, station_code, captured_at, state, sha256, quarantine_id } = record
    const line = { id, account_id, station_code, captured_at, state, sha256, quarantine_id, body_base64: toBase64(record.body) }
    write(`${first ? '' : ','}${JSON.stringify(line).slice(0, -1)},`)
    await writePhotos(database, id, write)
    write('}')
    first = false
  }
  write('],"drafts":[')
  first = true
  for (const draft of (await database.getAll('drafts')).filter(isTouched)) {
    const { form, ...line } = draft
    write(`${first ? '' : ','}${JSON.stringify({ ...line, form_version: form.version, photos: undefined }).slice(0, -1)},`)
    await writePhotos(database, draft.id, write)
    write('}')
    first = false
  }
  write(']}')
}
