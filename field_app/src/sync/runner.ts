/** One round at a time, in one page at a time; a wish that comes during a round is granted after it. */

import { announce } from '../store/changes'
import { writeSetting } from '../store/database'
import type { Outcome, Parts } from './parts'
import { runRound } from './round'

export type Locks = {
  request<T>(name: string, options: { ifAvailable: boolean }, work: (lock: unknown) => Promise<T>): Promise<T>
}

const LOCK = 'cunzhan-sync'

export function createRunner(makeParts: () => Promise<Parts>, locks: Locks | null) {
  let running: Promise<Outcome> | null = null
  /** A wish that came during a round; the button's wish stays the button's. */
  let wish: 'none' | 'auto' | 'by_hand' = 'none'

  async function work(by_hand: boolean): Promise<Outcome> {
    const parts = await makeParts()
    const outcome = await runRound(parts, { by_hand })
    await writeSetting(parts.database, 'last_round', { at: parts.now().toISOString(), outcome })
    return outcome
  }

  /** Other pages of the app share the outbox; where the system has no locks (Android 9), the server's idempotence holds. */
  function guarded(by_hand: boolean): Promise<Outcome> {
    if (!locks) return work(by_hand)
    return locks.request(LOCK, { ifAvailable: true }, async (lock): Promise<Outcome> =>
      lock ? work(by_hand) : 'already_running',
    )
  }

  async function loop(by_hand: boolean): Promise<Outcome> {
    let outcome = await guarded(by_hand)
    while (wish !== 'none' && outcome !== 'offline' && outcome !== 'revoked') {
      const pressed = wish === 'by_hand'
      wish = 'none'
      outcome = await guarded(pressed)
    }
    return outcome
  }

  return {
    isRunning: (): boolean => running !== null,

    run(by_hand = false): Promise<Outcome> {
      if (running) {
        if (wish !== 'by_hand') wish = by_hand ? 'by_hand' : 'auto'
        return running
      }
      wish = 'none'
      running = loop(by_hand).finally(() => {
        running = null
        announce('sync')
      })
      announce('sync')
      return running
    },
  }
}

export type Runner = ReturnType<typeof createRunner>
