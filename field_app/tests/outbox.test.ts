import { describe, expect, it } from 'vitest'
import type { InspectionBody } from '../src/api/wire'
import { hashBytes, makeCanonicalBytes, makeUuid } from '../src/outbox/canonical'
import { dropDraft, findDraft, keepAnswer, keepCheck, listDrafts } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { writeExport } from '../src/outbox/export'
import { listOutbox } from '../src/outbox/records'
import { DraftChanged, PhotoLost, saveVisit } from '../src/outbox/saving'
import { eraseAccess } from '../src/store/enrolment'
import { describeClock } from '../src/sync/clock'
import { begin, CLOCK, FORM, makeBytes, makePhoto, NOON, openEnrolled, saveGoneVisit } from './people'

const S1 = { code: 's1', name: '站点 s1' }
const LATER = new Date('2026-11-21T04:05:00.000Z')

describe('bytes', () => {
  it('come out the same whatever order the keys were set in', async () => {
    const bytes = makeCanonicalBytes({ b: '村', a: [1, null, true], c: undefined })
    expect(new TextDecoder().decode(bytes)).toBe('{"a":[1,null,true],"b":"村"}')
    expect(await hashBytes(bytes)).toBe('85d93eaae460ad1b3c62afa76eeabec8ba43c78fa8b1db6603524ae63d5f0b2f')
  })

  it('hash the empty text to the known value', async () => {
    expect(await hashBytes(new ArrayBuffer(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('never hold a number that JSON cannot', () => {
    expect(() => makeCanonicalBytes({ a: NaN })).toThrow(RangeError)
  })

  it('name records by random UUIDs of version 4', () => {
    expect(makeUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(makeUuid()).not.toBe(makeUuid())
  })
})

describe('a draft', () => {
  it('is gone on with, on the form it was begun on', async () => {
    const database = await openEnrolled()
    const begun = await begin(database, S1)
    await keepAnswer(database, begun.id, 'observed_state', 'gone', LATER)
    const again = await begin(database, S1, { form: { ...FORM, version: 'f2' }, now: LATER })
    expect(again).toMatchObject({ id: begun.id, answers: { observed_state: 'gone' }, form: { version: 'f1' }, started_at: NOON.toISOString() })
  })

  it('that was only looked at counts as none and begins anew', async () => {
    const database = await openEnrolled()
    const begun = await begin(database, S1)
    expect(await listDrafts(database, '7')).toEqual([])
    const again = await begin(database, S1, { form: { ...FORM, version: 'f2' }, now: LATER })
    expect(again).toMatchObject({ id: begun.id, form: { version: 'f2' }, started_at: LATER.toISOString() })
  })

  it('belongs to the account that began it', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    await keepAnswer(database, id, 'note', '好', NOON)
    expect(await findDraft(database, 's1', '8')).toBeNull()
  })

  it('loses no check of two quick taps', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    await Promise.all([
      keepCheck(database, id, 'checks', 'staff_present', 'yes', NOON),
      keepCheck(database, id, 'checks', 'parcel_service', 'not_seen', NOON),
    ])
    expect((await database.get('drafts', id))?.answers['checks']).toEqual({ staff_present: 'yes', parcel_service: 'not_seen' })
  })

  it('keeps the same picture once and says for what', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    const bytes = makeBytes(1000, 1)
    await keepPhoto(database, id, await makePhoto(bytes, 'front'), bytes, null, NOON)
    const second = await keepPhoto(database, id, await makePhoto(bytes, 'inside'), bytes, null, NOON)
    expect(second.already).toBe('front')
    expect(second.draft.photos.map((photo) => photo.purpose)).toEqual(['front'])
  })

  it('goes with its photos when the person throws it away', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    const bytes = makeBytes(10, 1)
    await keepPhoto(database, id, await makePhoto(bytes), bytes, null, NOON)
    await dropDraft(database, id)
    expect([await database.count('drafts'), await database.count('photos')]).toEqual([0, 0])
  })
})

describe('saving a visit', () => {
  it('makes the bytes once, whole numbers as numbers, checks and note in their own place', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    const given = { method: 'site_visit', observed_state: 'open_operating', services: ['small_cash'], cash_limit: '200', note: '好' }
    for (const [name, value] of Object.entries(given)) await keepAnswer(database, id, name, value, NOON)
    const draft = await keepCheck(database, id, 'checks', 'staff_present', 'yes', NOON)
    const record = await saveVisit(database, draft, CLOCK, LATER)
    const body = JSON.parse(new TextDecoder().decode(record.body)) as InspectionBody
    expect(body).toEqual({
      station_code: 's1',
      method: 'site_visit',
      started_at: '2026-11-21T04:00:00.000Z',
      ended_at: '2026-11-21T04:05:00.000Z',
      captured_at: '2026-11-21T04:05:00.000Z',
      observed_state: 'open_operating',
      answers: { services: ['small_cash'], cash_limit: 200 },
      checks: { staff_present: 'yes' },
      fix: null,
      note: '好',
      photos: [],
      clock: CLOCK,
      form_version: 'f1',
      not_answered: {},
      replaces: null,
    })
    expect(record.sha256).toBe(await hashBytes(record.body))
    expect(await database.count('drafts')).toBe(0)
  })

  it('takes nothing when a photo has vanished', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    const bytes = makeBytes(10, 1)
    const { draft } = await keepPhoto(database, id, await makePhoto(bytes), bytes, null, NOON)
    await database.clear('photos')
    await expect(saveVisit(database, draft, CLOCK, LATER)).rejects.toThrow(PhotoLost)
    expect([await database.count('drafts'), await database.count('records')]).toEqual([1, 0])
  })

  it('takes nothing when the draft changed meanwhile in another page', async () => {
    const database = await openEnrolled()
    const draft = await begin(database, S1)
    await keepAnswer(database, draft.id, 'note', '改', LATER)
    await expect(saveVisit(database, draft, CLOCK, LATER)).rejects.toThrow(DraftChanged)
    expect(await database.count('records')).toBe(0)
  })
})

describe('when the access is taken back', () => {
  it('erases what could be read and keeps what was never acknowledged', async () => {
    const database = await openEnrolled()
    await saveGoneVisit(database, 's1', [500])
    await database.put('forms', FORM)
    await eraseAccess(database, LATER)
    const counts = await Promise.all((['forms', 'stations', 'records', 'photos'] as const).map((name) => database.count(name)))
    expect(counts).toEqual([0, 0, 1, 1])
    expect(await database.get('settings', 'enrolment')).toBeUndefined()
  })

  it('still exports every byte', async () => {
    const database = await openEnrolled()
    const record = await saveGoneVisit(database, 's1', [70_000])
    await eraseAccess(database, LATER)
    let text = ''
    await writeExport(database, LATER, (piece) => (text += piece))
    const lines = text.trim().split('\n').map((line) => JSON.parse(line))
    expect(lines.map(({ t: kind }) => kind)).toEqual(['head', 'record', 'photo', 'end'])
    expect(lines[0]).toEqual({ t: 'head', format: 'cunzhan-outbox', version: 2, exported_at: LATER.toISOString(), device_id: null, account_id: '7' })
    expect(lines[1]).toMatchObject({ id: record.id, kind: 'visit', account_id: '7', station_code: 's1', period: '', seen_version: null, state: 'ready', sha256: record.sha256 })
    expect(Buffer.from(lines[1].body_base64, 'base64').equals(Buffer.from(record.body))).toBe(true)
    expect(lines[2]).toMatchObject({ record_id: record.id, purpose: 'front', size: 70_000, mime: 'image/jpeg', taken_at: NOON.toISOString() })
    expect(Buffer.from(lines[2].bytes_base64, 'base64').equals(Buffer.from(makeBytes(70_000, 100)))).toBe(true)
    expect(lines[3]).toEqual({ t: 'end', records: 1, photos: 1, drafts: 0 })
  })
})

describe('the clock', () => {
  const heard = { server_time: '2026-11-21T03:00:00Z', signed_time: 's', wall_ms: 0, monotonic_ms: 1000, page: 'p' }

  it('counts from the last server time heard by the same page only', () => {
    expect(describeClock(heard, NOON, 4500, 'p').monotonic_ms_since_sync).toBe(3500)
    expect(describeClock(heard, NOON, 4500, 'q')).toMatchObject({ monotonic_ms_since_sync: null, last_server_time: '2026-11-21T03:00:00Z' })
  })
})

describe('the list of the outbox', () => {
  it('shows this account only, oldest first, photos without their bytes', async () => {
    const database = await openEnrolled()
    await saveGoneVisit(database, 's1', [10, 20])
    expect((await listOutbox(database, '7')).map(({ photos }) => photos.map((photo) => photo.size).sort())).toEqual([[10, 20]])
    expect(await listOutbox(database, '8')).toEqual([])
  })
})
