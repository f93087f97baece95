/** How far the phone is off level while the camera is open, where it has the sensor and says so; else unknown. */

/** Beyond this the phone looks at the ground or the sky, and «level» means nothing. */
const FLAT = 0.85

/** Degrees, -180 to 180, by which the picture's upright leans to the right; null where the phone lies flat. */
export function findTilt(beta_deg: number, gamma_deg: number, screen_deg: number): number | null {
  const beta = (beta_deg * Math.PI) / 180
  const gamma = (gamma_deg * Math.PI) / 180
  // «Up» as the phone sees it: the third row of the rotation that the W3C's angles describe.
  const x = -Math.cos(beta) * Math.sin(gamma)
  const y = Math.sin(beta)
  if (Math.abs(Math.cos(beta) * Math.cos(gamma)) > FLAT) return null
  const lean = (Math.atan2(x, y) * 180) / Math.PI + screen_deg
  return Math.round((((lean % 360) + 540) % 360) - 180)
}

/** Listen while a camera is open; `read` gives the latest, null where nothing is heard. */
export function listenForTilt(): { read: () => number | null; stop: () => void } {
  let latest: number | null = null
  const heard = (event: DeviceOrientationEvent): void => {
    latest = event.beta === null || event.gamma === null ? null : findTilt(event.beta, event.gamma, window.screen.orientation?.angle ?? 0)
  }
  window.addEventListener('deviceorientation', heard)
  return { read: () => latest, stop: () => window.removeEventListener('deviceorientation', heard) }
}
