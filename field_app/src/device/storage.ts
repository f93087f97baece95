/** What the phone promises about keeping our records, and how much room is left. */

export type Room = { persisted: boolean | null; free_bytes: number | null }

/** Below this the person is told before it hurts: about sixty photos. */
export const LITTLE_ROOM_BYTES = 30_000_000

/** Ask that the system never clears our records by itself; many answer silently. */
export async function askToPersist(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}

export async function readRoom(): Promise<Room> {
  const persisted = (await navigator.storage?.persisted?.().catch(() => null)) ?? null
  const estimate = (await navigator.storage?.estimate?.().catch(() => null)) ?? null
  const free = estimate?.quota !== undefined && estimate.usage !== undefined ? estimate.quota - estimate.usage : null
  return { persisted, free_bytes: free }
}
