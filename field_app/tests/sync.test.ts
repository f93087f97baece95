import { describe, expect, it } from 'vitest'
import { reopenRefused } from '../src/outbox/mending'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { readSetting } from '../src/store/database'
import { listStations } from '../src/store/downloads'
import { sizeNextPiece, waitAfter } from '../src/sync/backoff'
import { runRound } from '../src/sync/round'
import { createRunner } from '../src/sync/runner'
import { makeParts, PIECE_BYTES, Server } from './line'
import { FORM, makeStation, NOON, openEnrolled, saveGoneVisit } from './people'

const AUTO = { by_hand: false }
const HAND = { by_hand: true }
const BUSY = { status: 503, body: { code: 'BUSY', status: 503 } }

describe('a round', () => {
  it('sends text first, then photos in pieces, and leaves only a receipt', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [PIECE_BYTES * 2 + 10])
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(server.calls.slice(0, 5).map(({ method, path }) => `${method} ${path.split('/')[3]}`)).toEqual([
      'POST sync', 'PUT inspections', 'PUT media', 'PUT media', 'PUT media',
    ])
    expect(server.records.get(record.id)?.sha256).toBe(record.sha256)
    expect([await database.count('records'), await database.count('photos')]).toEqual([0, 0])
    expect((await listReceipts(database, '7'))[0]).toMatchObject({ id: record.id, photos: 1, received_at: '2026-11-21T04:00:01Z' })
  })

  it('goes on at the byte where the line broke, and sends at most one piece twice', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const size = PIECE_BYTES * 4
    await saveGoneVisit(database, 's1', [size])
    let pieces = 0
    server.fault = (call) => (call.path.includes('/media/') && ++pieces === 3 ? 'lost_after' : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('offline')
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(server.sent_media_bytes).toBe(size)
  })

  it('believes the server about the offset when the plan was wrong', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [PIECE_BYTES * 3])
    let pieces = 0
    server.fault = (call) => (call.path.includes('/media/') && ++pieces === 2 ? 'lost_after' : null)
    await runRound(makeParts(database, server), AUTO)
    server.fault = (call) =>
      call.path.includes('/sync/plan')
        ? { status: 200, body: { server_time: '2026-11-21T04:00:00Z', records: [], media: JSON.parse(call.body.toString()).media.map((one: object) => ({ ...one, received_bytes: 5, complete: false })) } }
        : null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
  })

  it('takes the promise of the plan where the answer to the last piece was lost', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [100])
    server.fault = (call) => (call.path.includes('/media/') ? 'lost_after' : null)
    await runRound(makeParts(database, server), AUTO)
    server.fault = () => null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect([server.records.get(record.id)?.times, server.sent_media_bytes]).toEqual([1, 100])
  })

  it('sends the same bytes again when the answer was lost after the server had stored them', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [])
    server.fault = (call) => (call.path.includes('/inspections/') ? 'lost_after' : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('offline')
    server.fault = () => null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(server.records.get(record.id)).toMatchObject({ sha256: record.sha256, times: 2 })
  })
})

describe('nothing leaves the phone', () => {
  it.each([
    ['a captive portal', { status: 200, text: '<html>请登录</html>' }],
    ['a receipt that promises nothing durable', { status: 201, body: { id: 'x', sha256: 'x', durable: false, photos: [] } }],
    ['a receipt for other bytes', { status: 201, body: { id: 'x', sha256: 'x', durable: true, photos: [] } }],
    ['a proxy that refuses in HTML', { status: 403, text: '<html>no</html>' }],
    ['too many requests', { status: 429, body: { code: 'TOO_MANY_REQUESTS', status: 429 } }],
    ['a failing server', { status: 500, body: { code: 'INTERNAL', status: 500 } }],
  ])('on %s; it is tried later', async (_name, answer) => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [100])
    server.fault = (call) => (call.path.includes('/inspections/') ? answer : null)
    const clock = { ms: NOON.getTime() }
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    const [line] = await listOutbox(database, '7')
    expect(line).toMatchObject({ record: { state: 'ready', tries: 1 } })
    server.fault = () => null
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    clock.ms += 60_000
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('all_sent')
  })
})

describe('no promise, no deletion', () => {
  it('keeps a record whose receipt fits but is not durable', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id, sha256 } = await saveGoneVisit(database, 's1', [])
    const receipt = { id, state: 'submitted', received_at: '2026-11-21T04:00:01Z', sha256, durable: false, photos: [] }
    server.fault = (call) => (call.path.includes('/inspections/') ? { status: 201, body: receipt } : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('waiting')
    expect(await database.get('records', id)).toMatchObject({ state: 'ready', receipt: null })
  })

  it('keeps a photo that has arrived whole but is not durable', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id } = await saveGoneVisit(database, 's1', [100])
    server.fault = (call) =>
      call.path.includes('/media/')
        ? { status: 200, body: { sha256: call.path.slice(-64), received_bytes: 100, complete: true, durable: false } }
        : null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('waiting')
    expect(await database.countFromIndex('photos', 'visit_id', id)).toBe(1)
    expect(server.calls.filter((call) => call.path.includes('/media/')).length).toBeLessThan(6)
  })

  it('keeps a record that is said to be kept aside but not durably', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const { id } = await saveGoneVisit(database, 's1', [])
    server.fault = (call) =>
      call.path.includes('/inspections/') ? { status: 202, body: { code: 'KEPT_ASIDE', quarantine_id: 1, durable: false } } : null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('waiting')
    expect(await database.get('records', id)).toMatchObject({ state: 'ready', quarantine_id: null })
  })
})

describe('one bad record', () => {
  it('that is refused holds up no other, and can be mended', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const bad = await saveGoneVisit(database, 's1', [100])
    await saveGoneVisit(database, 's2', [100])
    server.fault = (call) => (call.path.includes(bad.id) ? { status: 422, body: { code: 'BAD_INPUT', status: 422 } } : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    expect(await listOutbox(database, '7')).toMatchObject([{ record: { id: bad.id, state: 'refused', problem: { code: 'BAD_INPUT' } } }])
    const draft = await reopenRefused(database, bad.id, FORM, NOON)
    expect(draft).toMatchObject({ id: bad.id, answers: { method: 'site_visit', observed_state: 'gone' } })
    expect(draft?.photos).toHaveLength(1)
  })

  it('that is kept aside is not sent again', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [])
    server.records.set(record.id, { sha256: 'other', photos: [], times: 1 })
    await runRound(makeParts(database, server), AUTO)
    await runRound(makeParts(database, server), HAND)
    expect(await listOutbox(database, '7')).toMatchObject([{ record: { state: 'kept_aside', quarantine_id: '9' } }])
    expect(server.calls.filter((call) => call.path.includes('/inspections/'))).toHaveLength(1)
  })

  it('whose photo is stuck does not keep the next photo from going', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const stuck = await saveGoneVisit(database, 's1', [100])
    await saveGoneVisit(database, 's2', [100])
    const [photo] = (await database.getAllFromIndex('photos', 'visit_id', stuck.id)).map((row) => row.sha256)
    server.fault = (call) => (call.path.includes(photo as string) ? BUSY : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('waiting')
    expect((await listOutbox(database, '7')).map(({ record }) => record.id)).toEqual([stuck.id])
  })

  it('whose photo is refused for good is held on the phone and tried again only by hand', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [100])
    server.fault = (call) => (call.path.includes('/media/') ? { status: 422, body: { code: 'PHOTO_FORMAT', status: 422 } } : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    server.fault = () => null
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    expect(await runRound(makeParts(database, server), HAND)).toBe('all_sent')
  })
})

describe('stations', () => {
  it('come in pages, only what changed again, and removals are seen', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), AUTO)
    expect((await listStations(database)).map(({ code }) => code)).toEqual(['s1', 's2', 's3', 's4', 's5'])
    server.journal.push({ removed: ['s5'] })
    server.change(makeStation('s3', { vitality: 'dead' }))
    await runRound(makeParts(database, server), AUTO)
    expect((await listStations(database)).map(({ code, vitality }) => `${code} ${vitality}`)).toEqual(['s1 alive', 's2 alive', 's3 dead', 's4 alive'])
  })
})

describe('the runner', () => {
  it('erases on TOKEN_REVOKED, and keeps what was not sent', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), AUTO)
    await saveGoneVisit(database, 's1', [100])
    server.fault = () => ({ status: 401, body: { code: 'TOKEN_REVOKED', status: 401 } })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('revoked')
    expect([await database.count('stations'), await database.count('records'), await database.count('photos')]).toEqual([0, 1, 1])
    expect(await readSetting(database, 'revoked')).toMatchObject({ account_id: '7' })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('not_enrolled')
  })

  it('runs one round at a time and grants a wish made meanwhile', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const runner = createRunner(async () => makeParts(database, server), null)
    const first = runner.run()
    expect(runner.run()).toBe(first)
    await first
    expect(server.calls.filter((call) => call.path.includes('/sync/plan'))).toHaveLength(2)
    expect(runner.isRunning()).toBe(false)
  })

  it('does not forget that the button was pressed during a round', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [])
    const runner = createRunner(async () => makeParts(database, server), null)
    server.fault = (call) => (call.path.includes('/inspections/') ? BUSY : null)
    const first = runner.run()
    void runner.run(true)
    void runner.run()
    await first
    // The wait after the first failure is not over: only the button tries again.
    expect(server.calls.filter((call) => call.path.includes('/inspections/'))).toHaveLength(2)
  })

  it('leaves the outbox to the page that holds the lock', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const held = { request: async <T>(_name: string, _options: object, work: (lock: unknown) => Promise<T>) => work(null) }
    expect(await createRunner(async () => makeParts(database, server), held).run()).toBe('already_running')
    expect(server.calls).toEqual([])
  })
})

describe('waits and pieces', () => {
  it('double, leave half to chance, end at half an hour, and obey Retry-After', () => {
    expect([0, 1, 2].map((tries) => waitAfter(tries, 0))).toEqual([2500, 5000, 10_000])
    expect(waitAfter(0, 0.999)).toBeLessThan(5000)
    expect(waitAfter(50, 0)).toBe(900_000)
    expect(waitAfter(0, 0, 120)).toBe(120_000)
  })

  it('are as big as the line carries in eight seconds', () => {
    // 6250 bytes a second (50 kbit/s) carry 50 kB in eight seconds.
    expect(sizeNextPiece(65_536, 65_536, 10_486)).toBe(49_998)
    expect(sizeNextPiece(65_536, 65_536, 100)).toBe(131_072)
    expect(sizeNextPiece(262_144, 262_144, 100)).toBe(262_144)
    expect(sizeNextPiece(65_536, 65_536, null)).toBe(32_768)
    expect(sizeNextPiece(16_384, 16_384, 60_000)).toBe(16_384)
    expect(sizeNextPiece(65_536, 900, 2000)).toBe(65_536)
  })
})
