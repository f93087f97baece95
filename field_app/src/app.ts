/** The app put together: the one place where stored things, the server and the runner of sync meet. Pages and the service worker share it. */

import { createApi } from './api/client'
import type { LastVisit } from './api/wire'
import { readLine } from './device/line'
import { askForBackground } from './device/background'
import { askToPersist } from './device/storage'
import type { Database, LastPhoto } from './store/database'
import { readToken } from './store/private_rows'
import { stored } from './store/connection'
import { fetchLastPhoto } from './sync/last_photos'
import type { Parts } from './sync/parts'
import { createRunner, type Locks } from './sync/runner'

export const api = createApi({
  base: '/api/v1',
  fetch: (input, init) => fetch(input, init),
  token: async () => readToken(await stored()),
})

const locks = 'locks' in navigator ? (navigator.locks as unknown as Locks) : null

async function makeParts(): Promise<Parts> {
  return { api, database: await stored(), now: () => new Date(), random: Math.random, line: readLine }
}

export const runner = createRunner(makeParts, locks)

/** Try to sync in the background; what goes wrong is kept with the records and shown in the outbox. */
export function syncSoon(): void {
  void runner.run().catch((reason: unknown) => console.error(reason))
  void stored().then(guard).catch(() => undefined)
}

/** While something waits: should this page be closed, the worker goes on where the system lets it; and nothing may be cleared away. */
async function guard(database: Database): Promise<void> {
  if ((await database.count('records')) === 0) return
  await askForBackground()
  await askToPersist()
}

/** The small picture of a station's last visit, kept or fetched within the day's budget; null without one. */
export async function showLastPhoto(visit: LastVisit | null): Promise<LastPhoto | null> {
  return fetchLastPhoto(await makeParts(), visit)
}
