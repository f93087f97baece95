/** Sending the text of visits: small, first, one by one, so that a bad one never holds up the next. */

import { isProblem, type Reply } from '../api/reply'
import type { KeptAside, Problem, Receipt } from '../api/wire'
import { keepAside, keepFailure, keepReceipt, keepRefusal } from '../outbox/records'
import type { OutboxRecord } from '../store/database'
import { waitAfter } from './backoff'
import type { Onward, Parts } from './parts'

/** The answer was a success but promised nothing durable, or was about another record. */
const NO_PROMISE = 'NO_DURABLE_RECEIPT'

export async function sendText(parts: Parts, record: OutboxRecord): Promise<Onward> {
  const reply = await parts.api.putRecord(record.id, record.body)
  switch (reply.kind) {
    case 'ok':
      await settle(parts, record, reply.body)
      return 'go_on'
    case 'refused':
      await settleRefusal(parts, record, reply)
      return 'go_on'
    case 'failed':
      await keepLater(parts, record, reply.problem, reply.retry_after_s)
      return 'go_on'
    case 'offline':
    case 'revoked':
      return reply.kind
    case 'not_modified':
      await keepLater(parts, record, { code: NO_PROMISE, status: 304 }, null)
      return 'go_on'
  }
}

async function settle(parts: Parts, record: OutboxRecord, answer: Receipt | KeptAside): Promise<void> {
  if ('quarantine_id' in answer && answer.durable) {
    await keepAside(parts.database, record.id, String(answer.quarantine_id))
  } else if ('photos' in answer && answer.durable && answer.sha256 === record.sha256 && Array.isArray(answer.photos)) {
    await keepReceipt(parts.database, record.id, answer, parts.now())
  } else {
    await keepLater(parts, record, { code: NO_PROMISE, status: 200 }, null)
  }
}

/** Some refusals say at once that the body was kept for a person to settle; then it is not lost and not sent again. */
async function settleRefusal(parts: Parts, record: OutboxRecord, reply: Extract<Reply<never>, { kind: 'refused' }>): Promise<void> {
  const details = isProblem(reply.problem) ? reply.problem.details : undefined
  const kept = details?.['quarantine_id']
  if (kept !== undefined && kept !== null && details?.['durable'] === true) {
    await keepAside(parts.database, record.id, String(kept))
  } else {
    await keepRefusal(parts.database, record.id, reply.problem)
  }
}

async function keepLater(parts: Parts, record: OutboxRecord, problem: Problem, retry_after_s: number | null): Promise<void> {
  const wait = waitAfter(record.tries, parts.random(), retry_after_s)
  await keepFailure(parts.database, record.id, problem, parts.now().getTime() + wait)
}
