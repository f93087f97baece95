/** Whether what is private is sealed on this phone, and the key while it is open: a page that is closed forgets it. */

import { type Database, readSetting } from './database'
import { openBytes, openValue, sealBytes, sealValue } from './sealing'

let key: CryptoKey | null = null

/** Something sealed was asked for while the PIN had not been given. */
export class Locked extends Error {}

/** Is a PIN set, and was it given in this page? */
export const isOpen = (): boolean => key !== null

export async function isLocked(database: Database): Promise<boolean> {
  return key === null && (await readSetting(database, 'lock')) !== null
}

/** Hold the key while the page is used; null forgets it. */
export function holdKey(found: CryptoKey | null): void {
  key = found
}

function held(): CryptoKey {
  if (key === null) throw new Locked()
  return key
}

/** Seal a plain value; null where no PIN is set, and the value stays as it is. */
export async function hide(value: unknown): Promise<ArrayBuffer | null> {
  return key === null ? null : sealValue(key, value)
}

export async function show<T>(sealed: ArrayBuffer): Promise<T> {
  return openValue<T>(held(), sealed)
}

export async function hideBytes(bytes: ArrayBuffer): Promise<ArrayBuffer | null> {
  return key === null ? null : sealBytes(key, bytes)
}

export async function showBytes(sealed: ArrayBuffer): Promise<ArrayBuffer> {
  return openBytes(held(), sealed)
}
