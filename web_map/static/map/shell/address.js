// Every filter stands in the page's address, so that a copied link shows the same map.
// unit, as_of, known_at, show and the theme's own choices by name; hide=class,class; at=lat,lon,zoom.
// @ts-check
import { byId } from '../../dom.js'
import { t } from '../../words.js'

/** What the address asked for when the page was opened. */
export const asked = new URLSearchParams(location.search)

/** @param {URLSearchParams} filters all that differs from what a bare address shows */
export function writeAddress(filters) {
  const text = written(filters)
  history.replaceState(null, '', `${location.pathname}${text ? `?${text}` : ''}`)
  for (const link of document.querySelectorAll('[data-keeps-filters], [data-testid=language]')) {
    const to = new URL(/** @type {HTMLAnchorElement} */ (link).href)
    const lang = to.searchParams.get('lang')
    const kept = new URLSearchParams(filters)
    // What a class or a choice means is the theme's own affair; unit, days and place hold for all.
    if (!lang) for (const name of [...kept.keys()]) if (!['unit', 'as_of', 'known_at', 'at'].includes(name)) kept.delete(name)
    if (lang) kept.set('lang', lang)
    link.setAttribute('href', [to.pathname, written(kept)].filter(Boolean).join('?'))
  }
}

/** Commas need no sign of their own. @param {URLSearchParams} filters */
const written = (filters) => filters.toString().replaceAll('%2C', ',')

/** @param {string | null} text @returns {{lat: number, lon: number, zoom: number} | null} */
export function placeOf(text) {
  const [lat, lon, zoom] = (text ?? '').split(',').map(Number)
  const right = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 3 && zoom <= 18
  return right ? { lat, lon, zoom: Math.round(zoom) } : null
}

/** @param {any} map Leaflet's */
export function placeText(map) {
  const { lat, lng } = map.getCenter()
  return `${lat.toFixed(4)},${lng.toFixed(4)},${map.getZoom()}`
}

/** The button that copies the address; where the browser forbids it, the address is shown to be copied by hand. */
export function offerLink() {
  const said = byId('link-said')
  byId('copy-link').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      said.textContent = t('map.link_copied')
    } catch {
      said.textContent = decodeURI(location.href)
    }
    said.hidden = false
  })
}
