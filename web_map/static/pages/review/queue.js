// The visits that wait, and the next ones fetched ahead with their pictures, so that turning to one waits for nothing.
// @ts-check
import { ask, get } from '../../api.js'

const PAGE = 50
// So many behind the one that is shown are held ready.
const AHEAD = 3
const AHEAD_OF_THE_END = 8

/** @typedef {{id: string, station_name: string, reasons: string[], judged: boolean, cursor: string, done?: string}} Line */
/** @typedef {{item: any, pictures: Map<string, HTMLImageElement>}} Ready */

export class Queue {
  /** @param {URLSearchParams} wish `ou` and `reason` */
  constructor(wish) {
    this.wish = wish
    /** @type {Line[]} */
    this.lines = []
    /** @type {Map<string, Ready>} */
    this.ready = new Map()
    /** @type {Map<string, Promise<Ready>>} */
    this.coming = new Map()
    this.isWhole = false
  }

  /** Fetch the next page of the queue. */
  async more() {
    if (this.isWhole) return
    const asked = new URLSearchParams(this.wish)
    asked.set('limit', String(PAGE))
    const last = this.lines.filter((line) => line.cursor).at(-1)
    if (last) asked.set('after', last.cursor)
    const { waiting } = await get(`/review/queue?${asked}`)
    const known = new Set(this.lines.map((line) => line.id))
    this.lines.push(...waiting.filter((/** @type {Line} */ line) => !known.has(line.id)))
    this.isWhole = waiting.length < PAGE
  }

  /** Put a visit that was asked for by its address in front. @param {string} id */
  putFirst(id) {
    const at = this.lines.findIndex((line) => line.id === id)
    const line = at < 0 ? { id, station_name: '', reasons: [], judged: false, cursor: '' } : this.lines.splice(at, 1)[0]
    if (line) this.lines.unshift(line)
  }

  /** One visit with its pictures: from memory where it is there. @param {string} id @returns {Promise<Ready>} */
  fetch(id) {
    const held = this.ready.get(id)
    if (held) return Promise.resolve(held)
    const coming = this.coming.get(id) ?? get(`/review/visits/${encodeURIComponent(id)}`).then((item) => this.keep(item))
    this.coming.set(id, coming)
    // Whoever shows the visit reads why it could not be had; fetched ahead, it is asked for again.
    coming.catch(() => null).finally(() => this.coming.delete(id))
    return coming
  }

  /** @param {any} item @returns {Promise<Ready>} */
  async keep(item) {
    /** @type {Map<string, HTMLImageElement>} */
    const pictures = new Map()
    const made = { item, pictures }
    await Promise.all(sourcesOf(item).map(async (source) => {
      const image = new Image()
      image.decoding = 'sync'
      image.src = source
      pictures.set(source, image)
      // A picture that cannot be had leaves its place empty; the visit is shown all the same.
      await image.decode().catch(() => null)
    }))
    this.ready.set(item.visit.id, made)
    return made
  }

  /** Fetch what comes behind a place, and the one before it; forget what is far away. @param {number} at */
  ahead(at) {
    const near = this.lines.slice(Math.max(0, at - 1), at + 1 + AHEAD).filter((line) => !line.done)
    for (const line of near) this.fetch(line.id).catch(() => null)
    const kept = new Set(this.lines.slice(Math.max(0, at - 3), at + 1 + AHEAD).map((line) => line.id))
    for (const id of this.ready.keys()) if (!kept.has(id)) this.ready.delete(id)
    if (!this.isWhole && at + AHEAD_OF_THE_END >= this.lines.length) this.more().catch(() => null)
  }

  /** Do something to a visit as it was read. @param {any} item @param {string} deed @param {unknown} json */
  async tell(item, deed, json) {
    const headers = { 'If-Match': `"${item.visit.revision}"` }
    const { data } = await ask(`/inspections/${encodeURIComponent(item.visit.id)}/${deed}`, { method: 'POST', json, headers })
    return data
  }
}

/** @param {string} id @param {string} sha256 @param {string} size */
export const pictureAt = (id, sha256, size) => `/api/v1/inspections/${encodeURIComponent(id)}/photos/${sha256}?size=${size}`

/** The pictures a visit is looked at with. @param {any} item @returns {string[]} */
export function sourcesOf({ visit, sign, last_visit: last, shown }) {
  const found = visit.photos.filter((/** @type {any} */ one) => shown[one.sha256]).map((/** @type {any} */ one) => pictureAt(visit.id, one.sha256, shown[one.sha256]))
  if (sign.photo && sign.suggestion?.has_crop) found.push(pictureAt(visit.id, sign.photo, 'sign'))
  if (last?.photo && shown[last.photo.sha256]) found.push(pictureAt(last.inspection_id, last.photo.sha256, 'thumb'))
  return found
}
