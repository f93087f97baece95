/** Background Sync: where the system has it, a round runs when the line comes back, with the app closed as well. */

export const BACKGROUND_TAG = 'cunzhan-outbox'

/** What the worker says to open pages: run a round now; or: what is stored has changed under you. */
export const SAY_RUN = 'RUN_A_ROUND'
export const SAY_CHANGED = 'STORED_HAS_CHANGED'

type WithSync = { sync?: { register(tag: string): Promise<void> } }

export async function askForBackground(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  // Refused where the person switched it off; then a round runs while the app is open, as everywhere else.
  await (registration as WithSync | undefined)?.sync?.register(BACKGROUND_TAG).catch(() => undefined)
}
