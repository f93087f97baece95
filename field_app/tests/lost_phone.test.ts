import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FilingReceipt, ReturnedVisit } from '../src/api/wire'
import { beginDraft, findDraft } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { answerHints } from '../src/outbox/months'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { type Database, readSetting } from '../src/store/database'
import { keepChanges, listReturned, listReturnedAt } from '../src/store/downloads'
import { keepEnrolment, makeSecret } from '../src/store/enrolment'
import { givePin, setPin, shut, takePinOff } from '../src/store/locking'
import { readToken } from '../src/store/private_rows'
import { holdKey } from '../src/store/vault'
import { runRound } from '../src/sync/round'
import { type Fault, makeParts, Server } from './line'
import { FORM, HE_YING, makeBytes, makePhoto, NOON, openEnrolled, saveGoneVisit, saveSoldMonth } from './people'

const PIN = '246810'
const FEW = 1000

let database: Database
let server: Server

beforeEach(async () => {
  ;[database, server] = [await openEnrolled(), new Server()]
})

afterEach(() => holdKey(null))

async function readRaw(): Promise<string> {
  const tables = await Promise.all(Array.from(database.objectStoreNames).map((name) => database.getAll(name)))
  return JSON.stringify(tables, (_key, value: unknown) => (value instanceof ArrayBuffer ? Buffer.from(value).toString('utf8') : value))
}

const RETURNED = {
  id: 'r1', station_code: 's1', returned_at: '2026-11-20T04:00:00Z', returned_by: '永州市', note: '退回说明', captured_at: '2026-11-19T04:00:00Z',
  marks: [{ field: 'note', reason: '门牌不清' }], method: 'site_visit', observed_state: 'gone', answers: { note: '旧的回答' }, checks: {},
  not_answered: {}, said: '说过的话', photos: [],
} as unknown as ReturnedVisit

const page = (returned: ReturnedVisit[]) =>
  ({ cursor: '1', more: false, reset: false, stations: [], removed: [], tasks: [], closed_tasks: [], returned, closed_returns: [], as_of: '2026-11-21' })

/** The server's receipt of a month with all its figures. */
const FILED = {
  station: 's1', period: '202610', version: 1, received_at: '2026-11-21T04:00:01Z', state: 'submitted', online_sales_out: '98765.43',
  note: '卖给了谁', hints: [{ code: 'unit', field: 'online_sales_out' }],
} as unknown as FilingReceipt

async function fillWithSecrets(): Promise<void> {
  await keepChanges(database, page([RETURNED]), true)
  const { id } = await beginDraft(database, { kind: 'visit', station: { code: 's3', name: '站点 s3' }, account_id: '7', form: FORM, now: NOON })
  const bytes = makeBytes(900, 3)
  const exif = { tags: { GPSLatitude: '25.271828' } }
  await keepPhoto(database, id, { ...(await makePhoto(bytes)), exif } as never, bytes, null, NOON)
  await saveSoldMonth(database, '202610', '98765.43')
  server.fault = ({ path }): Fault | null => (path.includes('/202610') ? { status: 201, body: FILED } : null)
  await runRound(makeParts(database, server), { by_hand: true })
  await saveSoldMonth(database, '202609', '11.00')
  const details = { current: { version: 2, values: { online_sales_out: '31415.92' } } }
  server.fault = ({ path }) => (path.includes('/202609') ? { status: 409, body: { code: 'CONFLICT_VERSION', status: 409, message: '', details } } : null)
  await runRound(makeParts(database, server), { by_hand: true })
}

const SECRETS = ['98765.43', '卖给了谁', '31415.92', '25.271828', '退回说明', '门牌不清', '旧的回答', '说过的话']

async function readAllBack(): Promise<void> {
  expect((await listReceipts(database, '7')).map(({ filing }) => filing)).toEqual([FILED])
  expect((await listOutbox(database, '7')).map(({ record }) => record.problem?.details)).toEqual([
    { current: { version: 2, values: { online_sales_out: '31415.92' } } },
  ])
  expect([await listReturned(database), await listReturnedAt(database, 's1')]).toEqual([[RETURNED], [RETURNED]])
  expect((await findDraft(database, 's3', '7'))?.photos[0]?.exif).toEqual({ tags: { GPSLatitude: '25.271828' } })
}

describe('what a PIN seals', () => {
  it('is also what the server said: figures sent, the other version, returned visits; and where a photo was taken', async () => {
    await fillWithSecrets()
    const open = await readRaw()
    expect(SECRETS.filter((secret) => !open.includes(secret))).toEqual([])
    await setPin(database, PIN, FEW)
    const sealed = await readRaw()
    expect(SECRETS.filter((secret) => sealed.includes(secret))).toEqual([])
    await readAllBack()
    await takePinOff(database, PIN, 0)
    const again = await readRaw()
    expect(SECRETS.filter((secret) => !again.includes(secret))).toEqual([])
    await readAllBack()
    expect((await database.getAll('receipts')).map(({ filing }) => filing)).toEqual([FILED])
  })

  it('is sealed as it arrives, too', async () => {
    await setPin(database, PIN, FEW)
    await fillWithSecrets()
    const sealed = await readRaw()
    expect(SECRETS.filter((secret) => sealed.includes(secret))).toEqual([])
    await readAllBack()
    const [receipt] = await listReceipts(database, '7')
    await answerHints(database, receipt?.id ?? '')
    expect((await listReceipts(database, '7'))[0]?.filing).toEqual({ ...FILED, hints: [] })
    expect(await readRaw()).not.toContain('98765.43')
  })
})

describe('a lost phone that its PIN shuts', () => {
  const told = (revoked: unknown, erase_unsent: unknown): void => {
    server.fault = ({ path, headers }) => {
      if (path !== '/api/v1/my/device') return null
      expect(headers.get('Authorization')).toBe('Watch watch-of-he-ying')
      return { status: 200, body: { revoked, erase_unsent } }
    }
  }
  const round = () => runRound(makeParts(database, server), { by_hand: false })

  beforeEach(async () => {
    await keepChanges(database, page([RETURNED]), true)
    await saveGoneVisit(database, 's2', [900])
    await setPin(database, PIN, FEW)
    shut()
  })

  it('is erased of all when it is lost, and asks for no PIN any more', async () => {
    told(true, true)
    expect(await round()).toBe('revoked')
    for (const name of ['records', 'photos', 'drafts', 'returned', 'stations'] as const) expect(await database.count(name)).toBe(0)
    expect([await readSetting(database, 'enrolment'), await readSetting(database, 'lock')]).toEqual([null, null])
  })

  it('is erased of what it could read when it is taken back; unsent work stays behind the PIN', async () => {
    told(true, false)
    expect(await round()).toBe('revoked')
    expect([await database.count('returned'), await database.count('records')]).toEqual([0, 1])
    expect(await readSetting(database, 'enrolment')).toBeNull()
    await givePin(database, PIN, 0)
    expect(await listOutbox(database, '7')).toHaveLength(1)
  })

  it.each([
    ['nobody answers', 'lost'],
    ['it is not revoked', { status: 200, body: { revoked: false, erase_unsent: true } }],
    ['the server does not know it', { status: 404, body: { code: 'DEVICE_UNKNOWN', status: 404 } }],
    ['the answer says only that a token is revoked', { status: 401, body: { code: 'TOKEN_REVOKED', status: 401, details: { erase_unsent: true } } }],
    ['somebody else answers', { status: 200, text: '<html>revoked: true</html>' }],
    ['the answer is no yes', { status: 200, body: { revoked: 'true', erase_unsent: 1 } }],
  ] as [string, Fault][])('keeps everything where %s', async (_what, fault) => {
    server.fault = () => fault
    expect(await round()).toBe('locked')
    expect([await database.count('records'), await database.count('returned')]).toEqual([1, 1])
    expect(server.calls.map(({ path }) => path)).toEqual(['/api/v1/my/device'])
    await givePin(database, PIN, 0)
    expect(await readToken(database)).toBe(HE_YING.token)
  })

  it('asks nothing where its server gave it nothing to ask with', async () => {
    const enrolment = await readSetting(database, 'enrolment')
    const { watch_token: _none, ...old } = enrolment as NonNullable<typeof enrolment>
    await database.put('settings', old, 'enrolment')
    expect([await round(), server.calls]).toEqual(['locked', []])
  })
})

describe('enrolling', () => {
  it('asks again with the same secret for the same code, and with another for another', async () => {
    const secret = await makeSecret(database, 'abcd-efgh')
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await makeSecret(database, ' ABCD EFGH')).toBe(secret)
    const other = await makeSecret(database, 'ABCD-EFGJ')
    expect(other).not.toBe(secret)
    await keepEnrolment(database, HE_YING)
    expect(await readRaw()).not.toContain(other)
    expect(await makeSecret(database, 'ABCD-EFGJ')).not.toBe(other)
  })

  it('keeps that secret sealed on a phone with a PIN', async () => {
    await setPin(database, PIN, FEW)
    const secret = await makeSecret(database, 'ABCD')
    expect(await readRaw()).not.toContain(secret)
    expect(await makeSecret(database, 'ABCD')).toBe(secret)
  })

  it('takes the PIN off when the phone changes hands, and loses nothing of the first person', async () => {
    await setPin(database, PIN, FEW)
    const { sha256 } = await saveGoneVisit(database, 's2', [])
    await keepEnrolment(database, { ...HE_YING, token: 'of-another', account: { ...HE_YING.account, id: 8 } })
    shut()
    expect(await readToken(database)).toBe('of-another')
    expect([await readSetting(database, 'lock'), await readSetting(database, 'handed_over')]).toEqual([null, true])
    const [line] = await listOutbox(database, '7')
    expect([line?.record.is_sealed, line?.record.sha256]).toEqual([undefined, sha256])
    await setPin(database, '135791', FEW)
    expect(await readSetting(database, 'handed_over')).toBeNull()
  })

  it('keeps the PIN of somebody who is enrolled anew', async () => {
    await setPin(database, PIN, FEW)
    await keepEnrolment(database, { ...HE_YING, token: 'a-new-one' })
    expect(await readRaw()).not.toContain('a-new-one')
    shut()
    await givePin(database, PIN, 0)
    expect(await readToken(database)).toBe('a-new-one')
  })
})
