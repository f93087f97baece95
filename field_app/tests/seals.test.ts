import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PhotoClaim } from '../src/api/wire'
import { holdKeys, signText, writePublicKey } from '../src/device/seal/keys'
import { writePayload } from '../src/device/seal/payload'
import { keepAnswer, keepPosition } from '../src/outbox/drafts'
import { dropPhoto, keepPhoto } from '../src/outbox/photo_keeping'
import { saveVisit } from '../src/outbox/saving'
import { type Database, readSetting } from '../src/store/database'
import { eraseAccess, keepEnrolment } from '../src/store/enrolment'
import { setPin } from '../src/store/locking'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { begin, CLOCK, HE_YING, makeBytes, makePhoto, NOON, openEnrolled } from './people'

const STATION = { code: 's1', name: '站点 s1' }

async function isOwn(database: Database, seal: NonNullable<PhotoClaim['seal']>): Promise<boolean> {
  const keys = await holdKeys(database)
  if (!keys) return false
  const key = createPublicKey({ key: Buffer.from(await writePublicKey(keys), 'base64'), format: 'der', type: 'spki' })
  return verify('sha256', Buffer.from(seal.payload), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(seal.signature, 'base64'))
}

async function keep(database: Database, id: string, seed: number): Promise<PhotoClaim> {
  const bytes = makeBytes(300, seed)
  const { draft } = await keepPhoto(database, id, await makePhoto(bytes), bytes, null, NOON)
  return draft.photos[draft.photos.length - 1] as PhotoClaim
}

const told = (claim: PhotoClaim) => JSON.parse(claim.seal?.payload ?? '{}')

describe('the payload', () => {
  it('is one text, to the letter', async () => {
    const claim = { ...(await makePhoto(makeBytes(9, 1))), sha256: 'a'.repeat(64) }
    const position = { lon: 111.342, lat: 25.2711, accuracy_m: 12, at: '2026-11-21T03:59:57.000Z' }
    const draft = { station_code: 'JY001', account_id: '7', position }
    const clock = { ...CLOCK, monotonic_ms_since_sync: 1000, signed_time: '1.5.aa' }
    expect(writePayload(claim, draft, '4', clock, { number: 6, sha256: 'b'.repeat(64) })).toBe(
      `{"v":1,"number":7,"sha256":"${'a'.repeat(64)}","station":"JY001","inspector":7,"device":4,` +
        '"taken_at":"2026-11-21T04:00:00.000Z","wall":"2026-11-21T04:00:00.000Z","monotonic_ms":1000,"signed_time":"1.5.aa",' +
        `"fix":{"lon":111.342,"lat":25.2711,"accuracy_m":12,"age_s":3},"previous":"${'b'.repeat(64)}"}`,
    )
  })

  it('says what it does not know', async () => {
    const draft = { station_code: 'JY001', account_id: '7', position: null }
    const said = JSON.parse(writePayload(await makePhoto(makeBytes(9, 1)), draft, '4', CLOCK, null))
    expect([said.number, said.fix, said.previous, said.monotonic_ms, said.signed_time]).toEqual([1, null, null, null, null])
  })
})

describe('the key', () => {
  it('is made once, signs, and cannot be read out', async () => {
    const database = await openEnrolled()
    const [one, other] = await Promise.all([holdKeys(database), holdKeys(database)])
    const kept = await readSetting(database, 'seal_keys')
    if (!one || !other || !kept) throw new Error('no key')
    const written = await Promise.all([one, other, kept].map(writePublicKey))
    expect(new Set(written).size).toBe(1)
    await expect(crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow()
    const payload = '何家湾 {"v":1}'
    expect(await isOwn(database, { payload, signature: await signText(kept, payload) })).toBe(true)
    expect(await isOwn(database, { payload: payload + ' ', signature: await signText(kept, payload) })).toBe(false)
  })

  it('goes with everything when the access is taken back', async () => {
    const database = await openEnrolled()
    await keep(database, (await begin(database, STATION)).id, 1)
    await eraseAccess(database, NOON)
    for (const key of ['seal_keys', 'seal_known', 'seal_head'] as const) expect(await readSetting(database, key)).toBeNull()
  })
})

describe('a photo that is kept', () => {
  it('is sealed, each naming the one before, over drafts and past what was dropped', async () => {
    const database = await openEnrolled()
    const first = await begin(database, STATION)
    await keepPosition(database, first.id, { lon: 111.34, lat: 25.27, accuracy_m: 9, at: NOON.toISOString() }, NOON)
    const one = await keep(database, first.id, 1)
    const two = await keep(database, first.id, 2)
    await dropPhoto(database, first.id, two.sha256, NOON)
    const second = await begin(database, { code: 's2', name: '站点 s2' })
    const three = await keep(database, second.id, 3)
    expect([one, two, three].map((claim) => [told(claim).number, told(claim).previous, told(claim).station])).toEqual([
      [1, null, 's1'], [2, one.sha256, 's1'], [3, two.sha256, 's2'],
    ])
    expect([told(one).inspector, told(one).device, told(one).sha256]).toEqual([7, 1, one.sha256])
    expect([told(one).fix, told(three).fix]).toEqual([{ lon: 111.34, lat: 25.27, accuracy_m: 9, age_s: 0 }, null])
    for (const claim of [one, two, three]) expect(claim.seal && (await isOwn(database, claim.seal))).toBe(true)
  })

  it('takes its place once, however many windows keep one at a time', async () => {
    const database = await openEnrolled()
    const drafts = await Promise.all(['s1', 's2', 's3'].map((code) => begin(database, { code, name: code })))
    const kept = await Promise.all(drafts.map(({ id }, turn) => keep(database, id, turn + 1)))
    expect(kept.map((claim) => told(claim).number).sort()).toEqual([1, 2, 3])
    expect(new Set(kept.map((claim) => told(claim).previous)).size).toBe(3)
  })

  it('takes no place when it is there already', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, STATION)
    await keep(database, id, 1)
    await keep(database, id, 1)
    expect((await readSetting(database, 'seal_head'))?.number).toBe(1)
  })

  it('travels with its seal, to the letter', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, STATION)
    const claim = await keep(database, id, 1)
    const draft = await keepAnswer(database, id, 'observed_state', 'gone', NOON)
    const record = await saveVisit(database, draft, CLOCK, NOON)
    const sent = JSON.parse(new TextDecoder().decode(record.body)).photos[0] as PhotoClaim
    expect(sent.seal).toEqual(claim.seal)
    expect(sent.seal && (await isOwn(database, sent.seal))).toBe(true)
  })

  it('leaves no position open under a PIN', async () => {
    const database = await openEnrolled()
    const { id } = await begin(database, STATION)
    await setPin(database, '2580', 1000)
    await keepPosition(database, id, { lon: 111.3456, lat: 25.27, accuracy_m: 9, at: NOON.toISOString() }, NOON)
    const claim = await keep(database, id, 1)
    expect(told(claim).fix.lon).toBe(111.3456)
    expect(JSON.stringify(await database.get('drafts', id))).not.toContain('111.3456')
  })

  it('begins a new chain after another enrolment', async () => {
    const database = await openEnrolled()
    await keep(database, (await begin(database, STATION)).id, 1)
    await keepEnrolment(database, { ...HE_YING, device_id: 2 }, true)
    const claim = await keep(database, (await begin(database, { code: 's2', name: 's2' })).id, 2)
    expect([told(claim).number, told(claim).previous, told(claim).device]).toEqual([1, null, 2])
  })
})

describe('a phone enrolled before it had a key', () => {
  const asked = (server: Server) => server.calls.filter(({ path }) => path.endsWith('/my/device/key'))

  it('registers one at its next round, before any record, once', async () => {
    const database = await openEnrolled()
    await keepEnrolment(database, HE_YING)
    const server = new Server()
    await runRound(makeParts(database, server), { by_hand: false })
    await runRound(makeParts(database, server), { by_hand: false })
    const keys = await holdKeys(database)
    expect(asked(server).map(({ body }) => JSON.parse(body.toString()))).toEqual([{ public_key: keys && (await writePublicKey(keys)) }])
    expect(server.calls[1]?.path).toBe('/api/v1/my/device/key')
  })

  it('asks again after a lost answer, and never where the person takes no photos', async () => {
    const database = await openEnrolled()
    await keepEnrolment(database, HE_YING)
    const server = new Server()
    server.fault = ({ path }) => (path.endsWith('/key') ? 'lost_after' : null)
    expect(await runRound(makeParts(database, server), { by_hand: false })).toBe('offline')
    server.fault = () => null
    await runRound(makeParts(database, server), { by_hand: false })
    expect(asked(server)).toHaveLength(2)
    await keepEnrolment(database, { ...HE_YING, account: { ...HE_YING.account, role: 'owner' } })
    await runRound(makeParts(database, server), { by_hand: false })
    expect(asked(server)).toHaveLength(2)
  })
})
