// The map page: one shell for every theme. It reads the address, builds the legend and the filters, and holds a stage.
// @ts-check
import { byId, el } from '../dom.js'
import { t } from '../words.js'
import { asked, offerLink, placeOf, placeText, writeAddress } from './shell/address.js'
import { makeDays } from './shell/days.js'
import { makeFilters } from './shell/filters.js'
import { approval, makeLegend } from './shell/legend.js'
import { fillList } from './shell/list.js'
import { closePanel } from './shell/panel.js'
import { offerPrinting } from './shell/printing.js'
import { showScale } from './shell/scale.js'
import { makeStage } from './shell/stage.js'

const LOOK_AGAIN_MS = 20_000
const SHOWS = ['auto', 'dots', 'shares']

const map = /** @type {any} */ (window).cunzhanMap
const settings = JSON.parse(byId('map-settings').textContent ?? '{}')
// The name comes from the server's own list of themes.
const { theme } = /** @type {{theme: import('./themes/contract.js').Theme}} */ (await import(`./themes/${settings.theme}.js`))

const known = new Set(theme.classes.map((one) => one.key))
/** @type {Set<string>} */
const hidden = new Set((asked.get('hide') ?? '').split(',').filter((key) => known.has(key)))
let show = SHOWS.includes(asked.get('show') ?? '') ? /** @type {string} */ (asked.get('show')) : 'auto'

const tell = makeLegend(theme.classes, hidden, () => { keep(); void stage.draw() })
const filters = makeFilters(theme.choices, () => { closePanel(); keep(); void stage.load(true).then(keep); days?.follow() })
const stage = makeStage({
  map, theme, settings, query: filters.query, tell, list: fillList,
  view: () => ({
    unit: filters.unit(), show, day: filters.day(), isNow: filters.day() === document.body.dataset.today,
    isShown: (key) => !hidden.has(key),
  }),
  places: { mode: byId('mode'), failed: byId('failed') },
})
const days = theme.hasDays ? makeDays(filters) : null

/** Keep in the address all that differs from a bare one. */
function keep() {
  const query = filters.query()
  if (hidden.size) query.set('hide', [...hidden].join())
  if (show !== 'auto') query.set('show', show)
  if (stage.data() && !stage.isWhole()) query.set('at', placeText(map))
  else if (!stage.data() && asked.get('at')) query.set('at', /** @type {string} */ (asked.get('at')))
  writeAddress(query)
}

if (theme.canShowShares) {
  byId('show').replaceChildren(el('legend', { class: 'unseen' }, t('map.show')), ...SHOWS.map((value) => el('button', {
    type: 'button', 'aria-pressed': String(show === value), 'data-testid': `show-${value}`, onclick: (/** @type {Event} */ event) => {
      show = value
      for (const one of byId('show').querySelectorAll('button')) one.setAttribute('aria-pressed', String(one === event.currentTarget))
      keep()
      void stage.draw()
    },
  }, t(`map.show_${value}`))))
  byId('show').hidden = false
}

byId('zoom-in').addEventListener('click', () => map.zoomIn())
byId('zoom-out').addEventListener('click', () => map.zoomOut())
byId('whole').addEventListener('click', () => stage.fitToAll())
byId('credit').textContent = approval(settings)
showScale(map)
offerLink()
offerPrinting([map], stage.drawNow)
// A phone's first look is the map; the legend is one touch away.
if (matchMedia('(max-width: 899px)').matches) /** @type {HTMLDetailsElement} */ (byId('side')).open = false

const place = placeOf(asked.get('at'))
if (place) map.setView([place.lat, place.lon], place.zoom, { animate: false })
await stage.load(!place)
filters.offer()
map.on('moveend', keep)
keep()

setInterval(() => void stage.lookAgain(), LOOK_AGAIN_MS)
document.addEventListener('visibilitychange', () => void stage.lookAgain())
