/** Small builders: one station, one form, one enrolled inspector, a photo of any size. */

import type { Choice, Condition, Enrolled, FieldType, Form, FormField, PhotoClaim, PhotoPurpose, Station } from '../src/api/wire'
import { hashBytes } from '../src/outbox/canonical'
import { type Begin, beginDraft, keepAnswer } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { beginMonth, type BeginMonth, keepMonthValue, saveMonth } from '../src/outbox/months'
import { saveFound, saveVisit } from '../src/outbox/saving'
import { type Database, type Draft, type OutboxRecord, openDatabase } from '../src/store/database'
import { keepEnrolment } from '../src/store/enrolment'

export const NOON = new Date('2026-11-21T04:00:00.000Z')

export const HE_YING: Enrolled = {
  token: 'token-of-he-ying',
  watch_token: 'watch-of-he-ying',
  account: { id: 7, name: '何英', role: 'inspector', unit_code: '431125', unit_name: '江永县' },
  device_id: 1,
  server_time: '2026-11-21T03:59:00Z',
}

function choices(...values: string[]): Choice[] {
  return values.map((value) => ({ value, label_zh: value, label_en: value }))
}

function ask(name: string, type: FieldType, more: Partial<FormField> = {}): FormField {
  const none = { max_length: null, min: null, max: null, show_when: null, left_open: [], hint_zh: null, hint_en: null }
  return { name, type, label_zh: name, label_en: name, required: false, ...none, ...more }
}

const OPEN: Condition = { field: 'observed_state', in: ['open_operating'] }
const WHY = { why_zh: '证明', why_en: 'To prove it' }

export const FORM: Form = {
  name: 'inspection',
  version: 'f1',
  fields: [
    ask('method', 'choice', { required: true, choices: choices('site_visit', 'unannounced') }),
    ask('observed_state', 'choice', { required: true, choices: choices('open_operating', 'gone') }),
    ask('services', 'multi_choice', { choices: choices('parcel', 'small_cash'), show_when: OPEN }),
    ask('cash_limit', 'integer', { min: 1, max: 2000, show_when: { field: 'services', in: ['small_cash'] } }),
    ask('checks', 'check_map', { items: choices('staff_present'), show_when: OPEN }),
    ask('note', 'text', { max_length: 5 }),
  ],
  photo_rules: [
    { purpose: 'front', label_zh: '原址', label_en: 'Front', required_when: { field: 'observed_state', in: ['gone'] }, offered_when: null, ...WHY },
    { purpose: 'inside', label_zh: '室内', label_en: 'Inside', required_when: null, offered_when: null, ...WHY },
  ],
  slips: null,
}

export function makeStation(code: string, more: Partial<Station> = {}): Station {
  return {
    code,
    name: `站点 ${code}`,
    kind: 'village_point',
    village_code: '431125100201',
    village_name: '甘头村',
    township_name: '潇浦镇',
    lon: 111.34,
    lat: 25.27,
    services: [],
    listing_status: 'active',
    vitality: 'alive',
    vitality_since: null,
    last_observed_at: null,
    last_observed_state: null,
    last_visit: null,
    ...more,
  }
}

/** Bytes that look random but are the same in every run. */
export function makeBytes(size: number, seed: number): ArrayBuffer {
  const bytes = new Uint8Array(size)
  let state = seed * 2654435761 + 1
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes.buffer
}

let databases = 0

export async function openEnrolled(): Promise<Database> {
  databases += 1
  const database = await openDatabase(`test-${databases}`)
  await keepEnrolment(database, HE_YING, true)
  return database
}

export async function makePhoto(bytes: ArrayBuffer, purpose: PhotoPurpose = 'front'): Promise<PhotoClaim> {
  return { sha256: await hashBytes(bytes), purpose, size: bytes.byteLength, mime: 'image/jpeg', taken_at: NOON.toISOString(), exif: null, capture: null, seal: null }
}

export const CLOCK = { wall: NOON.toISOString(), monotonic_ms_since_sync: null, last_server_time: null, signed_time: null, time_zone: 'Asia/Shanghai' }

export function begin(database: Database, station: { code: string; name: string }, more: Partial<Begin> = {}): Promise<Draft> {
  return beginDraft(database, { kind: 'visit', station, account_id: '7', form: FORM, now: NOON, ...more })
}

/** A saved visit that found the station gone, with photos of the given sizes. */
export async function saveGoneVisit(database: Database, code: string, sizes: number[]): Promise<OutboxRecord> {
  const { id } = await begin(database, { code, name: `站点 ${code}` })
  await keepAnswer(database, id, 'method', 'site_visit', NOON)
  let draft = await keepAnswer(database, id, 'observed_state', 'gone', NOON)
  for (const [turn, size] of sizes.entries()) {
    const bytes = makeBytes(size, Number(code.replace(/\D/g, '')) * 100 + turn)
    draft = (await keepPhoto(database, id, await makePhoto(bytes), bytes, makeBytes(Math.ceil(size / 4), turn + 7), NOON)).draft
  }
  return saveVisit(database, draft, CLOCK, NOON)
}

export const MONTH_FORM: Form = {
  name: 'month',
  version: 'm1',
  fields: [ask('is_nil', 'boolean'), ask('online_sales_out', 'money'), ask('parcels_in', 'integer', { min: 0 })],
  photo_rules: [],
  slips: null,
}

/** A saved month with what was sold in it. */
export async function saveSoldMonth(database: Database, period: string, sold: string, more: Partial<BeginMonth> = {}): Promise<OutboxRecord> {
  const station = { code: 's1', name: '站点 s1' }
  const draft = await beginMonth(database, { station, period, account_id: '7', form: MONTH_FORM, seen_version: null, now: NOON, ...more })
  return saveMonth(database, await keepMonthValue(database, draft.id, 'online_sales_out', sold, NOON), CLOCK, more.now ?? NOON)
}

/** A saved station that is on no list, with a photo. */
export async function saveFoundStation(database: Database, name: string, seed: number): Promise<OutboxRecord> {
  const { id } = await beginDraft(database, { kind: 'found', station: null, account_id: '7', form: FORM, now: NOON, nearby: ['s1'] })
  const bytes = makeBytes(700, seed)
  const { draft } = await keepPhoto(database, id, await makePhoto(bytes, 'sign'), bytes, makeBytes(90, seed), NOON)
  return saveFound(database, { ...draft, form: FOUND_FORM, answers: { name, kind: 'village_point' } }, CLOCK, NOON)
}

const FOUND_FORM: Form = {
  name: 'found_station',
  version: 'n1',
  fields: [ask('name', 'text', { required: true }), ask('kind', 'choice', { choices: choices('village_point') })],
  photo_rules: [],
  slips: null,
}
