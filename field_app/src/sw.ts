/// <reference lib="webworker" />
/** The service worker: it keeps the shell of the app, and sends what waits when no page is there to do it. */

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { runner } from './app'
import { BACKGROUND_TAG, SAY_CHANGED, SAY_RUN } from './device/background'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// Only GETs of files in this list are answered from the cache; workbox leaves every other method and address alone.
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { allowlist: [/^\/app\//], denylist: [/^\/api\//] }))

// On the very first visit the page is taken at once, so that it already works offline.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  if (event.data === 'TAKE_OVER') void self.skipWaiting()
})

type SyncEvent = ExtendableEvent & { tag: string }

self.addEventListener('sync' as 'message', (event: Event) => {
  if ((event as SyncEvent).tag === BACKGROUND_TAG) (event as SyncEvent).waitUntil(syncAlone())
})

/** A page that is looked at runs the round itself, and shows it; one that sleeps would not. The lock keeps it to one. */
async function syncAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const seen = pages.filter((page) => page.visibilityState === 'visible')
  if (seen.length > 0) {
    seen.forEach((page) => page.postMessage(SAY_RUN))
    return
  }
  const outcome = await runner.run()
  pages.forEach((page) => page.postMessage(SAY_CHANGED))
  // A rejected wish is granted again by the system, later and later.
  if (outcome === 'waiting' || outcome === 'offline' || outcome === 'elsewhere' || outcome === 'broken') throw new Error(outcome)
}
