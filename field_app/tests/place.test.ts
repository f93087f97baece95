import { describe, expect, it } from 'vitest'
import type { ReturnedVisit, Task } from '../src/api/wire'
import { measureBearing, nameWind, readHeading, turnArrow } from '../src/place/bearing'
import { toBd09, toGcj02 } from '../src/place/datum'
import { codesOf, isLate, listTold, sortDuties } from '../src/place/duties'
import { measureDistance, writeDistance } from '../src/place/distance'
import { findStations, indexStations, keepNear, listAlike } from '../src/place/finding'
import { chooseFix } from '../src/place/fixes'
import { addressOf } from '../src/place/handover'
import { findByCode, readPlaque } from '../src/place/plaque'
import { dayInChina, listVisitedToday, visitedToday } from '../src/place/today'
import { fit, metresPerPixel, onScreen, pan, toSpot, zoom } from '../src/place/view'
import vectors from './datum_vectors.json'
import { makeStation } from './people'

const HERE = { lon: 111.3, lat: 25.2 }

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

describe('bearing', () => {
  it.each([
    [{ lon: 111.3, lat: 25.3 }, 0, 'n'],
    [{ lon: 111.4, lat: 25.2 }, 90, 'e'],
    [{ lon: 111.3, lat: 25.1 }, 180, 's'],
    [{ lon: 111.2, lat: 25.2 }, 270, 'w'],
    [{ lon: 111.41, lat: 25.3 }, 45, 'ne'],
    [{ lon: 111.299, lat: 25.3 }, 359, 'n'],
  ])('to %o is %d degrees', (there, degrees, wind) => {
    const bearing = measureBearing(HERE, there)
    expect(Math.round(bearing)).toBe(degrees)
    expect(nameWind(bearing)).toBe(wind)
  })

  it('turns with the phone, and points up from north where there is no compass', () => {
    expect(turnArrow(45, null)).toBe(45)
    expect(turnArrow(45, 90)).toBe(315)
  })

  it('reads a compass only where it is absolute, with the screen as it is turned', () => {
    expect(readHeading({ absolute: true, alpha: 90 }, 0)).toBe(270)
    expect(readHeading({ absolute: true, alpha: 90 }, 90)).toBe(0)
    expect(readHeading({ absolute: false, alpha: 90 }, 0)).toBeNull()
    expect(readHeading({ absolute: true, alpha: null }, 0)).toBeNull()
  })
})

describe('finding stations', () => {
  const near = makeStation('s1', { name: '源头站', lon: 111.3, lat: 25.2 })
  const far = makeStation('s2', { name: '岗尾站', lon: 111.9, lat: 25.2 })
  const nowhere = makeStation('s0', { name: '井尾站', lon: null, lat: null })
  const beyond = makeStation('s3', { name: '山背站', lon: 111.3, lat: 25.22, village_code: '431125100999' })
  const codes = (found: { station: { code: string } }[]): string[] => found.map(({ station }) => station.code)

  it('puts the nearest first and the unplaced last', () => {
    expect(codes(findStations(indexStations([nowhere, far, near]), '', HERE))).toEqual(['s1', 's2', 's0'])
  })

  it('wants every word, in name, code, village or township, full-width or not', () => {
    const index = indexStations([near, far, nowhere])
    expect(codes(findStations(index, '潇浦 尾', null))).toEqual(['s0', 's2'])
    expect(codes(findStations(index, 'Ｓ１', null))).toEqual(['s1'])
    expect(codes(findStations(index, '没有', null))).toEqual([])
  })

  it('calls 2 km near, and a station without a place never', () => {
    const just = makeStation('s4', { lon: 111.3, lat: 25.2 + 1999 / 111_195 })
    const over = makeStation('s5', { lon: 111.3, lat: 25.2 + 2001 / 111_195 })
    expect(codes(keepNear(findStations(indexStations([near, far, nowhere, over, just]), '', HERE)))).toEqual(['s1', 's4'])
  })

  it('asks about all that is near and all of the same villages before a new station', () => {
    const index = indexStations([near, far, nowhere, beyond])
    // far and nowhere are of the village of the near one; beyond is of another, 2.2 km off.
    expect(codes(listAlike(index, HERE, null))).toEqual(['s1', 's2', 's0'])
    expect(codes(listAlike(index, null, '431125100999'))).toEqual(['s3'])
    expect(codes(listAlike(index, null, null))).toEqual([])
  })

  it('searches 3,000 stations within a blink', () => {
    const many = Array.from({ length: 3000 }, (_one, turn) => makeStation(`s${turn}`, { lon: 111 + turn / 3000, lat: 25 + turn / 4000 }))
    const index = indexStations(many)
    const begun = performance.now()
    const found = findStations(index, '潇浦 s29', HERE)
    expect(performance.now() - begun).toBeLessThan(50)
    expect(found.length).toBe(111)
  })
})

describe('a plaque', () => {
  it.each([
    ['https://cz.example.cn/s/JY-001', { kind: 'station', code: 'JY-001' }],
    ['cz.example.cn/s/JY-001/', { kind: 'station', code: 'JY-001' }],
    ['https://cz.example.cn/s/%E7%AB%991', { kind: 'station', code: '站1' }],
    ['https://cz.example.cn/s/50%', { kind: 'station', code: '50%' }],
    [' ｊｙ001 ', { kind: 'station', code: 'jy001' }],
    ['https://cz.example.cn/app/#enrol=ab%2Fc', { kind: 'enrol', code: 'ab/c' }],
    ['https://elsewhere.example/pay/1', { kind: 'other' }],
    ['two words', { kind: 'other' }],
    ['', { kind: 'other' }],
  ])('%s', (text, meant) => {
    expect(readPlaque(text)).toEqual(meant)
  })

  it('finds its station in any case', () => {
    expect(findByCode([makeStation('JY001'), makeStation('JY002')], 'jy002')?.code).toBe('JY002')
    expect(findByCode([makeStation('JY001')], 'JY00')).toBeNull()
  })
})

describe('visited today', () => {
  const now = new Date('2026-11-21T17:30:00Z') // already the 22nd in China

  it('counts days as China does', () => {
    expect(dayInChina('2026-11-21T15:59:59Z')).toBe('2026-11-21')
    expect(dayInChina('2026-11-21T16:00:00Z')).toBe('2026-11-22')
    expect(dayInChina('nothing')).toBe('')
  })

  it('warns of anybody, and tells who it was only of oneself', () => {
    const own = listVisitedToday(
      [
        { kind: 'visit', station_code: 'a', captured_at: '2026-11-21T16:10:00Z' },
        { kind: 'visit', station_code: 'b', captured_at: '2026-11-21T15:00:00Z' },
        { kind: 'month', station_code: 'c', captured_at: '2026-11-21T16:10:00Z' },
      ],
      now,
    )
    const at = (code: string, last_observed_at: string | null) => visitedToday({ code, last_observed_at }, own, now)
    expect(at('a', null)).toBe('me')
    expect(at('b', null)).toBeNull()
    expect(at('c', null)).toBeNull()
    expect(at('d', '2026-11-21T16:20:00Z')).toBe('somebody')
    expect(at('d', '2026-11-21T15:20:00Z')).toBeNull()
  })
})

describe('duties', () => {
  const task = (id: number, station_code: string, due_on: string | null) =>
    ({ id, station_code, due_on, method: 'site_visit', reason: null, assigned_by: '陈', assigned_at: '2026-11-01T00:00:00Z' }) as Task
  const returned = (station_code: string, returned_at: string) => ({ station_code, returned_at }) as ReturnedVisit
  const duties = sortDuties({
    returned: [returned('a', '2026-11-18T00:00:00Z'), returned('b', '2026-11-20T00:00:00Z')],
    tasks: [task(1, 'c', null), task(2, 'd', '2026-12-01'), task(3, 'c', '2026-11-25'), task(4, 'b', '2026-11-22')],
  })

  it('tells the newest return and the earliest task first, and each station once', () => {
    expect(duties.returned.map((one) => one.station_code)).toEqual(['b', 'a'])
    expect(listTold(duties).map((one) => one.id)).toEqual([3, 2])
    expect(Array.from(codesOf(duties)).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is late only once the day is over in China', () => {
    const due = { due_on: '2026-11-21' }
    expect(isLate(due, new Date('2026-11-21T15:59:00Z'))).toBe(false)
    expect(isLate(due, new Date('2026-11-21T16:00:00Z'))).toBe(true)
    expect(isLate({ due_on: null }, new Date('2099-01-01T00:00:00Z'))).toBe(false)
  })
})

describe('datums', () => {
  it.each(vectors)('shifts $cgcs2000 as the server does', ({ cgcs2000, gcj02, bd09 }) => {
    const point = { lon: cgcs2000[0] as number, lat: cgcs2000[1] as number }
    for (const [shifted, wanted] of [[toGcj02(point), gcj02], [toBd09(point), bd09]] as const) {
      expect(Math.abs(shifted.lon - (wanted[0] as number))).toBeLessThan(2e-9)
      expect(Math.abs(shifted.lat - (wanted[1] as number))).toBeLessThan(2e-9)
    }
  })

  it('leaves a place outside China where it is', () => {
    expect(toGcj02({ lon: 13.4, lat: 52.5 })).toEqual({ lon: 13.4, lat: 52.5 })
    expect(toBd09({ lon: 13.4, lat: 52.5 })).toEqual({ lon: 13.4, lat: 52.5 })
  })
})

describe('handing over', () => {
  const station = { lon: 111.344, lat: 25.273 }
  it.each([
    ['amap', 'androidamap://route/plan/?sourceApplication=cunzhan&dlat=25.270270&dlon=111.349389&dname=%E7%94%98%E5%A4%B4%20A&dev=0&t=0'],
    ['baidu', 'baidumap://map/direction?destination=name:%E7%94%98%E5%A4%B4%20A|latlng:25.276551,111.355814&coord_type=bd09ll&mode=driving&src=cunzhan'],
    ['tencent', 'qqmap://map/routeplan?type=drive&to=%E7%94%98%E5%A4%B4%20A&tocoord=25.270270,111.349389&referer=cunzhan'],
    ['geo', 'geo:25.273000,111.344000?q=25.273000,111.344000(%E7%94%98%E5%A4%B4%20A)'],
  ] as const)('to %s in its own datum', (guide, address) => {
    expect(addressOf(guide, station, '甘头|A')).toBe(address)
  })
})

describe('the window of the map', () => {
  const size = { width: 360, height: 400 }
  const county = [toSpot({ lon: 111, lat: 25 }), toSpot({ lon: 112, lat: 26 })]

  it('holds all that it was fitted to', () => {
    const view = fit(county, size)
    const [west, east] = county.map((spot) => onScreen(view!, size, spot))
    expect(west!.x).toBeGreaterThanOrEqual(0)
    expect(east!.x).toBeLessThanOrEqual(360)
    expect(east!.y).toBeGreaterThanOrEqual(0)
    expect(west!.y).toBeLessThanOrEqual(400)
    expect(fit([], size)).toBeNull()
  })

  it('keeps what is under the fingers under them', () => {
    const view = fit(county, size)!
    const before = onScreen(view, size, county[0]!)
    const after = onScreen(zoom(view, size, 3, before), size, county[0]!)
    expect(after.x).toBeCloseTo(before.x, 6)
    expect(after.y).toBeCloseTo(before.y, 6)
    const moved = onScreen(pan(view, 30, -20), size, county[0]!)
    expect(moved.x - before.x).toBeCloseTo(30, 6)
    expect(moved.y - before.y).toBeCloseTo(-20, 6)
  })

  it('knows how long a pixel is', () => {
    const view = { center: toSpot({ lon: 111, lat: 25 }), scale: 40_075_017 }
    expect(metresPerPixel(view)).toBeCloseTo(Math.cos((25 * Math.PI) / 180), 3)
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
