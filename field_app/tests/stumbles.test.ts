/** What the phone itself cannot do for one thing holds up no other, and nothing ends without a word. */

import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApi } from '../src/api/client'
import { keepAnswer } from '../src/outbox/drafts'
import { writeExport } from '../src/outbox/export'
import { countWaiting, listOutbox } from '../src/outbox/records'
import { type Database, writeSetting } from '../src/store/database'
import { Locked } from '../src/store/vault'
import { isOver } from '../src/sync/backoff'
import { runRound } from '../src/sync/round'
import { createRunner, type Locks } from '../src/sync/runner'
import { spoil } from './full'
import { makeParts, Server } from './line'
import { begin, NOON, openEnrolled, saveGoneVisit } from './people'
import { explain, knows, speak } from '../src/words'

const AUTO = { by_hand: false }
const T0 = Date.parse('2026-11-21T05:00:00Z')

let mend = (): void => undefined
afterEach(() => {
  mend()
  vi.restoreAllMocks()
})
const quiet = (): void => void vi.spyOn(console, 'error').mockImplementation(() => undefined)

describe('a photo', () => {
  it('whose row cannot be read holds up nothing behind it, and is left to the person in the end', async () => {
    quiet()
    const [database, server, clock] = [await openEnrolled(), new Server(), { ms: T0 }]
    const bad = await saveGoneVisit(database, 's1', [100])
    await saveGoneVisit(database, 's2', [120])
    mend = spoil((table, key) => table === 'photos' && Array.isArray(key) && key[0] === bad.id)
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    expect([server.records.size, server.media.size]).toEqual([2, 1])
    const [line, ...others] = await listOutbox(database, '7')
    expect([line?.record.id, line?.photos[0]?.problem?.code, others]).toEqual([bad.id, 'PHOTO_UNREADABLE', []])
    for (let turn = 0; turn < 3; turn += 1) {
      clock.ms += 3_600_000
      await runRound(makeParts(database, server, clock), AUTO)
    }
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('mending')
    mend()
    expect(await runRound(makeParts(database, server, clock), { by_hand: true })).toBe('all_sent')
  })

  it('whose bytes are gone says so and is not tried again by itself', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const bad = await saveGoneVisit(database, 's1', [100])
    await saveGoneVisit(database, 's2', [120])
    const [line] = await database.getAllFromIndex('photo_lines', 'visit_id', bad.id)
    await database.delete('photos', [bad.id, line?.sha256 as string])
    expect(await runRound(makeParts(database, server), AUTO)).toBe('mending')
    expect(await listOutbox(database, '7')).toMatchObject([{ record: { id: bad.id }, photos: [{ held: true, problem: { code: 'PHOTO_UNREADABLE' } }] }])
  })
})

describe('a record', () => {
  it.each([['alone', ['s1', 's2']], ['in a batch', ['s1', 's2', 's3']]])('that cannot be read holds up no other, %s', async (_how, codes) => {
    quiet()
    const [database, server] = [await openEnrolled(), new Server()]
    const records = []
    for (const code of codes) records.push(await saveGoneVisit(database, code, []))
    const [bad] = records
    // Sealed under a key that is no more.
    await database.put('records', { ...(bad as (typeof records)[0]), is_sealed: true, body: new ArrayBuffer(40) })
    const { holdKey } = await import('../src/store/vault')
    const { makeLock } = await import('../src/store/sealing')
    holdKey((await makeLock('314159', 10)).key)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('waiting')
    holdKey(null)
    expect(server.records.size).toBe(codes.length - 1)
    expect(await listOutbox(database, '7')).toMatchObject([{ record: { id: bad?.id, state: 'ready', tries: 1, problem: { code: 'RECORD_UNREADABLE' } } }])
  })
})

it('a record whose row cannot be read at all holds up no other, and the outbox is still listed', async () => {
  const [database, server] = [await openEnrolled(), new Server()]
  const bad = await saveGoneVisit(database, 's1', [100])
  const good = [await saveGoneVisit(database, 's2', [120]), await saveGoneVisit(database, 's3', [])]
  mend = spoil((table, key) => table === 'records' && (key === null || key === bad.id))
  // Not «all received»: the export names what is left.
  expect(await runRound(makeParts(database, server), AUTO)).toBe('broken')
  expect([...server.records.keys()].sort()).toEqual(good.map(({ id }) => id).sort())
  expect([await listOutbox(database, '7'), await countWaiting(database, '7')]).toEqual([[], 0])
  mend()
  expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
  expect([server.records.size, server.media.size]).toEqual([3, 2])
})

it.each([['other bytes', 'f'.repeat(64), 'ready'], ['these bytes', null, 'kept_aside']])(
  'an answer that %s were kept aside settles the record only if they are its own', async (_which, sha256, state) => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [])
    const body = { code: 'KEPT_ASIDE', quarantine_id: 4, durable: true, sha256: sha256 ?? record.sha256, reason: { code: 'BAD_INPUT', status: 422 } }
    server.fault = (call) => (call.path.includes('/inspections/') ? { status: 202, body } : null)
    await runRound(makeParts(database, server), AUTO)
    expect(await database.get('records', record.id)).toMatchObject({ state })
  },
)

describe('a round that breaks', () => {
  it('ends with a word, never with an unhandled rejection', async () => {
    quiet()
    const [database, server] = [await openEnrolled(), new Server()]
    let fails = true
    const runner = createRunner(async () => {
      if (fails) throw new Error('no database')
      return makeParts(database, server)
    }, null)
    expect(await runner.run(true)).toBe('broken')
    expect((await runner.lastRound(database))?.outcome).toBe('broken')
    fails = false
    expect(await runner.run(true)).toBe('all_sent')
    expect((await runner.lastRound(database))?.outcome).toBe('all_sent')
  })

  it('over what is new brings down the rest all the same', async () => {
    quiet()
    const [database, server] = [await openEnrolled(), new Server()]
    await writeSetting(database, 'forms_etag', '"old"')
    mend = spoil((table, key) => table === 'settings' && key === 'ground_asked')
    expect(await runRound(makeParts(database, server), AUTO)).toBe('broken')
    expect([await database.count('stations'), await database.count('forms')]).toEqual([5, 1])
  })

  it('because the PIN is asked for says «locked»', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [])
    const api = createApi({ base: '/api/v1', fetch: server.fetch, token: () => Promise.reject(new Locked()) })
    const runner = createRunner(async () => ({ ...makeParts(database, server), api }), null)
    expect(await runner.run(true)).toBe('locked')
    expect(server.calls).toEqual([])
  })
})

describe('a clock that ran ahead', () => {
  it('holds up no record and no photo', async () => {
    const [database, server, clock] = [await openEnrolled(), new Server(), { ms: T0 + 4 * 365 * 86_400_000 }]
    await saveGoneVisit(database, 's1', [100])
    server.fault = (call) => (call.path.includes('/media/') ? { status: 503, body: { code: 'BUSY', status: 503 } } : null)
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    await saveGoneVisit(database, 's2', [])
    server.fault = (call) => (call.path.includes('/inspections/') ? { status: 503, body: { code: 'BUSY', status: 503 } } : null)
    expect(await runRound(makeParts(database, server, clock), AUTO)).toBe('waiting')
    server.fault = () => null
    expect(await runRound(makeParts(database, server, { ms: T0 }), AUTO)).toBe('all_sent')
  })

  it('has the ground asked for again', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server, { ms: T0 + 4 * 365 * 86_400_000 }), AUTO)
    await runRound(makeParts(database, server, { ms: T0 }), AUTO)
    expect(server.calls.filter(({ path }) => path.includes('/my/ground'))).toHaveLength(2)
  })

  it('is told from a wait by what no wait can be', () => {
    expect([T0, T0 + 1, T0 + 1_800_000, T0 + 1_800_001].map((at) => isOver(at, T0))).toEqual([true, false, false, true])
  })
})

it('a press while another page syncs waits for its turn, and shows that it runs', async () => {
  const [database, server] = [await openEnrolled(), new Server()]
  await saveGoneVisit(database, 's1', [])
  let free = (): void => undefined
  const other = new Promise<void>((done) => (free = done))
  let held = true
  const locks: Locks = {
    async request(_name, { ifAvailable }, work) {
      if (held && ifAvailable) return work(null)
      await other
      return work({})
    },
  }
  const runner = createRunner(async () => makeParts(database, server), locks)
  expect(await runner.run()).toBe('already_running')
  const pressed = runner.run(true)
  expect(runner.isRunning()).toBe(true)
  expect(server.calls).toEqual([])
  held = false
  free()
  expect(await pressed).toBe('all_sent')
})

it.each(['zh', 'en'] as const)('what only the phone says has words of its own: %s', (language) => {
  speak(language)
  for (const code of ['PHOTO_UNREADABLE', 'RECORD_UNREADABLE', 'PHONE_FAILED'] as const) {
    const { sentence, hint } = explain({ code, status: 0 })
    expect([knows(`problem.${code}`), sentence.includes(code), hint.length > 10]).toEqual([true, false, true])
  }
  for (const outcome of ['full', 'broken', 'locked']) expect(knows(`outcome.${outcome}`)).toBe(true)
  speak('zh')
})

describe('the export', () => {
  const linesOf = async (database: Database): Promise<Record<string, unknown>[]> => {
    let text = ''
    await writeExport(database, NOON, (piece) => (text += piece))
    return text.trim().split('\n').map((line) => JSON.parse(line))
  }

  it.each(['records', 'photos', 'drafts'])('names what of the %s cannot be read, and writes the rest', async (broken) => {
    const database = await openEnrolled()
    const bad = await saveGoneVisit(database, 's1', [100])
    const good = await saveGoneVisit(database, 's2', [120])
    const { id } = await begin(database, { code: 's3', name: '站点 s3' })
    await keepAnswer(database, id, 'note', '好', NOON)
    const lost = broken === 'drafts' ? id : bad.id
    mend = spoil((table, key) => table === broken && (Array.isArray(key) ? key[0] : key) === lost)
    const lines = await linesOf(database)
    const said = lines.filter(({ t }) => t === 'unreadable')
    expect(said).toEqual([expect.objectContaining({ id: lost, why: 'DataError: Failed to read large IndexedDB value' })])
    const counts = { records: [1, 2, 1], photos: [2, 1, 1], drafts: [2, 2, 0] }[broken]
    expect(lines[lines.length - 1]).toEqual({ t: 'end', records: counts?.[0], photos: counts?.[1], drafts: counts?.[2] })
    expect(lines.some((line) => line['id'] === good.id && line['t'] === 'record')).toBe(true)
  })

  it('is not begun while a PIN stands before what it would hold', async () => {
    const database = await openEnrolled()
    const record = await saveGoneVisit(database, 's1', [])
    await database.put('records', { ...record, is_sealed: true })
    await expect(linesOf(database)).rejects.toBeInstanceOf(Locked)
  })
})
