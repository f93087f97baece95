/** The app put together: the one place where stored things, the server and the runner of sync meet. Pages and the service worker share it. */

import { createApi } from './api/client'
import type { LastVisit } from './api/wire'
import { readLine } from './device/line'
import { askForBackground } from './device/background'
import { type LastPhoto, readSetting } from './store/database'
import { stored } from './store/connection'
import { fetchLastPhoto } from './sync/last_photos'
import type { Parts } from './sync/parts'
import { createRunner, type Locks } from './sync/runner'

export const api = createApi({
  base: '/api/v1',
  fetch: (input, init) => fetch(input, init),
  token: async () => (await readSetting(await stored(), 'enrolment'))?.token ?? null,
})

const locks = 'locks' in navigator ? (navigator.locks as unknown as Locks) : null

async function makeParts(): Promise<Parts> {
  return { api, database: await stored(), now: () => new Date(), random: Math.random, line: readLine }
}

export const runner = createRunner(makeParts, locks)

/** Try to sync in the background; what goes wrong is kept with the records and shown in the outbox. */
export function syncSoon(): void {
  void runner.run().catch((reason: unknown) => console.error(reason))
  // Should this page be closed before it is done, the service worker goes on where the system lets it.
  void stored().then(async (database) => (await database.count('records')) > 0 && askForBackground()).catch(() => undefined)
}

/** The small picture of a station's last visit, kept or fetched within the day's budget; null without one. */
export async function showLastPhoto(visit: LastVisit | null): Promise<LastPhoto | null> {
  return fetchLastPhoto(await makeParts(), visit)
}
