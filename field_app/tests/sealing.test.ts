import { describe, expect, it } from 'vitest'
import { changePin, makeLock, openBytes, openLock, openValue, sealBytes, sealValue, WrongPin } from '../src/store/sealing'

// Few rounds: what is shown here does not depend on how dear a guess is.
const FEW = 1000

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer

describe('what is sealed', () => {
  it('opens with the PIN it was sealed under, and with no other', async () => {
    const { lock, key } = await makeLock('246810', FEW)
    const sealed = await sealValue(key, { note: '门开着', sales: '12000.00' })
    const again = await openLock(lock, '246810')
    expect(await openValue(again, sealed)).toEqual({ note: '门开着', sales: '12000.00' })
    await expect(openLock(lock, '246811')).rejects.toBeInstanceOf(WrongPin)
  })

  it('holds nothing of what it hides', async () => {
    const { lock, key } = await makeLock('246810', FEW)
    const sealed = await sealValue(key, 'token-of-he-ying')
    for (const kept of [sealed, lock.wrapped, lock.salt]) {
      expect(Buffer.from(kept).includes('token')).toBe(false)
      expect(Buffer.from(kept).includes('246810')).toBe(false)
    }
  })

  it('never looks the same twice, and is refused when a bit was changed', async () => {
    const { key } = await makeLock('246810', FEW)
    const [one, other] = [await sealBytes(key, bytes(1, 2, 3)), await sealBytes(key, bytes(1, 2, 3))]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false)
    new Uint8Array(one)[14] = (new Uint8Array(one)[14] as number) ^ 1
    await expect(openBytes(key, one)).rejects.toThrow()
    expect(Buffer.from(await openBytes(key, other))).toEqual(Buffer.from([1, 2, 3]))
  })

  it('is still open after the PIN was changed, and shut to the old one', async () => {
    const { lock, key } = await makeLock('246810', FEW)
    const sealed = await sealBytes(key, bytes(7))
    const changed = await changePin(lock, '246810', '135791', FEW)
    expect(Buffer.from(await openBytes(await openLock(changed, '135791'), sealed))).toEqual(Buffer.from([7]))
    await expect(openLock(changed, '246810')).rejects.toBeInstanceOf(WrongPin)
    await expect(changePin(lock, '000000', '111111', FEW)).rejects.toBeInstanceOf(WrongPin)
  })

  it('gives a key that nobody can read out', async () => {
    const { key } = await makeLock('246810', FEW)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})
