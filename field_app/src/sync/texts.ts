/** Sending the text of records: small, first, each judged alone, so that a bad one never holds up the next. */

import { isBusy, isProblem, judgeProblem, NOT_OURS, type Reply } from '../api/reply'
import type { BatchItem, FilingReceipt, FoundReceipt, KeptAside, MonthBody, OwnCode, Problem, Receipt } from '../api/wire'
import { keepAside, keepFailure, keepReceipt, keepRefusal, markSending } from '../outbox/progress'
import { asKnown, ifRoom } from '../outbox/unwritten'
import type { OutboxRecord } from '../store/database'
import { openRecord } from '../store/private_rows'
import { Locked } from '../store/vault'
import { waitAfter } from './backoff'
import { leave, type Onward, type Parts } from './parts'

/** The answer was a success but promised nothing durable, or was about another record. */
const NO_PROMISE = 'NO_DURABLE_RECEIPT'

/** At 50 kbit/s a batch of this size is there in five seconds; what a dead line loses is no more than that. */
const BATCH_BYTES = 32_000
const BATCH_RECORDS = 50

type Answer = Receipt | FoundReceipt | FilingReceipt | KeptAside

/** Send visits many at once, months and found stations one by one, oldest first. */
export async function sendTexts(parts: Parts, records: OutboxRecord[]): Promise<Onward> {
  const visits = records.filter(({ kind }) => kind === 'visit')
  for (const batch of cutBatches(visits)) {
    const onward = batch.length > 1 ? await sendBatch(parts, batch) : await sendEach(parts, batch)
    if (onward !== 'go_on') return onward
  }
  return sendEach(parts, records.filter(({ kind }) => kind !== 'visit'))
}

function cutBatches(visits: OutboxRecord[]): OutboxRecord[][] {
  const batches: OutboxRecord[][] = []
  let room = 0
  for (const visit of visits) {
    const last = batches[batches.length - 1]
    room -= visit.body.byteLength
    if (last && room >= 0 && last.length < BATCH_RECORDS) last.push(visit)
    else {
      batches.push([visit])
      room = BATCH_BYTES - visit.body.byteLength
    }
  }
  return batches
}

async function sendEach(parts: Parts, records: OutboxRecord[]): Promise<Onward> {
  for (const record of records) {
    const onward = await sendAlone(parts, record).catch((reason) => stumble(parts, record, reason, 'PHONE_FAILED'))
    if (onward !== 'go_on') return onward
  }
  return 'go_on'
}

async function sendAlone(parts: Parts, { id }: OutboxRecord): Promise<Onward> {
  // Read again: the answer to an earlier month of the same station may have named the version that this one follows.
  const found = await parts.database.get('records', id)
  if (!found) return 'go_on'
  const record = asKnown(found)
  const open = await readOpen(parts, record)
  if (!open) return 'go_on'
  await markSending(parts.database, [id])
  const reply = await sendOne(parts, open)
  const onward = leave(reply)
  if (onward === 'go_on') await settle(parts, record, reply)
  return onward
}

/** The record with the bytes that are sent; null, and the reason kept with it, where they cannot be read. */
async function readOpen(parts: Parts, record: OutboxRecord): Promise<OutboxRecord | null> {
  try {
    return await openRecord(record)
  } catch (reason) {
    await stumble(parts, record, reason, 'RECORD_UNREADABLE')
    return null
  }
}

/** The phone itself failed over this record: it is tried later, and the others go on. A lock stands before all of them. */
async function stumble(parts: Parts, record: OutboxRecord, reason: unknown, code: OwnCode): Promise<Onward> {
  if (reason instanceof Locked) throw reason
  console.error(reason)
  await ifRoom(() => keepLater(parts, record, { code, status: 0 }, null))
  return 'go_on'
}

function sendOne({ api, now }: Parts, { id, kind, body, ...record }: OutboxRecord): Promise<Reply<Answer>> {
  if (kind === 'visit') return api.putVisit(id, body)
  if (kind === 'found') return api.putFound(id, body)
  // What was said stays as it was to the byte; only the moment of sending, which proves the phone's clock, is new.
  const month: MonthBody = JSON.parse(new TextDecoder().decode(body))
  const sent = JSON.stringify({ ...month, sent_at: now().toISOString() })
  return api.putMonth(id, record.station_code, record.period, record.seen_version, sent)
}

async function sendBatch(parts: Parts, batch: OutboxRecord[]): Promise<Onward> {
  const open: OutboxRecord[] = []
  for (const record of batch) {
    const read = await readOpen(parts, record)
    if (read) open.push(read)
  }
  if (open.length < 2) return sendEach(parts, open)
  await markSending(parts.database, open.map(({ id }) => id))
  const text = new TextDecoder()
  const reply = await parts.api.postVisits(open.map(({ id, body }) => ({ id, body: text.decode(body) })))
  const onward = leave(reply)
  if (onward !== 'go_on') return onward
  // A server that is busy is busy for each of them; anything else may be the fault of one, so each is asked alone.
  if (reply.kind !== 'ok' && !(reply.kind === 'failed' && isBusy(reply.problem))) return sendEach(parts, open)
  for (const [turn, record] of open.entries()) {
    const own = reply.kind === 'ok' ? readItem(reply.body.receipts[turn] as BatchItem, reply.headers) : reply
    await settle(parts, record, own).catch((reason) => stumble(parts, record, reason, 'PHONE_FAILED'))
  }
  return 'go_on'
}

/** Read one answer of a batch as if it had been sent alone. */
function readItem(item: BatchItem, headers: Headers): Reply<Answer> {
  const { status, ...body } = item
  if (status >= 200 && status < 300) return { kind: 'ok', status, body: body as unknown as Answer, headers }
  return judgeProblem(status, isProblem(body) ? { ...(body as object), status } : undefined, null)
}

async function settle(parts: Parts, record: OutboxRecord, reply: Reply<Answer>): Promise<void> {
  switch (reply.kind) {
    case 'ok':
      return settleAnswer(parts, record, reply.body)
    case 'refused':
      return settleRefusal(parts, record, reply.problem)
    case 'failed':
      return keepLater(parts, record, reply.problem, reply.retry_after_s)
    case 'not_modified':
      return keepLater(parts, record, { code: NO_PROMISE, status: 304 }, null)
    case 'offline':
    case 'revoked':
      // Only a batch's item can say so here; the round hears it from the next call.
      return keepLater(parts, record, { code: NOT_OURS, status: 0 }, null)
  }
}

async function settleAnswer(parts: Parts, record: OutboxRecord, answer: Answer): Promise<void> {
  if (isKeptAside(record, answer)) {
    // A server of an earlier version may not say why.
    await keepAside(parts.database, record.id, String(answer.quarantine_id), answer.reason ?? null)
  } else if (isPromise(record, answer)) {
    await keepReceipt(parts.database, record.id, answer, parts.now())
  } else {
    await keepLater(parts, record, { code: NO_PROMISE, status: 200 }, null)
  }
}

/** Kept aside for good, and the very bytes: where the answer names others, somebody else's were kept. */
function isKeptAside(record: OutboxRecord, answer: Answer): answer is KeptAside {
  return 'quarantine_id' in answer && answer.durable && (answer.sha256 ?? record.sha256) === record.sha256
}

/** A month's answer is given after its version was written for good; a visit's says so itself and names the bytes. */
function isPromise(record: OutboxRecord, answer: Answer): answer is Receipt | FoundReceipt | FilingReceipt {
  if (record.kind === 'month') return 'version' in answer && answer.station === record.station_code
  return 'photos' in answer && answer.durable && answer.sha256 === record.sha256 && Array.isArray(answer.photos)
}

/** Some refusals say at once that the body was kept for a person to settle; then it is not lost and not sent again. */
async function settleRefusal(parts: Parts, record: OutboxRecord, problem: Problem): Promise<void> {
  const kept = problem.details?.['quarantine_id']
  if (kept !== undefined && kept !== null && problem.details?.['durable'] === true) {
    await keepAside(parts.database, record.id, String(kept), problem)
  } else {
    await keepRefusal(parts.database, record.id, problem)
  }
}

async function keepLater(parts: Parts, record: OutboxRecord, problem: Problem, retry_after_s: number | null): Promise<void> {
  const wait = waitAfter(record.tries, parts.random(), retry_after_s)
  await keepFailure(parts.database, record.id, problem, parts.now().getTime() + wait)
}
