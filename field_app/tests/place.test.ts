import { describe, expect, it } from 'vitest'
import { measureDistance, writeDistance } from '../src/place/distance'
import { findStations } from '../src/place/finding'
import { chooseFix } from '../src/place/fixes'
import { makeStation } from './people'

describe('distance', () => {
  it('is 111.195 km for a degree of latitude', () => {
    expect(Math.round(measureDistance({ lon: 111, lat: 25 }, { lon: 111, lat: 26 }))).toBe(111_195)
  })

  it.each([
    [34.4, '34 m'],
    [994, '994 m'],
    [1260, '1.3 km'],
    [23_400, '23 km'],
  ])('writes %d metres as %s', (metres, text) => {
    expect(writeDistance(metres)).toBe(text)
  })
})

describe('finding stations', () => {
  const near = makeStation('s1', { name: '源头站', lon: 111.3, lat: 25.2 })
  const far = makeStation('s2', { name: '岗尾站', lon: 111.9, lat: 25.2 })
  const nowhere = makeStation('s0', { name: '井尾站', lon: null, lat: null })

  it('puts the nearest first and the unplaced last', () => {
    const found = findStations([nowhere, far, near], '', { lon: 111.3, lat: 25.2 })
    expect(found.map(({ station }) => station.code)).toEqual(['s1', 's2', 's0'])
  })

  it('wants every word, in name, code, village or township, full-width or not', () => {
    const codes = (wish: string): string[] => findStations([near, far, nowhere], wish, null).map(({ station }) => station.code)
    expect(codes('潇浦 尾')).toEqual(['s0', 's2'])
    expect(codes('Ｓ１')).toEqual(['s1'])
    expect(codes('没有')).toEqual([])
  })
})

describe('fixes', () => {
  const at = (second: number, accuracy_m: number) => ({ lon: 111, lat: 25, accuracy_m, at: new Date(1e12 + second * 1000).toISOString() })

  it('keeps the more accurate of two, unless it is stale', () => {
    expect(chooseFix(at(0, 10), at(5, 40)).accuracy_m).toBe(10)
    expect(chooseFix(at(0, 40), at(5, 10)).accuracy_m).toBe(10)
    expect(chooseFix(at(0, 10), at(301, 40)).accuracy_m).toBe(40)
  })
})
