// Two days side by side: two maps that move together, one legend, and what is different between them, counted.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el, table } from '../dom.js'
import { asNumber, asPercent, t, word } from '../words.js'
import { stationNames } from './card.js'
import { asked, offerLink, placeOf, placeText, writeAddress } from './shell/address.js'
import { approval, caption, legendRows } from './shell/legend.js'
import { fillList } from './shell/list.js'
import { closePanel } from './shell/panel.js'
import { offerPrinting } from './shell/printing.js'
import { showScale } from './shell/scale.js'
import { makeStage } from './shell/stage.js'
import { theme } from './themes/vitality.js'

const L = /** @type {any} */ (window).L
const MOST_LISTED = 50
const today = document.body.dataset.today ?? ''
const settings = JSON.parse(byId('map-settings').textContent ?? '{}')
const first = /** @type {any} */ (window).cunzhanMap
const maps = [first, L.map('map-b', { ...first.options, center: first.getCenter(), zoom: first.getZoom() })]
const days = ['a', 'b'].map((side) => /** @type {HTMLInputElement} */ (byId(`day-${side}`)))
const hidden = new Set((asked.get('hide') ?? '').split(',').filter((key) => theme.classes.some((one) => one.key === key)))
/** @type {any[]} */
const told = [null, null]
let question = 0

days.forEach((field, side) => {
  field.value = asked.get(side ? 'b' : 'a') ?? today
  if (!field.checkValidity()) field.value = today
  field.addEventListener('change', () => { if (field.checkValidity()) void load(false) })
})
byId('days').addEventListener('submit', (event) => event.preventDefault())

/** What both sides ask, without the days. */
function query() {
  const both = new URLSearchParams()
  for (const name of ['unit', 'known_at', 'listing_status']) for (const value of asked.getAll(name)) both.append(name, value)
  return both
}

const counts = legendRows(theme.classes, hidden, () => { keep(); for (const stage of stages) void stage.draw() })

const stages = maps.map((map, side) => makeStage({
  map, theme, settings,
  query: () => new URLSearchParams([...query(), ...(days[side].value === today ? [] : [['as_of', days[side].value]])]),
  view: () => ({
    unit: asked.get('unit') ?? document.body.dataset.unit ?? '', show: asked.get('show') ?? 'auto', day: days[side].value,
    isNow: days[side].value === today, isShown: (key) => !hidden.has(key),
  }),
  tell: (said) => {
    told[side] = said
    for (const [key, count] of counts) count.textContent = told.map((one) => (one ? asNumber(one.counts[key] ?? 0) : '–')).join(' → ')
  },
  label: `${t(side ? 'compare.b' : 'compare.a')} · ${t('map.area')}`, said: () => caption(told[side]),
  list: () => {},
  places: { mode: byId(side ? 'said-b' : 'said-a'), failed: byId(side ? 'failed-b' : 'failed-a') },
}))

/** @param {boolean} fit */
async function load(fit) {
  const mine = ++question
  closePanel()
  const differences = get(`/maps/differences.json?${new URLSearchParams([...query(), ['a', days[0].value], ['b', days[1].value]])}`)
  differences.catch(() => null)
  await stages[1].load(fit)
  await stages[0].load(false)
  try {
    const found = await differences
    if (mine === question) tellDifferences(found)
  } catch (error) {
    if (mine === question) byId('differences').replaceChildren(el('p', { class: 'refused' }, inWords(error)))
  }
  keep()
}

/** @param {any} found */
function tellDifferences(found) {
  const shares = [found.a, found.b].map((day) => asPercent(day.survival.share)).join(' → ')
  byId('summary').textContent = t('compare.summary', { unit: found.frame.unit.name, a: found.a.as_of, b: found.b.as_of })
  const counted = ['died', 'revived', 'became_unknown', 'came', 'left'].map((name) =>
    el('li', {}, el('strong', { 'data-testid': `diff-${name}` }, asNumber(found[name])), ` ${t(`compare.${name}`)}`))
  byId('differences').replaceChildren(
    el('ul', { class: 'counted' }, ...counted),
    el('p', { class: 'hint', 'data-testid': 'diff-shares' }, t('compare.shares', { shares })),
    table(t('compare.moves'), [t('compare.before'), t('compare.after'), t('map.col_stations')],
      found.moves.map((/** @type {any} */ move) => [stateWord(move.before), stateWord(move.after), asNumber(move.n)]), 'moves'))
  fillList(() => listChanged(found))
}

/** @param {string} state */
const stateWord = (state) => (state ? word('vitality', state) : t('compare.absent'))

/** @param {any} found */
async function listChanged(found) {
  const some = found.stations.slice(0, MOST_LISTED)
  if (!some.length) return el('p', { class: 'hint' }, t('compare.none'))
  const names = await stationNames(some.map((/** @type {any} */ one) => one.id))
  const rows = some.filter((/** @type {any} */ one) => names.has(one.id)).map((/** @type {any} */ one) => [
    el('button', { type: 'button', onclick: () => { if (one.lon !== null) maps[1].setView([one.lat, one.lon], 13) } }, names.get(one.id) ?? ''),
    `${stateWord(one.before)} → ${stateWord(one.after)}`,
  ])
  return table(t('compare.changed', { n: asNumber(found.changed), shown: asNumber(rows.length) }), [t('map.col_name'), t('map.col_state')], rows, 'list-changed')
}

function keep() {
  const kept = query()
  kept.set('a', days[0].value)
  kept.set('b', days[1].value)
  if (hidden.size) kept.set('hide', [...hidden].join())
  if (!stages[1].isWhole()) kept.set('at', placeText(maps[1]))
  writeAddress(kept)
  const back = new URLSearchParams(query())
  if (days[1].value !== today) back.set('as_of', days[1].value)
  byId('back').setAttribute('href', `/?${back}`)
}

let following = false
maps.forEach((map, side) => map.on('move', () => {
  if (following) return
  following = true
  maps[1 - side].setView(map.getCenter(), map.getZoom(), { animate: false })
  following = false
}))
byId('zoom-in').addEventListener('click', () => maps[1].zoomIn())
byId('zoom-out').addEventListener('click', () => maps[1].zoomOut())
byId('whole').addEventListener('click', () => stages[1].fitToAll())
for (const line of ['credit', 'credit-a']) byId(line).textContent = approval(settings)
showScale(maps[1])
offerLink()
offerPrinting(maps, () => { for (const stage of stages) stage.drawNow() })
if (matchMedia('(max-width: 899px)').matches) byId('side').removeAttribute('open')

const place = placeOf(asked.get('at'))
if (place) maps[1].setView([place.lat, place.lon], place.zoom, { animate: false })
await load(!place)
maps[1].on('moveend', keep)
