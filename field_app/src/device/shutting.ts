/** A phone put down is shut after a while, so that who picks it up must give the PIN; windows tell each other of a PIN. */

export const SHUT_AFTER_MS = 5 * 60_000

/** Call `shut` when the app has not been looked at for `SHUT_AFTER_MS`; at the latest when it is looked at again. */
export function startShutting(shut: () => void): void {
  let hidden_at: number | null = null
  let timer = 0
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      hidden_at = Date.now()
      timer = setTimeout(shut, SHUT_AFTER_MS) as unknown as number
    } else {
      // A sleeping phone runs no timers; a clock that was set back counts as long.
      const away_ms = hidden_at === null ? 0 : Date.now() - hidden_at
      if (away_ms < 0 || away_ms >= SHUT_AFTER_MS) shut()
      hidden_at = null
    }
  })
}

const windows = 'BroadcastChannel' in window ? new BroadcastChannel('cunzhan-pin') : null

/** A PIN was set, taken off, or all was erased: a window that goes on with the old key would write what nobody can open. */
export function tellOtherWindows(): void {
  windows?.postMessage('changed')
}

export function onOtherWindow(changed: () => void): void {
  windows?.addEventListener('message', changed)
}
