/** Asking the server what it lacks, before anything heavy is sent. */

import type { Plan } from '../api/wire'
import type { OutboxLine } from '../outbox/records'
import { keepServerTime } from './clock'
import type { Onward, Parts } from './parts'

const RECORDS_AT_ONCE = 100

export type Known = {
  /** Bytes the server has of each photo it was asked about. */
  offsets: Map<string, number>
  complete: Set<string>
}

/**
 * Ask in batches. The plan only spares bytes: where the server cannot give one the round goes on without it,
 * since a PUT of what is there already does no harm.
 */
export async function askPlan(parts: Parts, lines: OutboxLine[]): Promise<{ onward: Onward; known: Known }> {
  const known: Known = { offsets: new Map(), complete: new Set() }
  for (let start = 0; start < lines.length; start += RECORDS_AT_ONCE) {
    const batch = lines.slice(start, start + RECORDS_AT_ONCE)
    const reply = await parts.api.plan({
      records: batch.map(({ record }) => ({ id: record.id, sha256: record.sha256 })),
      media: batch.flatMap(({ photos }) => photos.map(({ sha256, size }) => ({ sha256, size }))),
    })
    if (reply.kind === 'offline' || reply.kind === 'revoked') return { onward: reply.kind, known }
    if (reply.kind === 'ok') {
      remember(known, reply.body)
      await keepServerTime(parts.database, reply.body.server_time, parts.now())
    }
  }
  return { onward: 'go_on', known }
}

function remember(known: Known, plan: Plan): void {
  for (const { sha256, received_bytes, complete } of plan.media) {
    if (Number.isInteger(received_bytes) && received_bytes >= 0) known.offsets.set(sha256, received_bytes)
    if (complete) known.complete.add(sha256)
  }
}
