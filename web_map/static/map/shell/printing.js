// One A4 page: the map at a fixed size with its legend, day, definition, unknown share and approval line.
// @ts-check
import { byId } from '../../dom.js'

const OPENED = '#side, .side .how:has(#definition)'

/** @param {any[]} maps @param {() => void} drawNow */
export function offerPrinting(maps, drawNow) {
  /** @type {HTMLDetailsElement[]} */
  let closed = []

  /** @param {boolean} on */
  const lay = (on) => {
    if (on) closed = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(OPENED)]).filter((one) => !one.open)
    for (const one of closed) one.open = on
    document.body.classList.toggle('printing', on)
    for (const map of maps) {
      const centre = map.getCenter()
      map.invalidateSize({ animate: false, pan: false })
      map.setView(centre, map.getZoom(), { animate: false })
    }
    drawNow()
  }
  addEventListener('beforeprint', () => lay(true))
  addEventListener('afterprint', () => lay(false))
  byId('print').addEventListener('click', () => print())
}
