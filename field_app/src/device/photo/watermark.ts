/** A copy for the person's own use, with what it shows written into it. The stored photo is only read, never changed. */

import { readBytes, release, shrink, writeJpeg } from './canvas'

const EDGE_PX = 1600
const QUALITY = 0.9
const DARK = 'rgba(0, 0, 0, 0.62)'
const LIGHT = '#ffffff'

/** Break a text where it no longer fits; Chinese has no spaces, so any sign may begin a line. */
export function wrap(text: string, most: number, width: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const sign of text) {
    if (line !== '' && width(line + sign) > most) {
      lines.push(line)
      line = ''
    }
    line += sign
  }
  return line === '' ? lines : [...lines, line]
}

/** Draw the photo with its lines at the foot; the caller releases the canvas. */
export async function drawMarked(bytes: ArrayBuffer, mime: string, lines: string[]): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }))
  const canvas = shrink(bitmap, bitmap, EDGE_PX)
  bitmap.close()
  const pen = canvas.getContext('2d')
  if (!pen) return canvas
  const letter = Math.max(14, Math.round(Math.max(canvas.width, canvas.height) / 44))
  const room = letter * 0.8
  pen.font = `600 ${letter}px system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif`
  pen.textBaseline = 'top'
  const broken = lines.reduce<string[]>(
    (all, line) => [...all, ...wrap(line, canvas.width - 2 * room, (text) => pen.measureText(text).width)],
    [],
  )
  const height = broken.length * letter * 1.35 + 2 * room
  const top = canvas.height - height
  pen.fillStyle = DARK
  pen.fillRect(0, top, canvas.width, height)
  pen.fillStyle = LIGHT
  broken.forEach((line, turn) => pen.fillText(line, room, top + room + turn * letter * 1.35))
  return canvas
}

/** The marked copy as a JPEG file's bytes. */
export async function makeMarkedCopy(bytes: ArrayBuffer, mime: string, lines: string[]): Promise<ArrayBuffer | null> {
  const canvas = await drawMarked(bytes, mime, lines)
  const blob = await writeJpeg(canvas, QUALITY)
  release(canvas)
  return blob && readBytes(blob)
}
