/** What a round of sync is given from outside, so that tests can hold the clock, the chance and the line. */

import type { Api } from '../api/client'
import type { Reply } from '../api/reply'
import type { Database } from '../store/database'

export type Parts = {
  api: Api
  database: Database
  now: () => Date
  /** A number in [0, 1). */
  random: () => number
  /** What carries the bytes, as far as the phone says. */
  line: () => LineKind
}

export type LineKind = 'wifi' | 'mobile' | 'unknown'

/**
 * How a step leaves the round: go on; stop, since nobody answers; stop, since somebody else answered (the page of a
 * captive portal); or stop, since the access was taken back, with or without the order to erase what was not sent; or,
 * all being sent that can be, the phone has no room for what is new, or stumbled over it.
 */
export type Onward = 'go_on' | 'offline' | 'elsewhere' | 'revoked' | 'erased' | 'full' | 'broken'

/**
 * A round that stops says why; «waiting» means that something is left for a later try, «wifi» that only photos are
 * left and wait for Wi-Fi, «mending» that something is left for the person, «full» that the phone had no room to write
 * down what became of things, «broken» that the phone itself failed in a way nobody foresaw.
 */
export type Outcome =
  | 'all_sent' | 'waiting' | 'wifi' | 'mending' | 'offline' | 'elsewhere' | 'revoked' | 'not_enrolled' | 'locked'
  | 'already_running' | 'full' | 'broken'

/** Where an answer ends the round; a refusal or a failure does not, it is judged by whoever asked. */
export function leave(reply: Reply<unknown>): Onward {
  if (reply.kind === 'offline') return 'offline'
  if (reply.kind === 'revoked') return reply.problem.details?.['erase_unsent'] === true ? 'erased' : 'revoked'
  return 'go_on'
}
