/** The camera inside the page: opened, and surely closed. */

const WANTED: MediaStreamConstraints = {
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
  audio: false,
}

export const hasCamera = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia)

/** Call `opened` with the running camera, or `failed`; returns how to close it, also while it is still opening. */
export function openCamera(opened: (stream: MediaStream) => void, failed: () => void): () => void {
  let stream: MediaStream | null = null
  let over = false
  const stop = (): void => stream?.getTracks().forEach((track) => track.stop())
  navigator.mediaDevices.getUserMedia(WANTED).then(
    (given) => {
      stream = given
      if (over) return stop()
      // A call or another app may take the camera away.
      given.getVideoTracks()[0]?.addEventListener('ended', failed)
      opened(given)
    },
    () => over || failed(),
  )
  return () => {
    over = true
    stop()
  }
}
