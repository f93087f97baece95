/** What a round of sync is given from outside, so that tests can hold the clock, the chance and the line. */

import type { Api } from '../api/client'
import type { Database } from '../store/database'

export type Parts = {
  api: Api
  database: Database
  now: () => Date
  /** A number in [0, 1). */
  random: () => number
}

/** How a step leaves the round: go on; stop, since nobody answers; or stop, since the access was taken back. */
export type Onward = 'go_on' | 'offline' | 'revoked'

/** A round that stops says why; «waiting» means that something is left for a later try, «mending» for the person. */
export type Outcome = 'all_sent' | 'waiting' | 'mending' | 'offline' | 'revoked' | 'not_enrolled' | 'already_running'
