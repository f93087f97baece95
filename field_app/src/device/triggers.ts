/** When to try to sync: on start, when the line comes back, when the app is looked at, and every few minutes. */

const EVERY_MS = 3 * 60_000

export function startTriggers(run: () => void): void {
  window.addEventListener('online', run)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') run()
  })
  setInterval(() => {
    if (navigator.onLine && document.visibilityState === 'visible') run()
  }, EVERY_MS)
  run()
}
