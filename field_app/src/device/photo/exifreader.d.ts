/** Two of the library's own source files; its face would bring every other format along. See `vite.config.ts`. */

declare module 'exifreader/src/image-header.js' {
  const ImageHeader: { parseAppMarkers(view: DataView, compressed: boolean): { tiffHeaderOffset?: number } }
  export default ImageHeader
}

declare module 'exifreader/src/tags.js' {
  type Tag = { description?: unknown; value?: unknown }
  const Tags: { read(view: DataView, offset: number, unknown: boolean): { tags: Record<string, Tag> } }
  export default Tags
}
