import { expect, it } from 'vitest'
import { runRound } from '../src/sync/round'
import { type Fault, makeParts, PIECE_BYTES, Server } from './line'
import { makeBytes, openEnrolled, saveGoneVisit } from './people'

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
  { status: 200, text: '<html>portal</html>' },
  { status: 502, text: 'Bad Gateway' },
]

it.each([1, 2, 3, 4, 5, 6])('every visit and photo arrives once, byte for byte, through storm %i', async (seed) => {
  const [database, server] = [await openEnrolled(), new Server()]
  const chance = makeChance(seed)
  const sizes = [PIECE_BYTES + 17, 900]
  const records = []
  for (const code of ['s1', 's2', 's3', 's4']) records.push(await saveGoneVisit(database, code, sizes))
  server.fault = () => (chance() < 0.4 ? (FAULTS[Math.floor(chance() * FAULTS.length)] ?? null) : null)
  const clock = { ms: Date.parse('2026-11-21T05:00:00Z') }
  for (let round = 0; round < 40; round += 1) {
    await runRound(makeParts(database, server, clock), { by_hand: false })
    clock.ms += 10 * 60_000
  }
  server.fault = () => null
  expect(await runRound(makeParts(database, server, clock), { by_hand: true })).toBe('all_sent')
  expect([...server.records].map(([id, { sha256 }]) => [id, sha256]).sort()).toEqual(records.map(({ id, sha256 }) => [id, sha256]).sort())
  const expected = [1, 2, 3, 4].flatMap((station) => sizes.map((size, turn) => Buffer.from(makeBytes(size, station * 100 + turn)).toString('base64')))
  expect([...server.media.values()].map(({ bytes }) => bytes.toString('base64')).sort()).toEqual(expected.sort())
  expect([await database.count('records'), await database.count('photos')]).toEqual([0, 0])
})
