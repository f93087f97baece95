/** One round at a time, in one page at a time; a wish that comes during a round is granted after it. */

import { isFull } from '../device/storage'
import { announce } from '../store/changes'
import { type Database, readSetting, writeSetting } from '../store/database'
import { Locked } from '../store/vault'
import type { Outcome, Parts } from './parts'
import { runRound } from './round'

export type Locks = {
  request<T>(name: string, options: { ifAvailable?: boolean }, work: (lock: unknown) => Promise<T>): Promise<T>
}

const LOCK = 'cunzhan-sync'

export type LastRound = { at: string; outcome: Outcome }

/** How rounds end that no room may have hindered. */
const HAMPERED_BY_NO_ROOM: Outcome[] = ['waiting', 'mending', 'broken']

function judgeThrown(reason: unknown): Outcome {
  if (reason instanceof Locked) return 'locked'
  console.error(reason)
  return isFull(reason) ? 'full' : 'broken'
}

export function createRunner(makeParts: () => Promise<Parts>, locks: Locks | null) {
  let running: Promise<Outcome> | null = null
  /** A wish that came during a round; the button's wish stays the button's. */
  let wish: 'none' | 'auto' | 'by_hand' = 'none'

  /** How the last round of this page ended, where that could not be written down. */
  let unwritten: LastRound | null = null

  async function work(by_hand: boolean): Promise<Outcome> {
    try {
      const parts = await makeParts()
      const at = parts.now().toISOString()
      return await note(parts.database, at, await runRound(parts, { by_hand }).catch(judgeThrown))
    } catch (reason) {
      unwritten = { at: new Date().toISOString(), outcome: judgeThrown(reason) }
      return unwritten.outcome
    }
  }

  /** Write down how the round ended; what cannot even be written tells that the phone is full. */
  async function note(database: Database, at: string, outcome: Outcome): Promise<Outcome> {
    try {
      await writeSetting(database, 'last_round', { at, outcome })
      unwritten = null
      return outcome
    } catch (reason) {
      const hampered = isFull(reason) && HAMPERED_BY_NO_ROOM.includes(outcome)
      unwritten = { at, outcome: hampered ? 'full' : outcome }
      return unwritten.outcome
    }
  }

  /**
   * Other pages of the app, and the worker, share the outbox. Whoever presses waits for their turn; what nobody asked
   * for is left to whom it was begun by. Where the system has no locks (Android 9), the server's idempotence holds.
   */
  function guarded(by_hand: boolean): Promise<Outcome> {
    if (!locks) return work(by_hand)
    return locks.request(LOCK, by_hand ? {} : { ifAvailable: true }, async (lock): Promise<Outcome> =>
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

    /** How the last round ended: as written down, or as this page knows better. */
    async lastRound(database: Database): Promise<LastRound | null> {
      return unwritten ?? ((await readSetting(database, 'last_round')) as LastRound | null)
    },

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
