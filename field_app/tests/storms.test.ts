import { expect, it } from 'vitest'
import { runRound } from '../src/sync/round'
import { type Fault, makeParts, PIECE_BYTES, Server } from './line'
import { makeBytes, openEnrolled, saveFoundStation, saveGoneVisit, saveSoldMonth } from './people'

/** A small generator, so that a storm can be had again by its number. */
function makeChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const FAULTS: (Fault | null)[] = [
  'lost',
  'lost_after',
  { status: 503, body: { code: 'BUSY', status: 503 } },
  { status: 500, body: { code: 'INTERNAL', status: 500 } },
  { status: 200, text: '<html>portal</html>' },
  { status: 502, text: 'Bad Gateway' },
  { status: 429, body: { code: 'TOO_MANY_REQUESTS', status: 429 }, headers: { 'Retry-After': '30' } },
]

const SIZES = [PIECE_BYTES + 17, 900]

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('every record and photo arrives once, byte for byte, through storm %i', async (seed) => {
  const [database, server] = [await openEnrolled(), new Server()]
  const chance = makeChance(seed)
  const visits = []
  for (const code of ['s1', 's2', 's3', 's4']) visits.push(await saveGoneVisit(database, code, SIZES))
  const found = await saveFoundStation(database, '新店', 990)
  const months = [await saveSoldMonth(database, '202609', '120.00'), await saveSoldMonth(database, '202610', '80.00')]
  server.fault = () => (chance() < 0.4 ? (FAULTS[Math.floor(chance() * FAULTS.length)] ?? null) : null)
  const clock = { ms: Date.parse('2026-11-21T05:00:00Z') }
  for (let round = 0; round < 40; round += 1) {
    await runRound(makeParts(database, server, clock), { by_hand: false })
    clock.ms += 10 * 60_000
    // A page killed in the middle leaves this mark behind.
    const [left] = await database.getAll('records')
    if (left?.state === 'ready') await database.put('records', { ...left, state: 'sending' })
  }
  server.fault = () => null
  expect(await runRound(makeParts(database, server, clock), { by_hand: true })).toBe('all_sent')
  expect([...server.records].map(([id, { sha256 }]) => [id, sha256]).sort()).toEqual(visits.map(({ id, sha256 }) => [id, sha256]).sort())
  expect([...server.found].map(([id, { sha256 }]) => [id, sha256])).toEqual([[found.id, found.sha256]])
  const filed = [...server.months].map(([period, filings]) => [period, filings.map(({ key }) => key)])
  expect(filed.sort()).toEqual([['202609', [months[0]?.id]], ['202610', [months[1]?.id]]])
  const expected = [1, 2, 3, 4].flatMap((station) => SIZES.map((size, turn) => makeBytes(size, station * 100 + turn))).concat(makeBytes(700, 990))
  const inText = (bytes: ArrayBuffer | Buffer): string => Buffer.from(bytes as ArrayBuffer).toString('base64')
  expect([...server.media.values()].map(({ bytes }) => inText(bytes)).sort()).toEqual(expected.map(inText).sort())
  expect([await database.count('records'), await database.count('photos'), await database.count('photo_lines')]).toEqual([0, 0, 0])
  expect((await database.getAll('stations')).map(({ code }) => code)).toEqual(['s1', 's2', 's3', 's4', 's5'])
})

it.each([21, 22, 23])('a line that drops often makes each photo cost at most one piece more for each drop: storm %i', async (seed) => {
  const [database, server] = [await openEnrolled(), new Server()]
  const chance = makeChance(seed)
  const size = PIECE_BYTES * 6
  await saveGoneVisit(database, 's1', [size])
  let drops = 0
  server.fault = (call) => {
    if (!call.path.includes('/media/') || call.path.includes('preview') || chance() > 0.3) return null
    drops += 1
    // The bytes went up the line and nobody took them.
    server.sent_media_bytes += call.body.length
    return 'lost'
  }
  const clock = { ms: Date.parse('2026-11-21T05:00:00Z') }
  for (let round = 0; round < 30; round += 1) {
    await runRound(makeParts(database, server, clock), { by_hand: false })
    clock.ms += 60 * 60_000
  }
  expect(await database.count('photos')).toBe(0)
  expect(drops).toBeGreaterThan(1)
  expect(server.sent_media_bytes - size).toBeLessThanOrEqual(drops * PIECE_BYTES)
})
