/** Reading a QR code with the camera inside the page; the frames are looked at here and kept nowhere. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../words'

/** What newer browsers bring themselves; TypeScript's DOM does not know it yet. */
type Detector = { detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }

type Read = (video: HTMLVideoElement) => Promise<string | null>

const PAUSE_MS = 150
/** Enough pixels for a plaque held at arm's length, few enough for a slow phone. */
const SIDE = 480

export const canScan = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia)

/** The browser's own reader; a phone without its maker's services may have it in name only, then ours takes over. */
async function makeReader(): Promise<Read> {
  const Own = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!Own || !(await Own.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) return makeDecoder()
  const detector = new Own({ formats: ['qr_code'] })
  let instead: Read | null = null
  return async (video) => {
    if (instead) return instead(video)
    try {
      return (await detector.detect(video))[0]?.rawValue ?? null
    } catch {
      instead = await makeDecoder()
      return null
    }
  }
}

async function makeDecoder(): Promise<Read> {
  const { default: decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const brush = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D | null
  return async (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight)
    if (!brush || side === 0) return null
    brush.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE)
    try {
      return decodeQR(brush.getImageData(0, 0, SIDE, SIDE))
    } catch {
      return null // no code in this frame
    }
  }
}

type Props = {
  title: string
  /** What was read; a sentence means «not this one», and scanning goes on. */
  read: (text: string) => string | null
  close: (unavailable: boolean) => void
}

export function Scanner({ title, read, close }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [refused, setRefused] = useState<string | null>(null)
  // The list may have grown since the camera was opened.
  const latest = useRef(read)
  latest.current = read
  useEffect(() => {
    let stream: MediaStream | null = null
    let over = false
    let timer = 0
    const stop = (): void => stream?.getTracks().forEach((track) => track.stop())
    const look = async (reader: Read): Promise<void> => {
      const text = over || !video.current ? null : await reader(video.current).catch(() => null)
      if (over) return
      const trouble = text === null ? null : latest.current(text)
      if (text !== null && trouble === null) return
      if (trouble) setRefused(trouble)
      timer = window.setTimeout(() => void look(reader), PAUSE_MS)
    }
    const begin = async (): Promise<void> => {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: 'environment' } }, audio: false })
      stream = opened
      const reader = await makeReader()
      if (over || !video.current) return stop()
      video.current.srcObject = opened
      await video.current.play()
      await look(reader)
    }
    begin().catch(() => {
      if (!over) close(true)
    })
    frame.current?.focus()
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close(false)
    }
    document.addEventListener('keydown', escape)
    return () => {
      over = true
      clearTimeout(timer)
      document.removeEventListener('keydown', escape)
      stop()
    }
  }, [])
  return (
    <div class="camera" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={frame} data-testid="scanner">
      <p>{title}</p>
      <div class="finder-frame">
        <video ref={video} playsInline muted autoplay />
        <span class="guide is-square" aria-hidden="true" />
      </div>
      <p role="status" class="scan-said">{refused}</p>
      <div class="camera-buttons">
        <button type="button" data-testid="scan-close" onClick={() => close(false)}>{say('scan.close')}</button>
      </div>
    </div>
  )
}
