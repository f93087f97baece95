/** EXIF out of a JPEG's head by the parts of ExifReader that do just that: 9 kB of its 39. Loaded when first needed. */

import ImageHeader from 'exifreader/src/image-header.js'
import Tags from 'exifreader/src/tags.js'

export type Tag = { description?: unknown; value?: unknown }

/** Every tag by its name; null where the bytes hold no EXIF. */
export function readTags(bytes: ArrayBuffer): Record<string, Tag> | null {
  const view = new DataView(bytes)
  const { tiffHeaderOffset } = ImageHeader.parseAppMarkers(view, false)
  return tiffHeaderOffset === undefined ? null : Tags.read(view, tiffHeaderOffset, false).tags
}
