/** The small picture of a station's last visit: for assigned stations and for the one on the screen, within a day's budget. */

import type { LastVisit } from '../api/wire'
import { type Database, type LastPhoto, readSetting, writeSetting } from '../store/database'
import { findStation, keepLastPhoto, listTasks, readLastPhoto } from '../store/downloads'
import type { Onward, Parts } from './parts'

/** A day's pictures, in bytes; those fetched ahead leave half of it to the ones that somebody asks for. */
const DAY_BYTES = 200_000
const AHEAD_BYTES = DAY_BYTES / 2
const AHEAD_COUNT = 60

/** Give the small picture of a last visit: the kept one, else the server's; null without one, a line or budget left. */
export async function fetchLastPhoto(parts: Parts, visit: LastVisit | null, budget = DAY_BYTES): Promise<LastPhoto | null> {
  if (!visit?.photo) return null
  const kept = await readLastPhoto(parts.database, visit.inspection_id)
  if (kept) return kept
  if ((await spentToday(parts)) >= budget) return null
  const found = await parts.api.smallPhoto(visit.inspection_id, visit.photo.sha256)
  if (!found) return null
  const photo: LastPhoto = { inspection_id: visit.inspection_id, ...found, kept_at: parts.now().toISOString() }
  await spend(parts, found.bytes.byteLength)
  await keepLastPhoto(parts.database, photo)
  return photo
}

/** Ahead of the visits that somebody is asked to make. What fails is no loss: the screen asks again. */
export async function fetchTaskPhotos(parts: Parts): Promise<Onward> {
  for (const visit of await listTaskVisits(parts.database)) {
    if ((await spentToday(parts)) >= AHEAD_BYTES) break
    if (!(await fetchLastPhoto(parts, visit, AHEAD_BYTES)) ) break
  }
  return 'go_on'
}

async function listTaskVisits(database: Database): Promise<LastVisit[]> {
  const visits: LastVisit[] = []
  for (const { station_code } of (await listTasks(database)).slice(0, AHEAD_COUNT)) {
    const visit = (await findStation(database, station_code))?.last_visit
    if (visit?.photo) visits.push(visit)
  }
  return visits
}

const dayOf = (parts: Parts): string => parts.now().toISOString().slice(0, 10)

async function spentToday(parts: Parts): Promise<number> {
  const spent = await readSetting(parts.database, 'last_photos_day')
  return spent?.day === dayOf(parts) ? spent.bytes : 0
}

async function spend(parts: Parts, bytes: number): Promise<void> {
  const before = await spentToday(parts)
  await writeSetting(parts.database, 'last_photos_day', { day: dayOf(parts), bytes: before + bytes })
}
