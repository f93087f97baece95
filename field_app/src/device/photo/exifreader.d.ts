/** The library's own source, of which the build keeps only what reads EXIF out of a JPEG; see `vite.config.ts`. */
declare module 'exifreader/src/exif-reader.js' {
  type Tag = { description?: unknown; value?: unknown }
  export function load(bytes: ArrayBuffer, options: { expanded: true }): { exif?: Record<string, Tag> }
}
