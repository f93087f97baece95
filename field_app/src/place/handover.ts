/** Handing a station over to the phone's own navigation, in the datum that each app counts in. Pure.

    What the makers document (read 2026-11; none was tried on a real phone by us, the addresses are held by a test):
    - 高德 lbs.amap.com/api/amap-mobile/guide/android/route: androidamap://route/plan/?dlat&dlon&dname&dev=0&t=0;
      `dev=0` says that the pair is GCJ-02 already.
    - 百度 lbsyun.baidu.com/index.php?title=uri/api/android: baidumap://map/direction (a page may also use bdapp://),
      destination=name:…|latlng:lat,lng, `coord_type` bd09ll (its own, and the default there), gcj02 or wgs84.
    - 腾讯 lbs.qq.com/uri_v1/guide-route.html: qqmap://map/routeplan?type=drive&to&tocoord=lat,lng&referer; GCJ-02.
    - geo: RFC 5870, WGS-84; Android reads a name from `?q=lat,lng(name)` (Common intents, Maps).
    No address of another host is ever opened: without the app nothing happens, and nothing is sent. */

import { toBd09, toGcj02 } from './datum'
import type { Point } from './distance'

export const GUIDES = ['amap', 'baidu', 'tencent', 'geo'] as const
export type Guide = (typeof GUIDES)[number]

export const isGuide = (value: unknown): value is Guide => GUIDES.some((one) => one === value)

/** Six decimals are a decimetre. */
const pair = ({ lon, lat }: Point): string => `${lat.toFixed(6)},${lon.toFixed(6)}`

/** Signs that would end a name early in one app or another are left out of it. */
const plain = (name: string): string => encodeURIComponent(name.replace(/[|:;,&?#()]/g, ' ').trim())

/** The address that opens the app on the way to `point` (CGCS2000 degrees). */
export function addressOf(guide: Guide, point: Point, name: string): string {
  const called = plain(name)
  switch (guide) {
    case 'amap': {
      const { lon, lat } = toGcj02(point)
      return `androidamap://route/plan/?sourceApplication=cunzhan&dlat=${lat.toFixed(6)}&dlon=${lon.toFixed(6)}&dname=${called}&dev=0&t=0`
    }
    case 'baidu':
      return `baidumap://map/direction?destination=name:${called}|latlng:${pair(toBd09(point))}&coord_type=bd09ll&mode=driving&src=cunzhan`
    case 'tencent':
      return `qqmap://map/routeplan?type=drive&to=${called}&tocoord=${pair(toGcj02(point))}&referer=cunzhan`
    default:
      return `geo:${pair(point)}?q=${pair(point)}(${called})`
  }
}
