/** A photo's line in the record: its name is its hash, and what the phone knows of how it came about goes along. */

import type { PhotoClaim, PhotoPurpose } from '../../api/wire'
import { hashBytes } from '../../outbox/canonical'
import { readBytes } from './canvas'
import { readExif } from './exif'
import type { Picture } from './picture'

type Made = { purpose: PhotoPurpose; taken_at: string; tilt_deg: number | null; kept_anyway: boolean }

const tenths = (value: number): number => Math.round(value * 10) / 10

export async function makeClaim(picture: Picture, { purpose, taken_at, tilt_deg, kept_anyway }: Made): Promise<PhotoClaim> {
  const { original } = picture
  return {
    sha256: await hashBytes(picture.bytes),
    purpose,
    size: picture.bytes.byteLength,
    mime: picture.mime,
    taken_at,
    exif: original ? await readExif(original) : null,
    capture: {
      source: original ? 'file' : 'camera',
      sharpness: tenths(picture.sharpness),
      brightness: tenths(picture.brightness),
      tilt_deg,
      kept_anyway,
      original_sha256: original ? await hashBytes(await readBytes(original)) : null,
      original_size: original ? original.size : null,
    },
    // Signed when it is kept: only then it has a place in the phone's chain.
    seal: null,
  }
}
