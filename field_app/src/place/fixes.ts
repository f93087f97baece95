/** Which of several fixes to keep. Pure. */

import type { Position } from '../store/database'

/** A fix older than this gives way to a newer, even a coarser one: the person may have walked on. */
export const STALE_MS = 5 * 60_000

/** Good enough to stop listening, in metres. */
export const GOOD_M = 15

export function chooseFix(kept: Position | null, heard: Position): Position {
  if (kept === null) return heard
  const stale = Date.parse(heard.at) - Date.parse(kept.at) > STALE_MS
  return stale || heard.accuracy_m <= kept.accuracy_m ? heard : kept
}
