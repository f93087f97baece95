/** Is a picture good enough to be read by somebody else? Pure; grey values in, words for the screen out. */

/** The long edge at which a picture is measured: the same figures for every camera. */
export const MEASURE_EDGE_PX = 320

/**
 * Variance of the Laplacian below this is doubtful. Measured in Chromium on 36 pictures of signs and stations and on
 * their copies: sharp ones have 137 to 3 642, the one made as «strongly blurred» 112. At 120 none of the 35 sharp ones
 * is questioned; copies blurred by a Gauss of 10 px, 6 px and 4 px at 1600 px are in 36, 36 and 25 of 36 cases, of 2 px,
 * which still reads, in 4.
 */
export const BLURRY_BELOW = 120

/**
 * Mean grey, 0 to 255, below this is doubtful. The same pictures have 114 to 180, the one made «in low light» 23; copies
 * at half the light, which still read, 57 to 90 (none questioned), at 30 % 34 to 54 (22 of 36), at 15 % 17 to 27 (all).
 */
export const DARK_BELOW = 45

/** Degrees off the nearest right angle above this are doubtful: a phone held on its side is level too. */
export const TILTED_ABOVE_DEG = 12

export type Measures = { sharpness: number; brightness: number; tilt_deg: number | null }

export type Doubt = 'dark' | 'blurry' | 'tilted'

/** RGBA bytes to grey bytes, by the weights of Rec. 601, which JPEG uses too. */
export function toGrey(rgba: ArrayLike<number>): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4)
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4
    grey[at] = Math.round(0.299 * (rgba[from] as number) + 0.587 * (rgba[from + 1] as number) + 0.114 * (rgba[from + 2] as number))
  }
  return grey
}

export function measureBrightness(grey: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < grey.length; at += 1) sum += grey[at] as number
  return grey.length === 0 ? 0 : sum / grey.length
}

/** Variance of the Laplacian over the inner pixels: little of it means that no edge is sharp. */
export function measureSharpness(grey: ArrayLike<number>, width: number, height: number): number {
  let sum = 0
  let squares = 0
  let count = 0
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x
      const bend =
        (grey[at - 1] as number) + (grey[at + 1] as number) + (grey[at - width] as number) + (grey[at + width] as number) - 4 * (grey[at] as number)
      sum += bend
      squares += bend * bend
      count += 1
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}

/** Degrees to the nearest right angle, 0 to 45. */
export function offLevel(tilt_deg: number): number {
  const rest = Math.abs(tilt_deg) % 90
  return Math.min(rest, 90 - rest)
}

/** What is doubtful, the worst first; none when the picture may be kept without a question. */
export function judge({ sharpness, brightness, tilt_deg }: Measures): Doubt[] {
  const doubts: Doubt[] = []
  if (brightness < DARK_BELOW) doubts.push('dark')
  if (sharpness < BLURRY_BELOW) doubts.push('blurry')
  if (tilt_deg !== null && offLevel(tilt_deg) > TILTED_ABOVE_DEG) doubts.push('tilted')
  return doubts
}
