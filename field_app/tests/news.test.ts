import { describe, expect, it } from 'vitest'
import type { LastVisit } from '../src/api/wire'
import { readSetting, writeSetting } from '../src/store/database'
import { listReturnedAt, listStations, listTasks, readLastPhoto } from '../src/store/downloads'
import { fetchLastPhoto } from '../src/sync/last_photos'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { makeStation, NOON, openEnrolled, saveGoneVisit } from './people'

const AUTO = { by_hand: false }
const HAND = { by_hand: true }
const TASK = { id: 4, station_code: 's2', method: 'site_visit', reason: null, due_on: null, assigned_by: '周', assigned_at: '2026-11-20T04:00:00Z' } as const
const VISIT: LastVisit = {
  inspection_id: 'i1', captured_at: '2026-10-01T04:00:00Z', observed_state: 'gone', answers: {}, checks: {}, photo: { sha256: 'b'.repeat(64), purpose: 'front' },
}

const paths = (server: Server): string[] => server.calls.map(({ path }) => (path.replace('/api/v1/', '').split('?')[0] as string))

describe('a round with nothing new', () => {
  it('asks one thing, and hardly a thousand bytes of it', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), AUTO)
    server.calls = []
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
    expect(paths(server)).toEqual(['sync/plan'])
    expect(server.calls[0]?.body.length).toBeLessThan(300)
  })

  it('asks for the ground again after a day, by its tag', async () => {
    const [database, server, clock] = [await openEnrolled(), new Server(), { ms: NOON.getTime() }]
    await runRound(makeParts(database, server, clock), AUTO)
    server.calls = []
    clock.ms += 25 * 3_600_000
    await runRound(makeParts(database, server, clock), AUTO)
    expect(paths(server)).toEqual(['sync/plan', 'my/ground'])
    expect(server.calls[1]?.headers.get('If-None-Match')).toMatch(/^"/)
  })
})

describe('changes', () => {
  it('go on at the page where the line broke; what was kept stays', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    let pages = 0
    server.fault = (call) => (call.path.includes('/my/changes') && ++pages === 2 ? 'lost' : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('offline')
    expect((await listStations(database)).map(({ code }) => code)).toEqual(['s1', 's2'])
    server.calls = []
    await runRound(makeParts(database, server), AUTO)
    expect((await listStations(database)).map(({ code }) => code)).toEqual(['s1', 's2', 's3', 's4', 's5'])
    expect(server.calls.find(({ path }) => path.includes('/my/changes'))?.path).toContain('cursor=2')
  })

  it('bring tasks and returned visits, and take them away', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    const returned = {
      id: 'r1', station_code: 's3', returned_at: '2026-11-20T04:00:00Z', returned_by: '周', note: '请补照片', marks: [], captured_at: '2026-11-19T04:00:00Z',
      method: 'site_visit', observed_state: 'gone', answers: {}, checks: {}, not_answered: {}, said: null, photos: [],
    }
    server.journal.push({ tasks: [TASK], returned: [returned] })
    await runRound(makeParts(database, server), AUTO)
    expect([(await listTasks(database)).map(({ id }) => id), (await listReturnedAt(database, 's3'))[0]?.note]).toEqual([[4], '请补照片'])
    server.journal.push({ closed_tasks: [4], closed_returns: ['r1'], removed: ['s5'] })
    await runRound(makeParts(database, server), AUTO)
    expect([await listTasks(database), await listReturnedAt(database, 's3'), await database.count('stations')]).toEqual([[], [], 4])
  })

  it('begin anew on a reset, so that nothing stays that the register no longer has', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), AUTO)
    server.journal = [{ stations: [makeStation('t1')] }]
    server.reset_at = 99
    await runRound(makeParts(database, server), AUTO)
    expect((await listStations(database)).map(({ code }) => code)).toEqual(['t1'])
  })
})

describe('small pictures of last visits', () => {
  it('come ahead for assigned stations only, within the budget of a day', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    server.change(makeStation('s2', { last_visit: VISIT }))
    server.change(makeStation('s3', { last_visit: { ...VISIT, inspection_id: 'i2' } }))
    server.journal.push({ tasks: [TASK] })
    await runRound(makeParts(database, server), AUTO)
    expect([(await readLastPhoto(database, 'i1'))?.mime, await readLastPhoto(database, 'i2')]).toEqual(['image/jpeg', null])
    expect(await fetchLastPhoto(makeParts(database, server), { ...VISIT, inspection_id: 'i2' })).toMatchObject({ inspection_id: 'i2' })
    await writeSetting(database, 'last_photos_day', { day: '2026-11-21', bytes: 200_000 })
    expect(await fetchLastPhoto(makeParts(database, server), { ...VISIT, inspection_id: 'i3' })).toBeNull()
  })
})

describe('photos over Wi-Fi only', () => {
  it('wait, while text and preview go; the button sends them', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await writeSetting(database, 'photos_over', 'wifi')
    await saveGoneVisit(database, 's1', [1000])
    const parts = { ...makeParts(database, server), line: () => 'unknown' as const }
    expect(await runRound(parts, AUTO)).toBe('wifi')
    expect([server.records.size, server.previews.size, server.media.size]).toEqual([1, 1, 0])
    server.calls = []
    expect(await runRound(parts, AUTO)).toBe('wifi')
    expect(paths(server)).toEqual(['sync/plan'])
    expect(await runRound(parts, HAND)).toBe('all_sent')
  })
})

describe('previews', () => {
  it('go after all text and before any photo, once', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [1000])
    await saveGoneVisit(database, 's2', [1000])
    await runRound(makeParts(database, server), AUTO)
    expect(paths(server).slice(0, 6).map((path) => path.replace(/[0-9a-f]{64}/, '*'))).toEqual([
      'sync/plan', 'sync/records', 'media/*/preview', 'media/*/preview', 'media/*', 'media/*',
    ])
  })

  it('hold nothing up: one that fails is given up, and its photo goes', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [1000])
    server.fault = (call) => (call.path.includes('preview') ? { status: 500, body: { code: 'INTERNAL', status: 500 } } : null)
    expect(await runRound(makeParts(database, server), AUTO)).toBe('all_sent')
  })
})

describe('a captive portal', () => {
  it('is told nothing: the round ends at the plan', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await saveGoneVisit(database, 's1', [1000])
    server.fault = () => ({ status: 200, text: '<html>请登录</html>' })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('elsewhere')
    expect(paths(server)).toEqual(['sync/plan'])
    expect((await database.getAll('records')).map(({ state, tries }) => [state, tries])).toEqual([['ready', 0]])
  })
})

describe('a lost phone', () => {
  it('erases what it never sent as well when the server says so', async () => {
    const [database, server] = [await openEnrolled(), new Server()]
    await runRound(makeParts(database, server), AUTO)
    await saveGoneVisit(database, 's1', [100])
    server.fault = () => ({ status: 401, body: { code: 'TOKEN_REVOKED', status: 401, details: { erase_unsent: true } } })
    expect(await runRound(makeParts(database, server), AUTO)).toBe('revoked')
    const left = await Promise.all((['stations', 'tasks', 'forms', 'records', 'photos', 'photo_lines', 'drafts'] as const).map((name) => database.count(name)))
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect([await readSetting(database, 'cursor'), await readSetting(database, 'ground'), await readSetting(database, 'enrolment')]).toEqual([null, null, null])
  })
})
