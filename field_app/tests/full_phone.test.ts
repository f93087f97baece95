import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { readSetting } from '../src/store/database'
import { runRound } from '../src/sync/round'
import { createRunner } from '../src/sync/runner'
import { fillUp } from './full'
import { makeParts, PIECE_BYTES, Server } from './line'
import { openEnrolled, saveFoundStation, saveGoneVisit, saveSoldMonth } from './people'

const HAND = { by_hand: true }

let makeRoom = (): void => undefined
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => {
  makeRoom()
  vi.restoreAllMocks()
})

describe('a phone without any room', () => {
  it('sends everything, empties its outbox and says so', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const visits = [await saveGoneVisit(database, 's1', [PIECE_BYTES + 5, 300]), await saveGoneVisit(database, 's2', [200])]
    const found = await saveFoundStation(database, '新店', 991)
    const months = [await saveSoldMonth(database, '202609', '120.00'), await saveSoldMonth(database, '202610', '80.00')]
    makeRoom = fillUp()
    const runner = createRunner(async () => makeParts(database, server), null)
    // What is new has no room: that alone is left undone, and said.
    expect(await runner.run(true)).toBe('full')
    expect((await runner.lastRound(database))?.outcome).toBe('full')
    expect([await database.count('records'), await database.count('photos'), await database.count('photo_lines')]).toEqual([0, 0, 0])
    expect([...server.records.keys()].sort()).toEqual(visits.map(({ id }) => id).sort())
    expect(server.media.size).toBe(4)
    // The receipts are shown, and written as soon as there is room.
    const ids = [...visits, found, ...months].map(({ id }) => id).sort()
    expect((await listReceipts(database, '7')).map(({ id }) => id).sort()).toEqual(ids)
    makeRoom()
    await saveGoneVisit(database, 's5', [])
    expect(await runner.run(true)).toBe('all_sent')
    expect(await database.count('receipts')).toBe(ids.length + 1)
    expect(await runner.lastRound(database)).toMatchObject({ outcome: 'all_sent' })
  })

  it('says «all sent» where there is nothing new to keep', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), HAND)
    await saveGoneVisit(database, 's1', [PIECE_BYTES * 2])
    makeRoom = fillUp()
    const runner = createRunner(async () => makeParts(database, server), null)
    expect(await runner.run(true)).toBe('all_sent')
    expect(await runner.lastRound(database)).toMatchObject({ outcome: 'all_sent', at: '2026-11-21T05:00:00.000Z' })
    expect([await database.count('records'), await database.count('photos')]).toEqual([0, 0])
  })

  it('has two filings of one month follow each other without a conflict', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveSoldMonth(database, '202610', '80.00')
    await saveSoldMonth(database, '202610', '90.00', { now: new Date('2026-11-21T04:30:00Z') })
    makeRoom = fillUp()
    await runRound(makeParts(database, server), HAND)
    expect(server.calls.filter(({ path }) => path.includes('/sales-reports/')).map(({ headers }) => headers.get('If-Match'))).toEqual([null, '"1"'])
    expect(await database.count('records')).toBe(0)
  })

  it('keeps in mind what was refused, and does not send it again by itself', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const bad = await saveGoneVisit(database, 's1', [100])
    makeRoom = fillUp()
    server.fault = (call) => (call.path.includes(bad.id) ? { status: 422, body: { code: 'BAD_INPUT', status: 422 } } : null)
    await runRound(makeParts(database, server), HAND)
    expect(await listOutbox(database, '7')).toMatchObject([{ record: { state: 'refused', problem: { code: 'BAD_INPUT' } } }])
  })

  it('sends what a killed page left under way', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const record = await saveGoneVisit(database, 's1', [100])
    await database.put('records', { ...record, state: 'sending' })
    makeRoom = fillUp()
    await runRound(makeParts(database, server), { by_hand: false })
    expect([server.records.size, await database.count('records'), await database.count('photos')]).toEqual([1, 0, 0])
  })

  it('does not call a dead line a full phone, nor a full phone a dead line', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [100])
    makeRoom = fillUp()
    const runner = createRunner(async () => makeParts(database, server), null)
    server.fault = () => 'lost'
    expect(await runner.run(true)).toBe('offline')
    server.fault = (call) => (call.path.includes('/media/') ? { status: 503, body: { code: 'BUSY', status: 503 } } : null)
    expect(await runner.run(true)).toBe('full')
    expect(await readSetting(database, 'last_round')).toBeNull()
  })
})

it('a phone whose room ends with the receipt loses no receipt that fits after its photos have left', async () => {
  const [database, server] = [await openEnrolled(), new Server()]
  const record = await saveGoneVisit(database, 's1', [100])
  makeRoom = fillUp((table) => table === 'records')
  await runRound(makeParts(database, server), HAND)
  expect(await database.get('receipts', record.id)).toMatchObject({ photos: 1 })
  expect(await database.count('records')).toBe(0)
})
