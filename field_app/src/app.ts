/** The app put together: the one place where stored things, the server and the runner of sync meet. */

import { createApi } from './api/client'
import { readLine } from './device/line'
import { readSetting } from './store/database'
import { stored } from './store/connection'
import { createRunner, type Locks } from './sync/runner'

export const api = createApi({
  base: '/api/v1',
  fetch: (input, init) => fetch(input, init),
  token: async () => (await readSetting(await stored(), 'enrolment'))?.token ?? null,
})

const locks = 'locks' in navigator ? (navigator.locks as unknown as Locks) : null

export const runner = createRunner(
  async () => ({ api, database: await stored(), now: () => new Date(), random: Math.random, line: readLine }),
  locks,
)

/** Try to sync in the background; what goes wrong is kept with the records and shown in the outbox. */
export function syncSoon(): void {
  void runner.run().catch((reason: unknown) => console.error(reason))
}
