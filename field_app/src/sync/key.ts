/** Registering the key of a phone that was enrolled before it had one: once. */

import { holdKeys, writePublicKey } from '../device/seal/keys'
import { readSetting, writeSetting } from '../store/database'
import { leave, type Onward, type Parts } from './parts'

/** Before any record goes, so that its seals can be checked; who takes no photos needs no key. */
export async function registerKey({ api, database }: Parts): Promise<Onward> {
  const role = (await readSetting(database, 'enrolment'))?.account.role
  if (role === 'owner' || (await readSetting(database, 'seal_known'))) return 'go_on'
  const keys = await holdKeys(database)
  if (!keys) return 'go_on'
  const reply = await api.putKey(await writePublicKey(keys))
  // A refusal would be the same again.
  if (reply.kind === 'ok' || reply.kind === 'refused') await writeSetting(database, 'seal_known', true)
  return leave(reply)
}
