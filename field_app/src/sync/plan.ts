/** Asking the server what it lacks and whether there is news, before anything heavy is sent or fetched. */

import { NOT_OURS } from '../api/reply'
import type { Plan, PlanRequest } from '../api/wire'
import type { OutboxLine } from '../outbox/records'
import { ifRoom } from '../outbox/unwritten'
import { readSetting } from '../store/database'
import { readMonthsTag } from '../store/private_rows'
import { keepServerTime } from './clock'
import { leave, type Onward, type Parts } from './parts'

const RECORDS_AT_ONCE = 100

export type Known = {
  /** Whether the server answered; then a photo that is not named in `offsets` was never begun. */
  asked: boolean
  /** Bytes the server has of each photo it was asked about. */
  offsets: Map<string, number>
  /** Photos that the server says it holds whole and for good. */
  complete: Set<string>
  /** Photos of which the server needs no preview. */
  seen: Set<string>
  news: Plan['news']
}

/** What is assumed of news until the server has said. */
const NO_NEWS: Plan['news'] = { forms: false, changes: false, months: false }

/**
 * Ask in batches, at least once. The plan only spares bytes: where the server cannot give one the round goes on
 * without it, since a PUT of what is there already does no harm. Where somebody else answers, nothing is sent to them.
 */
export async function askPlan(parts: Parts, lines: OutboxLine[]): Promise<{ onward: Onward; known: Known }> {
  const known: Known = { asked: true, offsets: new Map(), complete: new Set(), seen: new Set(), news: NO_NEWS }
  const held = await readHeld(parts)
  for (let start = 0; start === 0 || start < lines.length; start += RECORDS_AT_ONCE) {
    const reply = await parts.api.plan({ ...claim(lines.slice(start, start + RECORDS_AT_ONCE)), ...held })
    if (reply.kind === 'failed' && reply.problem.code === NOT_OURS) return { onward: 'elsewhere', known }
    const onward = leave(reply)
    if (onward !== 'go_on') return { onward, known }
    if (reply.kind === 'ok') {
      remember(known, reply.body)
      const { server_time, signed_time } = reply.body
      await ifRoom(() => keepServerTime(parts.database, server_time, parts.now(), signed_time))
    } else {
      known.asked = false
    }
  }
  return { onward: 'go_on', known }
}

/** What is held of these. Photos go only after their record's text, so of a record not yet there none was ever begun. */
function claim(lines: OutboxLine[]): Pick<PlanRequest, 'records' | 'media' | 'previews'> {
  const photos = lines.filter(({ record }) => record.receipt !== null || record.state === 'kept_aside')
    .map((line) => line.photos)
    .reduce((all, some) => all.concat(some), [])
  return {
    records: lines.map(({ record }) => ({ id: record.id, sha256: record.sha256 })),
    media: photos.map(({ sha256, size }) => ({ sha256, size })),
    previews: photos.filter(({ preview }) => preview === 'waiting').map(({ sha256 }) => sha256),
  }
}

/** What the phone has of what comes down, each under the tag that the server gave it. */
async function readHeld({ database }: Parts): Promise<Pick<PlanRequest, 'cursor' | 'forms' | 'months'>> {
  const etag = await readSetting(database, 'forms_etag')
  return {
    cursor: await readSetting(database, 'cursor'),
    forms: etag && etag.replace(/^W\/|"/g, ''),
    months: await readMonthsTag(database),
  }
}

function remember(known: Known, plan: Plan): void {
  for (const { sha256, received_bytes, complete, durable } of plan.media) {
    if (Number.isInteger(received_bytes) && received_bytes >= 0) known.offsets.set(sha256, received_bytes)
    if (complete && durable) known.complete.add(sha256)
  }
  for (const { sha256, held } of plan.previews ?? []) {
    if (held) known.seen.add(sha256)
  }
  known.news = plan.news ?? known.news
}
