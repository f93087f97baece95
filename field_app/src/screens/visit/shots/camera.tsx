/** The camera inside the page. Calling the phone's own camera app can kill the page on some phones; this cannot. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { openCamera } from '../../../device/camera/opening'
import { type Doubt, judge } from '../../../device/photo/judgement'
import { type Picture, takeFrame } from '../../../device/photo/picture'
import { listenForTilt } from '../../../device/camera/tilt'
import { hasTorch, switchTorch } from '../../../device/camera/torch'
import { say } from '../../../words'
import { Dialog } from './dialog'
import { Doubtful } from './doubtful'

export type Shot = { picture: Picture; taken_at: string; tilt_deg: number | null; kept_anyway: boolean }

type Props = {
  title: string
  /** A sign is framed; a door or a room has no edges to fit. */
  framed: boolean
  taken: (shot: Shot) => void
  close: (unavailable: boolean) => void
}

export function Camera({ title, framed, taken, close }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const tilt = useRef<ReturnType<typeof listenForTilt> | null>(null)
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [ready, setReady] = useState(false)
  const [doubtful, setDoubtful] = useState<{ shot: Shot; doubts: Doubt[] } | null>(null)
  useEffect(() => {
    tilt.current = listenForTilt()
    const stop = openCamera(setStream, () => close(true))
    return () => {
      stop()
      tilt.current?.stop()
    }
  }, [])
  useEffect(() => {
    if (!stream || !video.current) return
    video.current.srcObject = stream
    void video.current.play().catch(() => undefined) // taken off the screen again before it played
  }, [stream])

  const shoot = (): void => {
    if (!ready || !video.current) return
    setReady(false)
    const tilt_deg = tilt.current?.read() ?? null
    const taken_at = new Date().toISOString()
    takeFrame(video.current).then((picture) => {
      const shot = { picture, taken_at, tilt_deg, kept_anyway: false }
      const doubts = judge({ ...picture, tilt_deg })
      // A good picture is kept without a question: each tap counts.
      if (doubts.length === 0) taken(shot)
      else setDoubtful({ shot, doubts })
    }, () => close(true))
  }
  const again = (): void => {
    setDoubtful(null)
    setReady(true)
  }

  return (
    <Dialog label={title} kind="camera" close={() => close(false)}>
      <p>{title}{framed && !doubtful && <span class="aim"> · {say('camera.aim')}</span>}</p>
      <div class="finder-frame">
        <video ref={video} playsInline muted autoplay onPlaying={() => setReady(true)} />
        {framed && <span class="guide" aria-hidden="true" />}
        {!stream && <p class="opening" role="status">{say('camera.opening')}</p>}
      </div>
      {doubtful ? (
        <Doubtful picture={doubtful.shot.picture} doubts={doubtful.doubts} again={again} keep={() => taken({ ...doubtful.shot, kept_anyway: true })} />
      ) : (
        <div class="camera-buttons">
          <button type="button" data-testid="camera-close" onClick={() => close(false)}>{say('camera.close')}</button>
          <button type="button" class="shutter" data-testid="camera-shoot" aria-disabled={!ready} onClick={shoot}>
            <span class="unseen">{say('camera.shoot')}</span>
          </button>
          {stream && hasTorch(stream) ? <Torch stream={stream} /> : <span class="balance" />}
        </div>
      )}
    </Dialog>
  )
}

function Torch({ stream }: { stream: MediaStream }) {
  const [on, setOn] = useState(false)
  return (
    <button type="button" aria-pressed={on} data-testid="camera-torch" onClick={() => void switchTorch(stream, !on).then(setOn)}>
      {say('camera.torch')}
    </button>
  )
}
