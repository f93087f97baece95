// A bar of round length under the map.
// @ts-check
import { byId } from '../../dom.js'

const MOST_PX = 110

/** @param {any} map */
export function showScale(map) {
  const bar = byId('scale')
  const text = /** @type {HTMLElement} */ (bar.firstElementChild)
  const update = () => {
    const y = map.getSize().y / 2
    const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([MOST_PX, y]))
    if (!metres) return
    const power = 10 ** Math.floor(Math.log10(metres))
    const round = [5, 2, 1].find((step) => step * power <= metres) ?? 1
    bar.style.width = `${Math.round((MOST_PX * round * power) / metres)}px`
    text.textContent = round * power >= 1000 ? `${(round * power) / 1000} km` : `${round * power} m`
  }
  map.on('move zoomend resize', update)
  update()
}
