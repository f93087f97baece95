/** What a chosen file says of itself, read from the original before it is shrunk: it is evidence, GPS included. */

import type { PhotoClaim } from '../../api/wire'
import type { Tag } from './tiff'

export type Exif = NonNullable<PhotoClaim['exif']>

/** Limits of the server's schema. */
const MOST_TAGS = 80
const LONGEST_NAME = 40
const LONGEST_VALUE = 200

/** Nobody reads these as words: thumbnails' places, makers' private blocks, offsets. */
const LEFT_OUT = /^(MakerNote|Thumbnail|Images|.*Offset|.*Pointer|JPEGInterchange.*|Padding|PrintImageMatching|undefined-\d+)$/i

/** The header lies at the front of a JPEG, where a phone's camera writes it. */
const HEAD_BYTES = 256 * 1024

/** Tags by name to plain short texts, within the schema's limits; places first, for they matter most. */
export function plainTags(tags: Record<string, Tag>): Record<string, string> {
  const names = Object.keys(tags).filter((name) => name.length <= LONGEST_NAME && !LEFT_OUT.test(name))
  names.sort((one, other) => Number(other.startsWith('GPS')) - Number(one.startsWith('GPS')) || (one < other ? -1 : 1))
  const plain: Record<string, string> = {}
  for (const name of names) {
    const text = write(name, tags[name] as Tag)
    if (text !== '' && Object.keys(plain).length < MOST_TAGS) plain[name] = text
  }
  return plain
}

/** A place's degrees come without their hemisphere's sign; the tag beside it holds that, as EXIF does. */
function write(name: string, tag: Tag): string {
  const said = typeof tag.description === 'string' || typeof tag.description === 'number' ? tag.description : tag.value
  const text = Array.isArray(said) ? said.join(' ') : String(said ?? '')
  // A control sign in a text is no text to the server.
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]+/g, ' ').trim()
  return name === 'UserComment' && /^\[.*\]$/.test(clean) ? '' : clean.slice(0, LONGEST_VALUE)
}

/** Read a chosen file's EXIF; null where there is none or nobody can read it: it is never a reason to refuse a photo. */
export async function readExif(file: Blob): Promise<Exif | null> {
  try {
    const bytes = await new Response(file.slice(0, HEAD_BYTES)).arrayBuffer()
    const { readTags } = await import('./tiff')
    const tags = plainTags(readTags(bytes) ?? {})
    return Object.keys(tags).length > 0 ? { tags } : null
  } catch {
    return null
  }
}
