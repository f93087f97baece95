/** The phone's lamp while its camera runs, where the camera has one that a page may switch. */

/** Younger than the types that TypeScript knows. */
type Lamp = { torch?: boolean }

export function hasTorch(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0]
  if (!track || typeof track.getCapabilities !== 'function') return false
  return (track.getCapabilities() as Lamp).torch === true
}

/** Switch it; answers how it stands afterwards. It goes out by itself with the camera. */
export async function switchTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  try {
    await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
    return on
  } catch {
    return false
  }
}
