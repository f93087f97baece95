import { describe, expect, it } from 'vitest'
import { keepAnswer, keepNotAnswered, listDrafts } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { reopenRefused } from '../src/outbox/mending'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { saveVisit } from '../src/outbox/saving'
import type { InspectionBody, MonthBody, ReturnedVisit } from '../src/api/wire'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { begin, CLOCK, FORM, makeBytes, makePhoto, NOON, openEnrolled, saveFoundStation, saveGoneVisit, saveSoldMonth } from './people'

const AUTO = { by_hand: false }
const HAND = { by_hand: true }
const LATER = new Date('2026-11-21T04:05:00.000Z')

const paths = (server: Server): string[] => server.calls.map(({ method, path }) => `${method} ${path.replace('/api/v1/', '').split(/[?]/)[0]}`)
const read = <T>(body: ArrayBuffer): T => JSON.parse(new TextDecoder().decode(body)) as T

describe('many visits', () => {
  it('go in one call, each judged alone', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const bad = await saveGoneVisit(database, 's1', [])
    const aside = await saveGoneVisit(database, 's2', [])
    for (const code of ['s3', 's4', 's5']) await saveGoneVisit(database, code, [])
    server.records.set(aside.id, { sha256: 'other', photos: [], times: 1 })
    server.fault = (call) => (call.path.endsWith(bad.id) ? { status: 422, body: { code: 'BAD_INPUT', status: 422 } } : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    expect(paths(server).slice(0, 3)).toEqual(['POST sync/plan', 'POST sync/records', 'GET forms'])
    const states = (await listOutbox(database, '7')).map(({ record }) => [record.id, record.state]).sort()
    expect(states).toEqual([[bad.id, 'refused'], [aside.id, 'kept_aside']].sort())
    expect(await listReceipts(database, '7')).toHaveLength(3)
  })

  it('are asked one by one where the batch fails as a whole, and wait together where the server is busy', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    for (const code of ['s1', 's2', 's3']) await saveGoneVisit(database, code, [])
    const clock = { ms: NOON.getTime() }
    server.fault = (call) => (call.path.includes('/sync/records') ? { status: 503, body: { code: 'BUSY', status: 503 } } : null)
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    expect(server.calls.filter(({ path }) => path.includes('/inspections/'))).toHaveLength(0)
    server.fault = (call) => (call.path.includes('/sync/records') ? { status: 500, body: { code: 'INTERNAL', status: 500 } } : null)
    clock.ms += 60_000
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('all_sent')
    expect(server.calls.filter(({ path }) => path.includes('/inspections/'))).toHaveLength(3)
  })

  it('are cut into calls that a slow line carries in some seconds', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    for (let turn = 0; turn < 120; turn += 1) await saveGoneVisit(database, `s${turn}`, [])
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    const sizes = server.calls.filter(({ path }) => path.includes('/sync/records')).map(({ body }) => body.length)
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThan(45_000)
    expect(server.records.size).toBe(120)
  })
})

describe('while the bytes travel', () => {
  it('a record is shown as being sent, and falls back when the line dies', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [])
    const seen: string[] = []
    const plain = server.fetch
    server.fetch = async (input, init) => {
      if (String(input).includes('/inspections/')) seen.push((await database.get('records', record.id))?.state ?? '')
      return plain(input, init)
    }
    server.fault = (call) => (call.path.includes('/inspections/') ? 'lost' : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('offline')
    expect([seen, (await database.get('records', record.id))?.state]).toEqual([['sending'], 'ready'])
  })
})

describe('a month', () => {
  it('travels with its key, its moment of sending and no figure of a month without sales', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveSoldMonth(database, '202610', '１２，000 元')
    await saveSoldMonth(database, '202609', '5', { is_nil: true, now: LATER })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    const [call, other] = server.calls.filter(({ path }) => path.includes('/sales-reports/'))
    expect(call?.headers.get('Idempotency-Key')).toBe(record.id)
    expect(call?.headers.get('If-Match')).toBeNull()
    expect(JSON.parse(call?.body.toString() ?? '') as MonthBody).toMatchObject({ online_sales_out: '12000', is_nil: false, sent_at: '2026-11-21T05:00:00.000Z', captured_at: NOON.toISOString() })
    expect(JSON.parse(other?.body.toString() ?? '') as MonthBody).toMatchObject({ online_sales_out: null, is_nil: true })
    expect((await listReceipts(database, '7')).map(({ kind, period }) => `${kind} ${period}`).sort()).toEqual(['month 202609', 'month 202610'])
  })

  it('corrected before its first filing was answered follows on from that filing', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveSoldMonth(database, '202610', '12')
    await saveSoldMonth(database, '202610', '15', { now: LATER, reason: '漏记' })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(server.months.get('202610')?.map(({ said }) => (JSON.parse(said) as MonthBody).online_sales_out)).toEqual(['12', '15'])
    expect(server.calls.filter(({ path }) => path.includes('/sales-reports/')).map(({ headers }) => headers.get('If-Match'))).toEqual([null, '"1"'])
  })

  it('that another device filed meanwhile is refused with both versions at hand', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    server.months.set('202610', [{ key: 'elsewhere', said: '{}' }])
    const record = await saveSoldMonth(database, '202610', '12')
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    const kept = await database.get('records', record.id)
    expect(kept).toMatchObject({
      state: 'refused',
      problem: { code: 'CONFLICT_VERSION', details: { current: { version: 1, values: { online_sales_out: '9.00' } }, sent: { values: { online_sales_out: '12' } } } },
    })
    expect(await runRound(makeParts(database, server), HAND)).toBe('mending')
    expect(server.calls.filter(({ path }) => path.includes('/sales-reports/'))).toHaveLength(1)
  })
})

describe('a station on no list', () => {
  it('arrives with its photo and what was near', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveFoundStation(database, '新店', 5)
    expect(read(record.body)).toMatchObject({ name: '新店', kind: 'village_point', nearby: ['s1'], form_version: 'n1' })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect([[...server.found.keys()], server.media.size, server.previews.size]).toEqual([[record.id], 1, 1])
  })
})

const RETURNED: ReturnedVisit = {
  id: '0b0f7d5e-0000-4000-8000-000000000001', station_code: 's1', returned_at: '2026-11-20T04:00:00Z', returned_by: '周', note: '照片看不清',
  marks: [], captured_at: '2026-11-19T04:00:00Z', method: 'site_visit', observed_state: 'open_operating', answers: { services: ['parcel'] },
  checks: { staff_present: 'yes' }, not_answered: { cash_limit: 'not_seen' }, said: '好',
  photos: [{ sha256: 'a'.repeat(64), purpose: 'inside', size: 5, mime: 'image/jpeg', taken_at: null }],
}

describe('a returned visit', () => {
  it('opens filled in, is no draft until touched, and is sent as its successor without the photos that are there', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id } = await begin(database, { code: 's1', name: '站' }, { replaces: RETURNED })
    expect(await listDrafts(database, '7')).toEqual([])
    await keepAnswer(database, id, 'note', '改', LATER)
    const bytes = makeBytes(300, 3)
    const { draft } = await keepPhoto(database, id, await makePhoto(bytes, 'front'), bytes, null, LATER)
    expect(await listDrafts(database, '7')).toHaveLength(1)
    const record = await saveVisit(database, draft, CLOCK, LATER)
    const body = read<InspectionBody>(record.body)
    expect(body).toMatchObject({ replaces: RETURNED.id, note: '改', answers: { services: ['parcel'] }, checks: { staff_present: 'yes' } })
    expect(body.photos.map(({ purpose }) => purpose)).toEqual(['inside', 'front'])
    server.media.set('a'.repeat(64), { bytes: Buffer.alloc(5), size: 5 })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
  })

  it('keeps its held photos held when it is refused and reopened', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id } = await begin(database, { code: 's1', name: '站' }, { replaces: RETURNED })
    const draft = await keepAnswer(database, id, 'note', '改', LATER)
    await saveVisit(database, draft, CLOCK, LATER)
    server.fault = (call) => (call.path.includes('/inspections/') ? { status: 422, body: { code: 'BAD_INPUT', status: 422 } } : null)
    await runRound(makeParts(database, server), AUTO)
    expect(await reopenRefused(database, id, FORM, LATER)).toMatchObject({ replaces: RETURNED.id, held_photos: ['a'.repeat(64)], not_answered: {} })
  })
})

describe('a question left open', () => {
  it('travels only where it stands unanswered', async () => {
    const database = await openEnrolled()
    const form = { ...FORM, fields: FORM.fields.map((field) => ({ ...field, left_open: ['not_seen', 'not_applicable'] })) }
    const { id } = await begin(database, { code: 's1', name: '站' }, { form })
    await keepAnswer(database, id, 'observed_state', 'open_operating', NOON)
    await keepNotAnswered(database, id, 'services', 'not_seen', NOON)
    await keepNotAnswered(database, id, 'cash_limit', 'not_applicable', NOON)
    await keepNotAnswered(database, id, 'note', 'not_seen', NOON)
    const draft = await keepAnswer(database, id, 'note', '有', NOON)
    expect(draft.not_answered).toEqual({ services: 'not_seen', cash_limit: 'not_applicable' })
    const record = await saveVisit(database, draft, CLOCK, LATER)
    // cash_limit hangs on an answer to services, so it does not stand.
    expect(read<InspectionBody>(record.body).not_answered).toEqual({ services: 'not_seen' })
  })
})
