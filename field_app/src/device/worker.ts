/** The service worker: registered once; a new version waits until the person takes it or the app is next opened. */

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

export function onNewVersion(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const hasNewVersion = (): boolean => waiting !== null

function tell(worker: ServiceWorker | null): void {
  waiting = worker
  listeners.forEach((listener) => listener())
}

export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  try {
    const registration = await navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`)
    if (registration.waiting && navigator.serviceWorker.controller) tell(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing
      coming?.addEventListener('statechange', () => {
        if (coming.state === 'installed' && navigator.serviceWorker.controller) tell(coming)
      })
    })
  } catch {
    // Without a worker (no https, or a private window) the app still works while it is open.
  }
}

/** Take the new version now. Drafts and outbox are on disk, so a reload loses nothing. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('TAKE_OVER')
}
