/** How long to wait, and how much to send at once. Pure: chance and times come as arguments. */

const FIRST_MS = 5_000
const MOST_MS = 30 * 60_000

/** The biggest piece, the one a page begins with, and the smallest. */
export const PIECE_BYTES = 256 * 1024
export const FIRST_PIECE_BYTES = 64 * 1024
export const LEAST_PIECE_BYTES = 16 * 1024
const PIECE_SHOULD_TAKE_MS = 8_000

/**
 * The wait before try number `tries` + 1, in milliseconds: doubled each time, half of it left to chance (`random` in
 * [0,1)). A server may ask for more, but for no more than the longest: beyond it a wait is taken for a clock's mistake.
 */
export function waitAfter(tries: number, random: number, retry_after_s: number | null = null): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries, 12))
  return Math.round(Math.max(full / 2 + (full / 2) * random, Math.min(MOST_MS, (retry_after_s ?? 0) * 1000)))
}

/** Is a wait over? One that ends later than any wait can was set while the phone's clock ran ahead, and holds nothing up. */
export const isOver = (next_try_at: number, now: number): boolean => next_try_at <= now || next_try_at > now + MOST_MS

/**
 * The size of the next piece in bytes: what the line carried in eight seconds at the speed just measured, at most
 * doubled at once; halved where the line died under `sent` bytes (`took_ms` null).
 */
export function sizeNextPiece(now_bytes: number, sent: number, took_ms: number | null): number {
  const fits = took_ms === null ? now_bytes / 2 : (sent / Math.max(took_ms, 1)) * PIECE_SHOULD_TAKE_MS
  // The short last piece of a photo tells little of a slow line's latency: it never shrinks what was found to suit.
  const least = took_ms !== null && sent < now_bytes ? now_bytes : LEAST_PIECE_BYTES
  return Math.floor(Math.min(PIECE_BYTES, now_bytes * 2, Math.max(least, fits)))
}
