/**
 * Sealing what is private on the phone under a PIN, with WebCrypto alone. Knows no database and no screen.
 *
 * A random key seals the fields; the PIN only wraps that key, so that changing the PIN seals nothing anew. A PIN of six
 * digits does not hold against somebody who takes the phone's memory out and has days; it holds against who finds it.
 */

/** What is kept of a lock: nothing of it opens anything without the PIN. */
export type Lock = { salt: ArrayBuffer; rounds: number; wrapped: ArrayBuffer }

/** About half a second on a 900-yuan phone; the cost of each guess. */
export const ROUNDS = 300_000

export const SHORTEST_PIN = 6

const IV_BYTES = 12
const AES = { name: 'AES-GCM', length: 256 } as const

export class WrongPin extends Error {}

async function deriveWrapper(pin: string, salt: ArrayBuffer, rounds: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, secret, AES, false, ['encrypt', 'decrypt'])
}

function importKey(raw: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, AES, false, ['encrypt', 'decrypt'])
}

/** A new lock and its key; the key itself can never be read out again. */
export async function makeLock(pin: string, rounds: number = ROUNDS): Promise<{ lock: Lock; key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16)).buffer
  const raw = crypto.getRandomValues(new Uint8Array(32)).buffer
  const wrapped = await sealBytes(await deriveWrapper(pin, salt, rounds), raw)
  const key = await importKey(raw)
  new Uint8Array(raw).fill(0)
  return { lock: { salt, rounds, wrapped }, key }
}

/** The key of a lock; throws WrongPin. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey> {
  const raw = await unwrap(lock, pin)
  const key = await importKey(raw)
  new Uint8Array(raw).fill(0)
  return key
}

/** The same key under another PIN; throws WrongPin when the old one does not open it. */
export async function changePin(lock: Lock, old_pin: string, new_pin: string, rounds: number = ROUNDS): Promise<Lock> {
  const raw = await unwrap(lock, old_pin)
  const salt = crypto.getRandomValues(new Uint8Array(16)).buffer
  const wrapped = await sealBytes(await deriveWrapper(new_pin, salt, rounds), raw)
  new Uint8Array(raw).fill(0)
  return { salt, rounds, wrapped }
}

async function unwrap(lock: Lock, pin: string): Promise<ArrayBuffer> {
  try {
    return await openBytes(await deriveWrapper(pin, lock.salt, lock.rounds), lock.wrapped)
  } catch {
    throw new WrongPin()
  }
}

/** Bytes sealed and signed by AES-GCM, a fresh number before them. */
export async function sealBytes(key: CryptoKey, bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes))
  const whole = new Uint8Array(IV_BYTES + sealed.length)
  whole.set(iv)
  whole.set(sealed, IV_BYTES)
  return whole.buffer
}

/** The bytes again; throws when a single bit was changed or the key is another. */
export function openBytes(key: CryptoKey, sealed: ArrayBuffer): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, IV_BYTES) }, key, sealed.slice(IV_BYTES))
}

export async function sealValue(key: CryptoKey, value: unknown): Promise<ArrayBuffer> {
  return sealBytes(key, new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer)
}

export async function openValue<T>(key: CryptoKey, sealed: ArrayBuffer): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, sealed))) as T
}
