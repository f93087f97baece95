import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { beginDraft, findDraft, keepAnswer, listDrafts } from '../src/outbox/drafts'
import { keepPhoto } from '../src/outbox/photo_keeping'
import { writeExport } from '../src/outbox/export'
import { saveVisit } from '../src/outbox/saving'
import { type Database, readSetting, writeSetting } from '../src/store/database'
import { eraseEverything, givePin, PinExists, readWait, setPin, shut, takePinOff } from '../src/store/locking'
import { readToken } from '../src/store/private_rows'
import { holdKey, Locked } from '../src/store/vault'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { CLOCK, FORM, HE_YING, makeBytes, makePhoto, NOON, openEnrolled, saveGoneVisit } from './people'

const PIN = '246810'
// Few rounds: what is shown here does not depend on how dear a guess is.
const FEW = 1000
const SECRET = '老何家门口'

let database: Database
let server: Server

beforeEach(async () => {
  ;[database, server] = [await openEnrolled(), new Server()]
})

// The key is held by the page, and the tests share one.
afterEach(() => holdKey(null))

async function beginAt(code: string): Promise<string> {
  const station = { code, name: `站点 ${code}` }
  return (await beginDraft(database, { kind: 'visit', station, account_id: '7', form: FORM, now: NOON })).id
}

async function changeTries(id: string, tries: number): Promise<void> {
  const change = database.transaction('records', 'readwrite')
  const row = await change.store.get(id)
  if (row) await change.store.put({ ...row, tries })
  await change.done
}

/** Everything that lies in the database, as one text in which a secret could be found. */
async function readRaw(): Promise<string> {
  const tables = await Promise.all(Array.from(database.objectStoreNames).map((name) => database.getAll(name)))
  return JSON.stringify(tables, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString('utf8') : value,
  )
}

describe('a phone with a PIN', () => {
  it('holds no answer, no body and no token that could be read', async () => {
    await keepAnswer(database, await beginAt('s1'), 'note', SECRET, NOON)
    const waiting = await saveGoneVisit(database, 's2', [900])
    expect(await readRaw()).toContain(SECRET)
    await setPin(database, PIN, FEW)
    await keepAnswer(database, await beginAt('s3'), 'note', SECRET, NOON)
    const raw = await readRaw()
    expect(raw).not.toContain(SECRET)
    expect(raw).not.toContain(HE_YING.token)
    expect(raw).not.toContain('"observed_state":"gone","photos"')
    expect(raw).toContain(waiting.sha256)
  })

  it('lays nothing open beside a sealed draft that comes in late, and says of a record only when it was made', async () => {
    await setPin(database, PIN, FEW)
    const id = await beginAt('s1')
    await keepAnswer(database, id, 'note', SECRET, NOON)
    const { id: waiting } = await saveGoneVisit(database, 's2', [900])
    shut()
    await expect(keepAnswer(database, id, 'note', '迟到的回答', NOON)).rejects.toBeInstanceOf(Locked)
    expect(await readRaw()).not.toContain('迟到的回答')
    expect((await database.get('records', waiting))?.observed_state).toBe('')
    await givePin(database, PIN, 0)
    await takePinOff(database, PIN, 0)
    expect((await database.get('records', waiting))?.observed_state).toBe('gone')
    expect((await findDraft(database, 's1', '7'))?.answers).toEqual({ note: SECRET })
  })

  it('is sealed while a round goes on: what the round did to a record stands', async () => {
    const { id } = await saveGoneVisit(database, 's2', [900])
    const real = crypto.subtle.encrypt.bind(crypto.subtle)
    let turns = 0
    // While a cipher is at work on what was read, the round writes: once for the key, once for the record.
    const between = vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...given) => {
      if (turns < 2) await changeTries(id, (turns += 1))
      return real(...given)
    })
    await setPin(database, PIN, FEW)
    between.mockRestore()
    const row = await database.get('records', id)
    expect(row?.tries).toBe(2)
    expect(row?.is_sealed).toBe(true)
  })

  it('goes on with a draft after the PIN was given again, and keeps a photo beside it', async () => {
    await setPin(database, PIN, FEW)
    const id = await beginAt('s1')
    await keepAnswer(database, id, 'note', SECRET, NOON)
    const bytes = makeBytes(900, 1)
    const { draft } = await keepPhoto(database, id, await makePhoto(bytes), bytes, null, NOON)
    expect(draft.answers).toEqual({ note: SECRET })
    shut()
    await expect(findDraft(database, 's1', '7')).rejects.toBeInstanceOf(Locked)
    expect(await givePin(database, PIN, 0)).toBeNull()
    const found = await findDraft(database, 's1', '7')
    expect(found?.answers).toEqual({ note: SECRET })
    expect(found?.photos).toHaveLength(1)
    expect(await listDrafts(database, '7')).toHaveLength(1)
  })

  it('loses no answer when many are given at once', async () => {
    await setPin(database, PIN, FEW)
    const id = await beginAt('s1')
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((field) => keepAnswer(database, id, field, field, NOON)))
    expect((await findDraft(database, 's1', '7'))?.answers).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd', e: 'e' })
  })

  it('sends the very bytes that were made, and nothing while it is shut', async () => {
    await setPin(database, PIN, FEW)
    const one = await saveGoneVisit(database, 's1', [900])
    const other = await saveGoneVisit(database, 's2', [])
    shut()
    expect(await runRound(makeParts(database, server), { by_hand: true })).toBe('locked')
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/my/device'])
    await givePin(database, PIN, 0)
    expect(await runRound(makeParts(database, server), { by_hand: true })).toBe('all_sent')
    expect([...server.records.values()].map(({ sha256 }) => sha256).sort()).toEqual([one.sha256, other.sha256].sort())
    expect(await readToken(database)).toBe(HE_YING.token)
  })

  it('exports what would have been sent', async () => {
    await setPin(database, PIN, FEW)
    const record = await saveGoneVisit(database, 's1', [])
    const lines: string[] = []
    await writeExport(database, NOON, (line) => lines.push(line))
    const told = lines.map((line) => JSON.parse(line)).find(({ t }) => t === 'record')
    const body = Buffer.from(told.body_base64, 'base64')
    expect(JSON.parse(body.toString())).toMatchObject({ station_code: 's1', observed_state: 'gone' })
    expect(told.sha256).toBe(record.sha256)
  })

  it('waits longer after each wrong PIN from the fifth on, by the clock of the page and not by the calendar', async () => {
    await setPin(database, PIN, FEW)
    shut()
    for (let turn = 0; turn < 4; turn += 1) expect(await givePin(database, '000000', 1000)).toEqual({ wrong: true, wait_ms: 0 })
    expect(await givePin(database, '000000', 1000)).toEqual({ wrong: true, wait_ms: 30_000 })
    expect(await givePin(database, PIN, 30_999)).toEqual({ wrong: true, wait_ms: 1 })
    expect(await givePin(database, '000000', 31_000)).toEqual({ wrong: true, wait_ms: 60_000 })
    // No try was judged during the waits, and what the calendar says plays no part.
    expect((await readSetting(database, 'lock'))?.wrong).toBe(6)
    expect(await givePin(database, PIN, 91_000)).toBeNull()
    expect((await readSetting(database, 'lock'))?.wrong).toBe(0)
  })

  it('waits anew in a page opened anew, however long it was closed, and never longer than a quarter of an hour', async () => {
    await setPin(database, PIN, FEW)
    shut()
    const lock = await readSetting(database, 'lock')
    if (lock) await writeSetting(database, 'lock', { ...lock, wrong: 40 })
    expect(await readWait(database, 500)).toBe(900_000)
    expect(await givePin(database, PIN, 900_499)).toEqual({ wrong: true, wait_ms: 1 })
    expect(await givePin(database, PIN, 900_500)).toBeNull()
  })

  it('is not sealed a second time by another window, and keeps what the first one sealed', async () => {
    const id = await beginAt('s1')
    await keepAnswer(database, id, 'note', SECRET, NOON)
    await setPin(database, PIN, FEW)
    await expect(setPin(database, '999999', FEW)).rejects.toBeInstanceOf(PinExists)
    shut()
    expect(await givePin(database, '999999', 0)).toEqual({ wrong: true, wait_ms: 0 })
    expect(await givePin(database, PIN, 0)).toBeNull()
    expect((await findDraft(database, 's1', '7'))?.answers).toEqual({ note: SECRET })
  })

  it('keeps its PIN when who asks to take it off does not know it', async () => {
    await setPin(database, PIN, FEW)
    expect(await takePinOff(database, '000000', 0)).toEqual({ wrong: true, wait_ms: 0 })
    expect(await readSetting(database, 'lock')).not.toBeNull()
    expect((await readSetting(database, 'enrolment'))?.token).toBe('')
  })

  it('lies open again once the PIN is taken off', async () => {
    await setPin(database, PIN, FEW)
    const id = await beginAt('s1')
    await keepAnswer(database, id, 'observed_state', 'gone', NOON)
    await keepAnswer(database, id, 'method', 'site_visit', NOON)
    await saveGoneVisit(database, 's2', [])
    await takePinOff(database, PIN, 0)
    expect(await readSetting(database, 'lock')).toBeNull()
    const draft = await findDraft(database, 's1', '7')
    expect(draft).toMatchObject({ answers: { observed_state: 'gone', method: 'site_visit' } })
    expect(draft).not.toHaveProperty('sealed')
    if (draft) await saveVisit(database, draft, CLOCK, NOON)
    expect(await runRound(makeParts(database, server), { by_hand: true })).toBe('all_sent')
    expect(server.records.size).toBe(2)
  })

  it('holds nothing at all after a forgotten PIN', async () => {
    await setPin(database, PIN, FEW)
    await saveGoneVisit(database, 's1', [900])
    await eraseEverything(database)
    expect(await readRaw()).toBe(JSON.stringify(Array.from(database.objectStoreNames).map(() => [])))
  })
})
