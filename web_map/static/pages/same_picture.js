// Is a file that somebody holds the received photo? Compared here in the browser; the file goes nowhere.
// @ts-check

// 64 bits by which a copy is known: is each of 9 by 8 fields plainly darker than the next to its right? The server's twin is
// inspections/photos/pictures/coarse.py; both are held to one example.
const COLUMNS = 9
const ROWS = 8
// Of 255: a sky or a wall is even, and the noise of recompression no difference.
const PLAINLY = 2
// Measured on the development pictures: recompressed or shrunk at most 2, marked 5, a little cropped or brightened 11. The
// same street with another wording on its sign differs in 1: «alike» is never a proof.
export const ALIKE = 12
const LONGEST_PX = 480

/**
 * @param {Uint8ClampedArray | number[]} rgba row by row
 * @param {number} width
 * @param {number} height
 * @returns {string} 16 hexadecimal digits
 */
export function differenceHash(rgba, width, height) {
  const sums = new Array(ROWS * COLUMNS).fill(0)
  const counts = new Array(ROWS * COLUMNS).fill(0)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      const field = Math.floor((y * ROWS) / height) * COLUMNS + Math.floor((x * COLUMNS) / width)
      sums[field] += 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0)
      counts[field] += 1
    }
  }
  let digits = ''
  for (let row = 0; row < ROWS; row += 1) {
    for (let half = 0; half < 2; half += 1) {
      let digit = 0
      for (let bit = 0; bit < 4; bit += 1) {
        const field = row * COLUMNS + half * 4 + bit
        const darker = sums[field] / Math.max(counts[field], 1) + PLAINLY < sums[field + 1] / Math.max(counts[field + 1], 1)
        digit = digit * 2 + (darker ? 1 : 0)
      }
      digits += digit.toString(16)
    }
  }
  return digits
}

/** In how many of the 64 bits two hashes differ. @param {string} one @param {string} other */
export function bitsApart(one, other) {
  let apart = 0
  for (let at = 0; at < one.length; at += 1) {
    for (let rest = parseInt(one.charAt(at), 16) ^ parseInt(other.charAt(at), 16); rest; rest &= rest - 1) apart += 1
  }
  return apart
}

/**
 * @param {File} file
 * @param {{sha256: string, likeness: string | null}} photo
 * @param {HTMLCanvasElement} shown is drawn with the file, as coarse as what the server shows
 * @returns {Promise<'identical' | 'alike' | 'different' | 'unreadable' | 'unknown'>} unknown: the server has nothing to compare with yet
 */
export async function compare(file, photo, shown) {
  const sha256 = await hashOf(file)
  const picture = await draw(file)
  if (picture) paint(shown, picture)
  if (sha256 === photo.sha256) return 'identical'
  if (!picture) return 'unreadable'
  if (!photo.likeness) return 'unknown'
  const { data, width, height } = picture
  return bitsApart(differenceHash(data, width, height), photo.likeness) <= ALIKE ? 'alike' : 'different'
}

/** @param {File} file @returns {Promise<string | null>} null without a secure line, where browsers give no hash */
async function hashOf(file) {
  if (!crypto.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The pixels of a picture, upright, its longest side at most LONGEST_PX; null of what is no picture. @param {File} file */
async function draw(file) {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await image.decode()
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(image.src)
  }
  const scale = Math.min(1, LONGEST_PX / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

/** @param {HTMLCanvasElement} shown @param {ImageData} picture */
function paint(shown, picture) {
  const whole = document.createElement('canvas')
  whole.width = picture.width
  whole.height = picture.height
  whole.getContext('2d')?.putImageData(picture, 0, 0)
  const scale = 96 / Math.max(picture.width, picture.height)
  shown.width = Math.max(1, Math.round(picture.width * scale))
  shown.height = Math.max(1, Math.round(picture.height * scale))
  const pen = shown.getContext('2d')
  if (pen) pen.imageSmoothingQuality = 'high'
  pen?.drawImage(whole, 0, 0, shown.width, shown.height)
  shown.hidden = false
}
