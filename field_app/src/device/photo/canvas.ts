/** Pictures on a canvas: made smaller, measured, written as JPEG. Every canvas gives its memory back at once. */

import { MEASURE_EDGE_PX, measureBrightness, measureSharpness, toGrey } from './judgement'

export type Size = { width: number; height: number }

/** At most this much goes ahead of the photo itself, so that somebody can already look. */
const PREVIEW_BYTES = 30_000
const PREVIEW_TRIES: [edge_px: number, quality: number][] = [
  [480, 0.75], [480, 0.6], [480, 0.45], [480, 0.3], [360, 0.4], [240, 0.4], [160, 0.4],
]

export function fit({ width, height }: Size, edge_px: number): Size {
  const scale = Math.min(1, edge_px / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A canvas with the whole source, at most `edge_px` on its long edge. */
export function shrink(source: CanvasImageSource, size: Size, edge_px: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, fit(size, edge_px))
  const pen = canvas.getContext('2d')
  if (pen) {
    // The default only looks at four neighbours: made five times smaller, letters would turn into noise.
    pen.imageSmoothingQuality = 'medium'
    pen.drawImage(source, 0, 0, canvas.width, canvas.height)
  }
  return canvas
}

/** A 900-yuan phone has little memory; a canvas of no size holds none. */
export function release(canvas: HTMLCanvasElement): void {
  Object.assign(canvas, { width: 0, height: 0 })
}

export function writeJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((give) => canvas.toBlob(give, 'image/jpeg', quality))
}

/** `Blob.arrayBuffer` is younger than Android 9. */
export function readBytes(blob: Blob): Promise<ArrayBuffer> {
  return new Response(blob).arrayBuffer()
}

export function measure(source: CanvasImageSource, size: Size): { sharpness: number; brightness: number } {
  const canvas = shrink(source, size, MEASURE_EDGE_PX)
  const { width, height } = canvas
  const grey = toGrey(canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [])
  release(canvas)
  return { sharpness: measureSharpness(grey, width, height), brightness: measureBrightness(grey) }
}

/** A small JPEG of at most 30 000 bytes; null where none could be made. */
export async function makePreview(source: CanvasImageSource, size: Size): Promise<ArrayBuffer | null> {
  for (const [edge_px, quality] of PREVIEW_TRIES) {
    const canvas = shrink(source, size, edge_px)
    const blob = await writeJpeg(canvas, quality)
    release(canvas)
    if (blob && blob.size <= PREVIEW_BYTES) return readBytes(blob)
  }
  return null
}
