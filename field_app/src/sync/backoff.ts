/** How long to wait, and how much to send at once. Pure: chance and times come as arguments. */

const FIRST_MS = 5_000
const MOST_MS = 30 * 60_000

export const PIECE_BYTES = 256 * 1024
const LEAST_PIECE_BYTES = 32 * 1024
const PIECE_SHOULD_TAKE_MS = 12_000

/** The wait before try number `tries` + 1, in milliseconds: doubled each time, half of it left to chance (`random` in [0,1)). */
export function waitAfter(tries: number, random: number, retry_after_s: number | null = null): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries, 12))
  return Math.round(Math.max(full / 2 + (full / 2) * random, (retry_after_s ?? 0) * 1000))
}

/** The size of the next piece: halved while a piece takes too long, doubled back up to the default on a quick line. */
export function sizeNextPiece(bytes: number, took_ms: number): number {
  if (took_ms > PIECE_SHOULD_TAKE_MS) return Math.max(LEAST_PIECE_BYTES, Math.floor(bytes / 2))
  if (took_ms < PIECE_SHOULD_TAKE_MS / 4) return Math.min(PIECE_BYTES, bytes * 2)
  return bytes
}
