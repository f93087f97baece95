/** The phone's own key: made here, its private half can never leave this browser; null where the browser makes none. */

import { type Database, readSetting, STRICT } from '../../store/database'

const KIND = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }

/** The key of this phone, made at the first call. Under a PIN it lies open: nobody can read it out of the browser. */
export async function holdKeys(database: Database): Promise<CryptoKeyPair | null> {
  try {
    const held = await readSetting(database, 'seal_keys')
    if (held) return held
    const made = (await crypto.subtle.generateKey(KIND, false, ['sign', 'verify'])) as CryptoKeyPair
    const change = database.transaction('settings', 'readwrite', STRICT)
    // Looked at and written in one: another window may have made one meanwhile, and the server takes only one.
    const other = (await change.store.get('seal_keys')) as CryptoKeyPair | undefined
    if (!other) await change.store.put(made, 'seal_keys')
    await change.done
    return other ?? made
  } catch (reason) {
    // No secure line, no room: photos go without a seal, and nothing else is held up.
    console.warn(reason)
    return null
  }
}

/** SubjectPublicKeyInfo in base64, as the server registers it. */
export async function writePublicKey({ publicKey }: CryptoKeyPair): Promise<string> {
  return toBase64(await crypto.subtle.exportKey('spki', publicKey))
}

/** Sign the UTF-8 of a text; base64 of the 64 bytes of IEEE P1363. */
export async function signText({ privateKey }: CryptoKeyPair, text: string): Promise<string> {
  return toBase64(await crypto.subtle.sign(SIGNING, privateKey, new TextEncoder().encode(text)))
}

const toBase64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...Array.from(new Uint8Array(bytes))))
