/** What a phone locked by its PIN asks: whether it is revoked. It cannot open its token, and a lost phone is not unlocked. */

import { readSetting } from '../store/database'
import { eraseAccess } from '../store/enrolment'
import type { Outcome, Parts } from './parts'

/** Erase what a revoked phone could read, locked as it is; any other answer, and none, changes nothing. */
export async function watchLocked({ api, database, now }: Parts): Promise<Outcome> {
  const token = (await readSetting(database, 'enrolment'))?.watch_token
  // Enrolled by a server that gave none: such a phone is told when it is unlocked.
  if (!token) return 'locked'
  const reply = await api.watch(token)
  if (reply.kind !== 'ok' || !reply.body.revoked) return 'locked'
  await eraseAccess(database, now(), reply.body.erase_unsent)
  return 'revoked'
}
