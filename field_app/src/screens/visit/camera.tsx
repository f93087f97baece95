/** The camera inside the page. Calling the phone's own camera app can kill the page on some phones; this cannot. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { type Picture, takeFrame } from '../../device/picture'
import { say } from '../../words'

type Props = { title: string; taken: (picture: Picture) => void; close: (unavailable: boolean) => void }

export const hasCamera = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia)

export function Camera({ title, taken, close }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [ready, setReady] = useState(false)
  useEffect(() => {
    let stream: MediaStream | null = null
    let over = false
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } }, audio: false })
      .then((opened) => {
        stream = opened
        if (over || !video.current) return stopAll(opened)
        video.current.srcObject = opened
        return video.current.play()
      })
      .catch(() => close(true))
    frame.current?.focus()
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close(false)
    }
    document.addEventListener('keydown', escape)
    return () => {
      over = true
      document.removeEventListener('keydown', escape)
      if (stream) stopAll(stream)
    }
  }, [])
  const shoot = (): void => {
    if (!ready || !video.current) return
    setReady(false)
    takeFrame(video.current).then(taken, () => close(true))
  }
  return (
    <div class="camera" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={frame} data-testid="camera">
      <p>{title}</p>
      <div class="finder-frame">
        <video ref={video} playsInline muted autoplay onPlaying={() => setReady(true)} />
        <span class="guide" aria-hidden="true" />
      </div>
      <div class="camera-buttons">
        <button type="button" data-testid="camera-close" onClick={() => close(false)}>{say('camera.close')}</button>
        <button type="button" class="shutter" data-testid="camera-shoot" aria-disabled={!ready} onClick={shoot}>
          <span class="unseen">{say('camera.shoot')}</span>
        </button>
        <span class="balance" />
      </div>
    </div>
  )
}

function stopAll(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop())
}
