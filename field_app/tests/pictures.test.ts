import { describe, expect, it } from 'vitest'
import { fit } from '../src/device/photo/canvas'
import { plainTags, readExif } from '../src/device/photo/exif'
import { judge, measureBrightness, measureSharpness, offLevel, toGrey } from '../src/device/photo/judgement'
import { findTilt } from '../src/device/camera/tilt'
import { verificationCode, writeCode } from '../src/device/photo/verification'
import { wrap } from '../src/device/photo/watermark'

const paint = (width: number, height: number, grey: (x: number, y: number) => number): number[] =>
  Array.from({ length: width * height }, (_none, at) => grey(at % width, Math.floor(at / width)))

describe('sharpness and light', () => {
  it('weighs colours as JPEG does', () => {
    expect([...toGrey([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 10, 10, 10, 255])]).toEqual([76, 150, 29, 10])
  })

  it('measures an even grey as its own brightness, without any edge', () => {
    const even = paint(20, 20, () => 90)
    expect(measureBrightness(even)).toBe(90)
    expect(measureSharpness(even, 20, 20)).toBe(0)
  })

  it('measures a chessboard of single pixels by hand: its Laplacian is 4 times the step, up and down', () => {
    expect(measureSharpness(paint(12, 12, (x, y) => ((x + y) % 2) * 10), 12, 12)).toBe(1600)
  })

  it('finds a hard edge sharper than the same edge spread over ten pixels', () => {
    const hard = paint(40, 40, (x) => (x < 20 ? 40 : 200))
    const soft = paint(40, 40, (x) => 40 + Math.max(0, Math.min(160, (x - 15) * 16)))
    expect(measureSharpness(hard, 40, 40)).toBeGreaterThan(1000)
    expect(measureSharpness(soft, 40, 40)).toBeLessThan(30)
  })

  it('has no opinion of nothing', () => {
    expect([measureBrightness([]), measureSharpness([], 0, 0)]).toEqual([0, 0])
  })
})

describe('the judgement', () => {
  it.each([
    [{ sharpness: 120, brightness: 45, tilt_deg: null }, []],
    [{ sharpness: 119.9, brightness: 45, tilt_deg: 0 }, ['blurry']],
    [{ sharpness: 20, brightness: 44.9, tilt_deg: 13 }, ['dark', 'blurry', 'tilted']],
    [{ sharpness: 900, brightness: 130, tilt_deg: 12 }, []],
    [{ sharpness: 900, brightness: 130, tilt_deg: -100 }, []],
    [{ sharpness: 900, brightness: 130, tilt_deg: -105 }, ['tilted']],
  ])('of %j is %j', (measures, doubts) => {
    expect(judge(measures)).toEqual(doubts)
  })

  it('counts a phone on its side as level', () => {
    expect([0, 90, -90, 180, 30, -60, 100].map(offLevel)).toEqual([0, 0, 0, 0, 30, 30, 10])
  })
})

describe('the tilt', () => {
  it.each([
    ['upright', 90, 0, 0, 0],
    ['leaning back a little, still upright', 70, 0, 0, 0],
    ['upside down', -90, 0, 0, -180],
    ['on its left side', 0, -90, 0, 90],
    ['on its right side, the screen turned along', 0, 90, 90, 0],
  ])('of a phone held %s', (_how, beta, gamma, screen, degrees) => {
    expect(findTilt(beta, gamma, screen)).toBe(degrees)
  })

  it('is unknown where the phone looks at the ground', () => {
    expect(findTilt(10, 5, 0)).toBeNull()
  })
})

describe('the verification code', () => {
  it.each([
    ['0'.repeat(64), '0000000000'],
    ['f'.repeat(64), 'ZZZZZZZZZZ'],
    // SHA-256 of nothing and of «abc»; the codes worked out with another program.
    ['e3b0c44298c1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', ''],
    ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'WERC8GMRZG'],
    ['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'Q9W1DFWF07'],
  ])('of %s is %s', (sha256, code) => {
    if (code === '') expect(() => verificationCode(sha256)).toThrow(RangeError)
    else expect(verificationCode(sha256)).toBe(code)
  })

  it('is read aloud in two groups', () => {
    expect(writeCode('WERC8GMRZG')).toBe('WERC8-GMRZG')
  })
})

/** The head of a JPEG as a phone writes it: maker, moment and place, and no picture. */
const HEAD_WITH_EXIF =
  '/9j/4QDORXhpZgAATU0AKgAAAAgAAwEPAAIAAAAHAAAAModpAAQAAAABAAAAOoglAAQAAAABAAAAYAAAAABIVUFXRUkAAAABkAMAAgAAABQAAA' +
  'BMAAAAADIwMjY6MTE6MjEgMTE6NDA6MDUAAAQAAQACAAAAAk4AAAAAAgAFAAAAAwAAAJYAAwACAAAAAkUAAAAABAAFAAAAAwAAAK4AAAAAAAAA' +
  'GQAAAAEAAAAQAAAAAQAAAE4AAAAFAAAAbwAAAAEAAAAUAAAAAQAAAJ4AAAAF/9k='

describe('EXIF', () => {
  it('is read by its names, the place in degrees beside its hemisphere', async () => {
    const file = new Blob([Uint8Array.from(atob(HEAD_WITH_EXIF), (sign) => sign.charCodeAt(0))])
    const tags = (await readExif(file))?.tags ?? {}
    expect(tags['Make']).toBe('HUAWEI')
    expect(tags['DateTimeOriginal']).toBe('2026:11:21 11:40:05')
    expect(tags['GPSLatitudeRef']).toBe('North latitude')
    expect(Number(tags['GPSLatitude'])).toBeCloseTo(25.271, 5)
    expect(Number(tags['GPSLongitude'])).toBeCloseTo(111.342111, 5)
  })

  it('comes as short plain texts, places first, within the limits of the schema', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_none, at) => [`Tag${at}`, { description: `值${at}` }]))
    const tags = plainTags({ ...many, GPSLatitude: { description: 25.27 }, MakerNote: { description: 'x' }, Long: { description: 'a'.repeat(300) } })
    expect(Object.keys(tags)).toHaveLength(80)
    expect(Object.keys(tags)[0]).toBe('GPSLatitude')
    expect(tags['GPSLatitude']).toBe('25.27')
    expect(tags['MakerNote']).toBeUndefined()
    expect(plainTags({ Long: { description: 'a'.repeat(300) } })['Long']).toHaveLength(200)
  })

  it('has no control signs, which no database keeps', () => {
    expect(plainTags({ Make: { description: 'HUAWEI\u0000\u0000' }, Empty: { description: '\u0000' } })).toEqual({ Make: 'HUAWEI' })
  })

  it('is nothing of a file that has none', async () => {
    expect(await readExif(new Blob([new Uint8Array([1, 2, 3])]))).toBeNull()
  })
})

describe('sizes and lines', () => {
  it('shrinks the long edge and never enlarges', () => {
    expect(fit({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fit({ width: 300, height: 400 }, 1600)).toEqual({ width: 300, height: 400 })
    expect(fit({ width: 9000, height: 2 }, 480)).toEqual({ width: 480, height: 1 })
  })

  it('breaks a long Chinese line at any sign', () => {
    expect(wrap('江永县潇浦镇', 3, (text) => text.length)).toEqual(['江永县', '潇浦镇'])
    expect(wrap('', 3, (text) => text.length)).toEqual([])
  })
})
