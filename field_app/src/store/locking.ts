/** Setting a PIN, giving it, taking it off; each row is sealed by itself, and what a killed page left is made good at the next opening. */

import { announce } from './changes'
import { type Database, readSetting, STRICT, writeSetting } from './database'
import {
  openDraft, openMonth, openRecord, readMonths, readToken, sealDraft, sealEnrolment, sealMonth, sealRecord, writeMonths,
} from './private_rows'
import { makeLock, openLock, ROUNDS, WrongPin } from './sealing'
import { holdKey, isOpen } from './vault'

/** After so many wrong PINs in a row each next one waits, twice as long each time. */
const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000

export type Refused = { wrong: true; wait_until: number }

export async function setPin(database: Database, pin: string, rounds: number = ROUNDS): Promise<void> {
  const { lock, key } = await makeLock(pin, rounds)
  await writeSetting(database, 'lock', { ...lock, wrong: 0, wait_until: 0 })
  holdKey(key)
  await sealAll(database)
  announce('enrolment')
}

/** Open what is sealed; null when it is open now. A guess is counted before it is judged, so that a killed page counts it too. */
export async function givePin(database: Database, pin: string, now: Date): Promise<Refused | null> {
  const lock = await readSetting(database, 'lock')
  if (!lock) return null
  if (lock.wait_until > now.getTime()) return { wrong: true, wait_until: lock.wait_until }
  const wrong = lock.wrong + 1
  const wait_until = wrong < FREE_TRIES ? 0 : now.getTime() + FIRST_WAIT_MS * 2 ** Math.min(wrong - FREE_TRIES, 12)
  await writeSetting(database, 'lock', { ...lock, wrong, wait_until })
  try {
    holdKey(await openLock(lock, pin))
  } catch (reason) {
    if (reason instanceof WrongPin) return { wrong: true, wait_until }
    throw reason
  }
  await writeSetting(database, 'lock', { ...lock, wrong: 0, wait_until: 0 })
  await sealAll(database)
  announce('enrolment')
  return null
}

/** Forget the key: what is sealed is shut until the PIN is given again. */
export function shut(): void {
  if (!isOpen()) return
  holdKey(null)
  announce('enrolment')
}

/** Take the PIN off: everything is opened first, the lock goes last. */
export async function takePinOff(database: Database): Promise<void> {
  const [token, months] = [await readToken(database), await readMonths(database)]
  await eachRow(database, 'drafts', openDraft)
  await eachRow(database, 'month_drafts', openMonth)
  await eachRow(database, 'records', openRecord)
  const enrolment = await readSetting(database, 'enrolment')
  holdKey(null)
  if (enrolment && token !== null) {
    const { sealed_token: _sealed, ...open } = enrolment
    await writeSetting(database, 'enrolment', { ...open, token })
  }
  if (months) await writeMonths(database, months)
  const change = database.transaction('settings', 'readwrite', STRICT)
  await Promise.all([change.store.delete('lock'), change.done])
  announce('enrolment')
}

/** The PIN is forgotten: nothing opens what is sealed, so everything on the phone is erased, unsent work as well. */
export async function eraseEverything(database: Database): Promise<void> {
  const names = Array.from(database.objectStoreNames)
  const change = database.transaction(names, 'readwrite', STRICT)
  await Promise.all([...names.map((name) => change.objectStore(name).clear()), change.done])
  holdKey(null)
  announce('enrolment')
}

async function sealAll(database: Database): Promise<void> {
  await eachRow(database, 'drafts', async (row) => (row.sealed ? row : sealDraft(row)))
  await eachRow(database, 'month_drafts', async (row) => (row.sealed ? row : sealMonth(row)))
  await eachRow(database, 'records', sealRecord)
  const enrolment = await readSetting(database, 'enrolment')
  if (enrolment) await writeSetting(database, 'enrolment', await sealEnrolment(enrolment))
  const months = await readSetting(database, 'months')
  if (months) await writeMonths(database, months)
}

type Rows = 'drafts' | 'month_drafts' | 'records'

/** Change every row of a table, one at a time, each until no round of sync came between its reading and its writing. */
async function eachRow<Name extends Rows>(
  database: Database,
  name: Name,
  alter: (row: Awaited<ReturnType<typeof database.getAll<Name>>>[number]) => Promise<Awaited<ReturnType<typeof database.getAll<Name>>>[number]>,
): Promise<void> {
  for (const id of await database.getAllKeys(name)) {
    for (let row = await database.get(name, id); row; row = await database.get(name, id)) {
      const altered = await alter(row)
      if (altered === row) break
      const change = database.transaction(name, 'readwrite', STRICT)
      const again = await change.store.get(id)
      const undisturbed = JSON.stringify(again) === JSON.stringify(row)
      if (undisturbed) await change.store.put(altered)
      await change.done
      if (undisturbed) break
    }
  }
}
