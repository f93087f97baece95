import { describe, expect, it } from 'vitest'
import type { InspectionBody, Problem, ReturnedVisit } from '../src/api/wire'
import { findDraft, keepAnswer, keepCheck, keepNotAnswered, keepPosition, listDrafts, takeUpReturned } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { beginCorrected, dismissKeptAside } from '../src/outbox/mending'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { saveVisit } from '../src/outbox/saving'
import type { Database, OutboxRecord } from '../src/store/database'
import { readOwnToday, waitsHere } from '../src/screens/work/held'
import { keepServerTime, readNow } from '../src/sync/clock'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { begin, CLOCK, FORM, makeBytes, makePhoto, NOON, openEnrolled, saveFoundStation, saveGoneVisit } from './people'

const AUTO = { by_hand: false }
const LATER = new Date('2026-11-21T04:05:00.000Z')

const read = (body: ArrayBuffer): InspectionBody => JSON.parse(new TextDecoder().decode(body)) as InspectionBody

const REASON = { code: 'BAD_INPUT', status: 422, errors: { note: ['太长 / too long'] }, details: {} } as unknown as Problem

/** A server that keeps aside whatever comes under these ids, and says why. */
function refuse(server: Server, ids: string[], reason: Problem = REASON): void {
  server.fault = (call) =>
    call.method === 'PUT' && ids.some((id) => call.path.includes(id))
      ? { status: 202, body: { code: 'KEPT_ASIDE', reason, quarantine_id: 9, durable: true } }
      : null
}

async function keptAside(reason: Problem = REASON): Promise<{ database: Database; server: Server; record: OutboxRecord }> {
  const [database, server] = [await openEnrolled(), new Server()]
  const record = await saveGoneVisit(database, 's1', [100])
  refuse(server, [record.id], reason)
  expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
  return { database, server, record }
}

describe('a visit kept aside', () => {
  it('keeps the reason, alone and in a batch, and where the refusal itself says that it was kept', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const first = await saveGoneVisit(database, 's1', [])
    const second = await saveGoneVisit(database, 's2', [])
    refuse(server, [first.id, second.id])
    await runRound(makeParts(database, server), AUTO)
    const third = await saveGoneVisit(database, 's3', [])
    const details = { quarantine_id: 12, durable: true }
    server.fault = (call) => (call.path.includes(third.id) ? { status: 413, body: { code: 'BODY_TOO_LARGE', status: 413, details } } : null)
    await runRound(makeParts(database, server), AUTO)
    const held = (await listOutbox(database, '7')).map(({ record }) => [record.station_code, record.state, record.quarantine_id, record.problem?.code])
    expect(held.sort()).toEqual([
      ['s1', 'kept_aside', '9', 'BAD_INPUT'], ['s2', 'kept_aside', '9', 'BAD_INPUT'], ['s3', 'kept_aside', '12', 'BODY_TOO_LARGE'],
    ])
  })

  it('is mended as a record of its own, its photo still held; the first stays listed until it is dismissed', async () => {
    const { database, server, record } = await keptAside()
    const draft = await beginCorrected(database, record.id, FORM, LATER)
    expect(draft).toMatchObject({ station_code: 's1', answers: { observed_state: 'gone' }, started_at: NOON.toISOString() })
    expect(draft?.id).not.toBe(record.id)
    expect(draft?.held_photos).toHaveLength(1)
    expect((await listDrafts(database, '7')).map(({ id }) => id)).toEqual([draft?.id])
    const mended = await saveVisit(database, await keepAnswer(database, draft!.id, 'note', '改', LATER), CLOCK, LATER)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(server.records.get(mended.id)?.photos).toHaveLength(1)
    expect((await listOutbox(database, '7')).map((line) => [line.record.id, line.record.state])).toEqual([[record.id, 'kept_aside']])
    expect(await listReceipts(database, '7')).toHaveLength(1)
    // It was mended: a second press begins nothing.
    expect(await beginCorrected(database, record.id, FORM, LATER)).toBeNull()
    await dismissKeptAside(database, record.id)
    expect(await listOutbox(database, '7')).toEqual([])
  })

  it('takes a photo along that is still on the phone, and both can be sent', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [100])
    server.fault = (call) => {
      if (call.path.includes('/media/')) return { status: 503, body: { code: 'BUSY', status: 503 } }
      return call.path.includes(record.id) ? { status: 202, body: { code: 'KEPT_ASIDE', reason: REASON, quarantine_id: 9, durable: true } } : null
    }
    await runRound(makeParts(database, server), AUTO)
    const draft = await beginCorrected(database, record.id, FORM, LATER)
    expect(draft?.held_photos).toEqual([])
    expect((await database.getAllFromIndex('photos', 'visit_id', draft!.id)).map(({ bytes }) => bytes.byteLength)).toEqual([100])
    await saveVisit(database, draft!, CLOCK, LATER)
    refuse(server, [])
    const clock = { ms: NOON.getTime() + 3_600_000 }
    // The picture is the same: once it is there for one of them, the next plan says so for the other.
    await runRound(makeParts(database, server, clock), { by_hand: true })
    expect(await runRound(makeParts(database, server, clock), { by_hand: true })).toBe('all_sent')
    expect(await database.count('photos')).toBe(0)
  })

  it('gives the one begun on a second press, and another once that was thrown away', async () => {
    const { database, record } = await keptAside()
    const first = await beginCorrected(database, record.id, FORM, LATER)
    expect((await beginCorrected(database, record.id, FORM, LATER))?.id).toBe(first?.id)
    await database.delete('drafts', first!.id)
    expect((await beginCorrected(database, record.id, FORM, LATER))?.id).not.toBe(first?.id)
  })

  it('for a wrong clock begins now: its end would lie before its beginning', async () => {
    const { database, record } = await keptAside({ ...REASON, code: 'TIME_IN_FUTURE' })
    const right = new Date(NOON.getTime() - 86_400_000)
    const draft = await beginCorrected(database, record.id, FORM, right)
    const body = read((await saveVisit(database, draft!, CLOCK, right)).body)
    expect(Date.parse(body.started_at)).toBeLessThanOrEqual(Date.parse(body.ended_at))
    expect(body.ended_at).toBe(right.toISOString())
  })

  it.each([['REPLACES_REFUSED', null], ['BAD_INPUT', 'r1']])('for %s replaces %s', async (code, replaces) => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id } = await saveGoneVisit(database, 's1', [])
    const row = (await database.get('records', id))!
    const body = new TextEncoder().encode(JSON.stringify({ ...read(row.body), replaces: 'r1' })).buffer as ArrayBuffer
    await database.put('records', { ...row, body })
    refuse(server, [id], { ...REASON, code } as Problem)
    await runRound(makeParts(database, server), AUTO)
    expect(await beginCorrected(database, id, FORM, LATER)).toMatchObject({ replaces })
  })

  it('may be a found station', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveFoundStation(database, '新站', 5)
    refuse(server, [record.id])
    await runRound(makeParts(database, server), AUTO)
    const draft = await beginCorrected(database, record.id, FORM, LATER)
    expect(draft).toMatchObject({ kind: 'found', answers: { name: '新站' } })
    expect(await findDraft(database, '', '7', 'found')).toMatchObject({ id: draft?.id })
  })
})

const S1 = { code: 's1', name: '站点 s1' }
const HELD = { sha256: 'a'.repeat(64), purpose: 'inside', size: 5, mime: 'image/jpeg', taken_at: NOON.toISOString() }

const RETURNED = {
  id: 'r1', station_code: 's1', method: 'site_visit', observed_state: 'open_operating', said: '旧',
  answers: { services: ['parcel', 'small_cash'], cash_limit: 100 }, checks: { staff_present: 'no', parcel_service: 'yes' },
  not_answered: {}, photos: [HELD, { ...HELD, sha256: 'b'.repeat(64), purpose: 'front' }],
  note: '请再看', marks: [], returned_by: '唐', returned_at: LATER.toISOString(),
} as unknown as ReturnedVisit

describe('a visit that comes back over one begun', () => {
  it('is taken up by one tap: what was given wins, what it brings is added', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    await keepAnswer(database, id, 'note', '新', NOON)
    await keepCheck(database, id, 'checks', 'staff_present', 'yes', NOON)
    await keepNotAnswered(database, id, 'services', 'not_seen', NOON)
    const bytes = makeBytes(50, 1)
    const front = await makePhoto(bytes, 'front')
    await keepPhoto(database, id, front, bytes, null, NOON)
    // It was begun without it, and opening it again changes nothing.
    expect(await begin(database, S1, { replaces: RETURNED })).toMatchObject({ id, replaces: null, answers: { note: '新' } })
    const draft = await takeUpReturned(database, id, RETURNED, LATER)
    expect(draft).toMatchObject({
      replaces: 'r1',
      answers: { note: '新', checks: { staff_present: 'yes', parcel_service: 'yes' }, observed_state: 'open_operating', cash_limit: 100 },
      not_answered: { services: 'not_seen' },
      held_photos: [HELD.sha256],
    })
    expect(draft.answers['services']).toBeUndefined()
    expect(draft.photos.map(({ sha256 }) => sha256)).toEqual([front.sha256, HELD.sha256])
    const body = read((await saveVisit(database, draft, CLOCK, LATER)).body)
    expect(body).toMatchObject({ replaces: 'r1', note: '新', observed_state: 'open_operating' })
  })
})

describe('a position', () => {
  const fix = (second: number, accuracy_m: number) =>
    ({ lon: 111.34, lat: 25.27, accuracy_m, at: new Date(NOON.getTime() + second * 1000).toISOString() })

  it('once good is not pushed out by a first coarse fix, unless it is stale', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, S1)
    await keepPosition(database, id, fix(0, 12), NOON)
    expect((await keepPosition(database, id, fix(60, 800), NOON)).position?.accuracy_m).toBe(12)
    expect((await keepPosition(database, id, fix(70, 9), NOON)).position?.accuracy_m).toBe(9)
    expect((await keepPosition(database, id, fix(371, 30), NOON)).position?.accuracy_m).toBe(30)
  })
})

describe('today', () => {
  it('is the server\'s, also for the visits of a phone whose clock is a day behind', async () => {
    const database = await openEnrolled()
    await saveGoneVisit(database, 's1', [])
    // Noon here is noon of the 22nd there.
    await keepServerTime(database, '2026-11-22T04:00:00Z', NOON)
    expect((await readNow(database, LATER)).toISOString()).toBe('2026-11-22T04:05:00.000Z')
    const today = await readOwnToday(database, LATER)
    expect(today.now.toISOString()).toBe('2026-11-22T04:05:00.000Z')
    expect(Array.from(today.own)).toEqual(['s1'])
    const tomorrow = await readOwnToday(database, new Date(LATER.getTime() + 86_400_000))
    expect(Array.from(tomorrow.own)).toEqual([])
  })

  it('says that a visit waits here until the server has it, and not another account\'s', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [])
    expect([await waitsHere(database, 's1'), await waitsHere(database, 's2')]).toEqual([true, false])
    await database.put('records', { ...record, account_id: '8' })
    expect(await waitsHere(database, 's1')).toBe(false)
    await database.put('records', record)
    await runRound(makeParts(database, server), AUTO)
    expect(await waitsHere(database, 's1')).toBe(false)
  })
})
