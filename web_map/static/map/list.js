// What the map shows, as a table: for who cannot see it, and for who would rather read.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el, table } from '../dom.js'
import { asNumber, asPercent, t, word } from '../words.js'
import { icon } from './shapes.js'

export const MOST = 50
const list = /** @type {HTMLDetailsElement} */ (byId('list'))
/** @type {(() => void) | null} */
let waiting = null
let turn = 0
list.addEventListener('toggle', () => { if (list.open) waiting?.() })

/** Fill the list now if it is open, else when it is opened. @param {(turn: number) => void | Promise<void>} fill */
function fillWhenOpen(fill) {
  const mine = ++turn
  waiting = () => { waiting = null; void fill(mine) }
  if (list.open) waiting()
}

/** @param {any[]} units @param {(unit: any) => void} chosen */
export function listUnits(units, chosen) {
  fillWhenOpen(() => {
    const rows = units.map((unit) => [
      el('button', { type: 'button', onclick: () => chosen(unit) }, unit.name),
      asNumber(unit.n), asPercent(unit.share), asPercent(unit.unknown_share),
    ])
    byId('list-body').replaceChildren(table(t('map.list_units'),
      [t('map.col_unit'), t('map.col_stations'), t('map.col_share'), t('map.col_unknown')], rows, 'list-units'))
  })
}

/**
 * @param {{id: number, state: string, delisted: boolean}[]} near nearest the centre first
 * @param {(id: number) => void} chosen
 */
export function listStations(near, chosen) {
  fillWhenOpen(async (mine) => {
    const body = byId('list-body')
    if (!near.length) {
      body.replaceChildren(el('p', { class: 'hint' }, t('map.list_empty')))
      return
    }
    try {
      const { stations } = await get(`/maps/names.json?${near.map((one) => `id=${one.id}`).join('&')}`)
      if (mine !== turn) return
      const names = new Map(stations.map((/** @type {any} */ one) => [one.id, one.name]))
      const rows = near.filter((one) => names.has(one.id)).map((one) => [
        el('button', { type: 'button', onclick: () => chosen(one.id) }, names.get(one.id)),
        el('span', { class: 'tag' }, icon(one.state, one.delisted), word('vitality', one.state)),
      ])
      body.replaceChildren(table(t('map.list_stations', { n: MOST }), [t('map.col_name'), t('map.col_state')], rows, 'list-stations'))
    } catch (error) {
      body.replaceChildren(el('p', { class: 'refused' }, inWords(error)))
    }
  })
}
