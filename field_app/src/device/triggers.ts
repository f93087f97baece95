/** When to try to sync: on start, when the line comes back, when the app is looked at, when the worker asks, and every few minutes. */

import { announce } from '../store/changes'
import { SAY_CHANGED, SAY_RUN } from './background'
import { onWifi } from './line'

const EVERY_MS = 3 * 60_000

export function startTriggers(run: () => void): void {
  window.addEventListener('online', run)
  onWifi(run)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') run()
  })
  setInterval(() => {
    if (navigator.onLine && document.visibilityState === 'visible') run()
  }, EVERY_MS)
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    if (data === SAY_RUN) run()
    if (data === SAY_CHANGED) (['stations', 'months', 'outbox', 'enrolment', 'sync'] as const).forEach(announce)
    // What was saved here while the worker held the lock waits for a round of its own.
    if (data === SAY_CHANGED) run()
  })
  run()
}
