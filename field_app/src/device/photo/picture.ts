/** Making the picture that is sent: at most 1600 px on its long edge, JPEG. No blob: address is used, so a strict page policy holds. */

import { makePreview, measure, readBytes, release, shrink, type Size, writeJpeg } from './canvas'

export const LONG_EDGE_PX = 1600
/** Twenty photos a day, their previews and all texts must fit 8 MB: a busy street is written coarser, not smaller. */
const MOST_BYTES = 370_000
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45]

export type Picture = {
  bytes: ArrayBuffer
  mime: string
  preview: ArrayBuffer | null
  sharpness: number
  brightness: number
  /** The chosen file it was made from; a frame of the camera has none. */
  original: File | null
}

export class NotAPicture extends Error {}

/** Everything that is made of one source; `whole` are the bytes where they may stay as they are. */
async function make(source: CanvasImageSource, size: Size, original: File | null, whole: ArrayBuffer | null): Promise<Picture> {
  const canvas = shrink(source, size, LONG_EDGE_PX)
  const bytes = whole ?? (await encode(canvas))
  if (!bytes) throw new NotAPicture()
  const picture = { bytes, mime: 'image/jpeg', preview: await makePreview(canvas, canvas), ...measure(canvas, canvas), original }
  release(canvas)
  return picture
}

/** The finest JPEG that fits the day's budget; the coarsest of all where none does. */
async function encode(canvas: HTMLCanvasElement): Promise<ArrayBuffer | null> {
  let blob: Blob | null = null
  for (const quality of QUALITIES) {
    blob = await writeJpeg(canvas, quality)
    if (blob && blob.size <= MOST_BYTES) break
  }
  return blob && readBytes(blob)
}

/** A frame of the running camera. */
export function takeFrame(video: HTMLVideoElement): Promise<Picture> {
  return make(video, { width: video.videoWidth, height: video.videoHeight }, null, null)
}

/** A chosen file. A small JPEG stays as it is to the byte: its own record of place and time is evidence. */
export async function readPicture(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) throw new NotAPicture()
  const small = Math.max(bitmap.width, bitmap.height) <= LONG_EDGE_PX && file.size <= MOST_BYTES
  const picture = await make(bitmap, bitmap, file, small && file.type === 'image/jpeg' ? await readBytes(file) : null)
  bitmap.close()
  return picture
}

/** Draw stored bytes into a canvas, filling it, the middle of the picture kept. */
export async function drawPreview(canvas: HTMLCanvasElement, bytes: ArrayBuffer, mime: string): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }))
  const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height)
  const width = bitmap.width * scale
  const height = bitmap.height * scale
  canvas.getContext('2d')?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
  bitmap.close()
}

/** Draw stored bytes whole, the canvas taking the picture's own proportions. */
export async function drawWhole(canvas: HTMLCanvasElement, bytes: ArrayBuffer, mime: string): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }))
  Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
}
