/** What the phone promises about keeping our records, and how much room is left. */

export type Room = { persisted: boolean | null; free_bytes: number | null }

/** A photo of 1600 px with its preview; sixty of them are three days of work. */
const PHOTO_BYTES = 400_000
const PHOTOS_AHEAD = 60
/** An export writes what waits once more, a third bigger as text. */
const EXPORT_FACTOR = 1.4

/** Ask that the system never clears our records by itself; many answer silently. */
export async function askToPersist(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}

export async function readRoom(): Promise<Room> {
  const persisted = (await navigator.storage?.persisted?.().catch(() => null)) ?? null
  const estimate = (await navigator.storage?.estimate?.().catch(() => null)) ?? null
  const free = estimate?.quota !== undefined && estimate.usage !== undefined ? Math.max(0, estimate.quota - estimate.usage) : null
  return { persisted, free_bytes: free }
}

/** The room, in bytes, below which the person is told: what the photos that wait, and sixty more, may need. */
export function roomNeeded(waiting_bytes: number): number {
  return Math.round(waiting_bytes * EXPORT_FACTOR) + PHOTOS_AHEAD * PHOTO_BYTES
}

/** Did a write fail because the phone is full? Then the words `storage.full` say what to do. */
export const isFull = (reason: unknown): boolean => (reason as { name?: unknown } | null)?.name === 'QuotaExceededError'
