/** Making the picture that is sent: at most 1600 px on its long edge, JPEG. No blob: address is used, so a strict page policy holds. */

export const LONG_EDGE_PX = 1600
const QUALITY = 0.85
const SMALL_ENOUGH_BYTES = 600_000

export type Picture = { bytes: ArrayBuffer; mime: string }

export class NotAPicture extends Error {}

function fit(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONG_EDGE_PX / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

async function encode(source: CanvasImageSource, width: number, height: number): Promise<Picture> {
  const size = fit(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.drawImage(source, 0, 0, size.width, size.height)
  const blob = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/jpeg', QUALITY))
  // Give the memory back at once: a 900-yuan phone has little of it.
  canvas.width = 0
  canvas.height = 0
  if (!blob) throw new NotAPicture()
  return { bytes: await readBytes(blob), mime: 'image/jpeg' }
}

/** A frame of the running camera. */
export function takeFrame(video: HTMLVideoElement): Promise<Picture> {
  return encode(video, video.videoWidth, video.videoHeight)
}

/** A chosen file. A small JPEG stays as it is to the byte: its own record of place and time is evidence. */
export async function readPicture(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) throw new NotAPicture()
  const small = Math.max(bitmap.width, bitmap.height) <= LONG_EDGE_PX && file.size <= SMALL_ENOUGH_BYTES
  const picture = small && file.type === 'image/jpeg'
    ? { bytes: await readBytes(file), mime: 'image/jpeg' }
    : await encode(bitmap, bitmap.width, bitmap.height)
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

/** `Blob.arrayBuffer` is younger than Android 9. */
function readBytes(blob: Blob): Promise<ArrayBuffer> {
  return new Response(blob).arrayBuffer()
}
