/** Setting a PIN, giving it, taking it off; each row is sealed by itself, and what a killed page left is made good at the next opening. */

import { announce } from './changes'
import { type Database, readSetting, STRICT, type Tables, writeSetting } from './database'
import {
  openDraft, openMonth, openReceiptRow, openRecord, openReturned, readMonths, readToken, sealDraftRow, sealEnrolment, sealMonth,
  sealReceiptRow, sealRecord, sealReturned, writeMonths,
} from './private_rows'
import { makeLock, openLock, ROUNDS, WrongPin } from './sealing'
import { holdKey, isOpen } from './vault'

/** After so many wrong PINs in a row each next one waits, twice as long each time, up to the longest: a week is 700 guesses. */
const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/** How long the page must still be open before the next PIN is listened to. */
export type Refused = { wrong: true; wait_ms: number }

/** Another window set a PIN meanwhile: its key is the one that seals, and this one must be given that PIN. */
export class PinExists extends Error {}

export async function setPin(database: Database, pin: string, rounds: number = ROUNDS): Promise<void> {
  const { lock, key } = await makeLock(pin, rounds)
  const change = database.transaction('settings', 'readwrite', STRICT)
  // Looked at and written in one: a second lock over the first would make all that is sealed unreadable.
  const exists = (await change.store.get('lock')) !== undefined
  if (!exists) await Promise.all([change.store.put({ ...lock, wrong: 0 }, 'lock'), change.store.delete('handed_over')])
  await change.done
  if (exists) throw new PinExists()
  holdKey(key)
  await sealAll(database)
  announce('enrolment')
}

/** The wait that this page serves: since when on its own clock, which nobody can set forward, and after how many wrong PINs. */
let served: { wrong: number; since: number } | null = null

function leftToWait(wrong: number, ticks: number): number {
  if (wrong < FREE_TRIES) return 0
  // A page opened anew begins the wait anew: how long it was closed only the phone's calendar could say.
  if (served?.wrong !== wrong) served = { wrong, since: ticks }
  return Math.max(0, served.since + Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_MS) - ticks)
}

/** How long the next PIN must wait, in milliseconds; `ticks` is this page's monotonic clock. The wait begins with this look. */
export async function readWait(database: Database, ticks: number): Promise<number> {
  return leftToWait((await readSetting(database, 'lock'))?.wrong ?? 0, ticks)
}

/** Open what is sealed; null when it is open now. A guess is counted before it is judged, so that a killed page counts it too. */
export async function givePin(database: Database, pin: string, ticks: number): Promise<Refused | null> {
  const lock = await readSetting(database, 'lock')
  if (!lock) return null
  const wait_ms = leftToWait(lock.wrong, ticks)
  if (wait_ms > 0) return { wrong: true, wait_ms }
  const wrong = await countGuess(database)
  try {
    holdKey(await openLock(lock, pin))
  } catch (reason) {
    if (reason instanceof WrongPin) return { wrong: true, wait_ms: leftToWait(wrong, ticks) }
    throw reason
  }
  served = null
  await writeSetting(database, 'lock', { ...lock, wrong: 0 })
  await sealAll(database)
  announce('enrolment')
  return null
}

/** In one transaction, so that two windows guessing at once are counted twice. */
async function countGuess(database: Database): Promise<number> {
  const change = database.transaction('settings', 'readwrite', STRICT)
  const lock = (await change.store.get('lock')) as { wrong: number } | undefined
  const wrong = (lock?.wrong ?? 0) + 1
  if (lock) await change.store.put({ ...lock, wrong }, 'lock')
  await change.done
  return wrong
}

/** Forget the key: what is sealed is shut until the PIN is given again. */
export function shut(): void {
  if (!isOpen()) return
  holdKey(null)
  announce('enrolment')
}

/** Take the PIN off, for who knows it; null when it is off now. */
export async function takePinOff(database: Database, pin: string, ticks: number): Promise<Refused | null> {
  const refused = await givePin(database, pin, ticks)
  if (!refused) await openAll(database)
  return refused
}

/** Lay everything open again; the lock goes last, so that what a killed page left is sealed again with the next PIN. */
export async function openAll(database: Database): Promise<void> {
  const [token, months] = [await readToken(database), await readMonths(database)]
  await eachRow(database, 'drafts', openDraft)
  await eachRow(database, 'month_drafts', openMonth)
  await eachRow(database, 'records', openRecord)
  await eachRow(database, 'receipts', openReceiptRow)
  await eachRow(database, 'returned', openReturned)
  const enrolment = await readSetting(database, 'enrolment')
  holdKey(null)
  if (enrolment && token !== null) {
    const { sealed_token: _sealed, ...open } = enrolment
    await writeSetting(database, 'enrolment', { ...open, token })
  }
  if (months) await writeMonths(database, months)
  const change = database.transaction('settings', 'readwrite', STRICT)
  await Promise.all([change.store.delete('lock'), change.store.delete('sealed_enrolling'), change.done])
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
  await eachRow(database, 'drafts', sealDraftRow)
  await eachRow(database, 'month_drafts', async (row) => (row.sealed ? row : sealMonth(row)))
  await eachRow(database, 'records', sealRecord)
  await eachRow(database, 'receipts', sealReceiptRow)
  await eachRow(database, 'returned', sealReturned)
  const enrolment = await readSetting(database, 'enrolment')
  if (enrolment) await writeSetting(database, 'enrolment', await sealEnrolment(enrolment))
  const months = await readSetting(database, 'months')
  if (months) await writeMonths(database, months)
}

type Rows = 'drafts' | 'month_drafts' | 'records' | 'receipts' | 'returned'

/** Change every row of a table, one at a time, each until no round of sync came between its reading and its writing. */
async function eachRow<Name extends Rows>(
  database: Database,
  name: Name,
  alter: (row: Tables[Name]['value']) => Promise<Tables[Name]['value']>,
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
