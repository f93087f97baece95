/** What the phone signs of a photo that it keeps: the very text travels, so that it can be checked letter by letter. Pure. */

import type { ClockReading, PhotoClaim } from '../../api/wire'
import type { Draft, SealHead } from '../../store/database'

type Kept = Pick<Draft, 'station_code' | 'account_id' | 'position'>

/** The chain begins with the first photo after an enrolment; each further one names the one that was kept before it. */
export const nextHead = (head: SealHead | null, sha256: string): SealHead => ({ number: (head?.number ?? 0) + 1, sha256 })

export function writePayload(claim: PhotoClaim, draft: Kept, device_id: string, clock: ClockReading, head: SealHead | null): string {
  const { position } = draft
  const age_s = position && Math.max(0, Math.round((Date.parse(clock.wall) - Date.parse(position.at)) / 1000))
  return JSON.stringify({
    v: 1,
    number: nextHead(head, claim.sha256).number,
    sha256: claim.sha256,
    station: draft.station_code,
    inspector: Number(draft.account_id),
    device: Number(device_id),
    taken_at: claim.taken_at,
    wall: clock.wall,
    monotonic_ms: clock.monotonic_ms_since_sync,
    signed_time: clock.signed_time,
    fix: position && { lon: position.lon, lat: position.lat, accuracy_m: position.accuracy_m, age_s },
    previous: head?.sha256 ?? null,
  })
}
