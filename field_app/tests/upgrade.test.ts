import { openDB } from 'idb'
import { expect, it } from 'vitest'
import { listDrafts } from '../src/outbox/drafts'
import { listOutbox, listReceipts } from '../src/outbox/records'
import { openDatabase, writeSetting } from '../src/store/database'
import { runRound } from '../src/sync/round'
import { makeParts, Server } from './line'
import { FORM, HE_YING, makeBytes, makePhoto, NOON } from './people'

/** The tables as the first version made them. */
async function openFirst(name: string) {
  return openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('settings')
      database.createObjectStore('forms', { keyPath: 'name' })
      database.createObjectStore('stations', { keyPath: 'code' })
      database.createObjectStore('station_pages', { keyPath: 'after' })
      database.createObjectStore('drafts', { keyPath: 'id' }).createIndex('station_code', 'station_code')
      database.createObjectStore('records', { keyPath: 'id' })
      database.createObjectStore('photos', { keyPath: ['visit_id', 'sha256'] }).createIndex('visit_id', 'visit_id')
      database.createObjectStore('receipts', { keyPath: 'id' }).createIndex('done_at', 'done_at')
    },
  })
}

it('a phone of the first version keeps its drafts, its outbox and its receipts, and sends them', async () => {
  const first = await openFirst('first')
  const bytes = makeBytes(5000, 1)
  const claim = await makePhoto(bytes)
  const body = new TextEncoder().encode(JSON.stringify({ station_code: 's1', photos: [{ sha256: claim.sha256, purpose: 'front' }] })).buffer
  const draft = {
    id: 'd', account_id: '7', station_code: 's2', station_name: '二', form: FORM, started_at: NOON.toISOString(), changed_at: NOON.toISOString(),
    answers: { note: '好' }, position: null, photos: [],
  }
  const record = {
    id: 'r', account_id: '7', station_code: 's1', station_name: '一', observed_state: 'gone', captured_at: NOON.toISOString(), state: 'sending', body,
    sha256: Buffer.from(await crypto.subtle.digest('SHA-256', body)).toString('hex'), tries: 0, next_try_at: 0, problem: null, receipt: null, quarantine_id: null,
  }
  await first.put('drafts', draft)
  await first.put('records', record)
  await first.put('photos', { ...claim, visit_id: 'r', bytes, sent_bytes: 12, tries: 1, next_try_at: 0, problem: null, held: false })
  await first.put('receipts', { id: 'q', account_id: '7', station_code: 's3', station_name: '三', observed_state: 'gone', captured_at: NOON.toISOString(), received_at: NOON.toISOString(), sha256: 'x', photos: 0, done_at: NOON.toISOString() })
  first.close()

  const database = await openDatabase('first')
  await writeSetting(database, 'enrolment', { token: HE_YING.token, account: HE_YING.account, device_id: '1' })
  expect(await listDrafts(database, '7')).toEqual([{ ...draft, kind: 'visit', not_answered: {}, replaces: null, held_photos: [], nearby: [] }])
  expect(await listOutbox(database, '7')).toMatchObject([
    { record: { id: 'r', kind: 'visit', period: '', seen_version: null }, photos: [{ sha256: claim.sha256, size: 5000, sent_bytes: 12, tries: 1, preview: 'none' }] },
  ])
  expect(await listReceipts(database, '7')).toMatchObject([{ id: 'q', kind: 'visit' }])
  const server = new Server()
  expect(await runRound(makeParts(database, server), { by_hand: false })).toBe('all_sent')
  expect(server.media.get(claim.sha256)?.bytes.equals(Buffer.from(bytes))).toBe(true)
})
