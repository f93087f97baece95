/** What the phone knows of the true time: the last server time it heard, and how far its steady clock has run since. */

import type { ClockReading } from '../api/wire'
import { type Database, readSetting, type ServerTime, writeSetting } from '../store/database'

// The steady clock starts at zero with each page; a reading from another page cannot be continued.
const PAGE = `${Date.now()}-${Math.random()}`

const steady = (): number => Math.round(performance.now())

export async function keepServerTime(database: Database, server_time: unknown, now: Date, signed: unknown = null): Promise<void> {
  if (typeof server_time !== 'string' || Number.isNaN(Date.parse(server_time))) return
  const signed_time = typeof signed === 'string' && signed !== '' ? signed : null
  await writeSetting(database, 'server_time', { server_time, signed_time, wall_ms: now.getTime(), monotonic_ms: steady(), page: PAGE })
}

/** The time by the server's clock as far as it was ever heard: a phone's calendar may be wrong by days. */
export async function readNow(database: Database, wall: Date): Promise<Date> {
  const heard = await readSetting(database, 'server_time')
  return heard ? new Date(wall.getTime() + Date.parse(heard.server_time) - heard.wall_ms) : wall
}

export async function readClock(database: Database, now: Date): Promise<ClockReading> {
  return describeClock(await readSetting(database, 'server_time'), now, steady(), PAGE)
}

export function describeClock(heard: ServerTime | null, now: Date, monotonic_ms: number, page: string): ClockReading {
  return {
    wall: now.toISOString(),
    monotonic_ms_since_sync: heard && heard.page === page ? monotonic_ms - heard.monotonic_ms : null,
    last_server_time: heard?.server_time ?? null,
    signed_time: heard?.signed_time ?? null,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'Asia/Shanghai',
  }
}
