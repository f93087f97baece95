// The panel of what was touched: everything as text.
// @ts-check
import { inWords } from '../../api.js'
import { byId, el } from '../../dom.js'
import { t } from '../../words.js'

const panel = byId('panel')
/** @type {HTMLElement | null} */
let cameFrom = null
let turn = 0

export function closePanel() {
  turn++
  panel.hidden = true
  panel.replaceChildren()
  cameFrom?.focus()
  cameFrom = null
}

document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !panel.hidden) closePanel() })

/** @param {...(Node | string)} content */
function open(...content) {
  if (panel.hidden) cameFrom = /** @type {HTMLElement | null} */ (document.activeElement)
  const close = el('button', { type: 'button', class: 'close', 'data-testid': 'panel-close', onclick: closePanel }, t('map.close'))
  panel.replaceChildren(close, ...content)
  panel.hidden = false
  panel.scrollTop = 0
  panel.focus()
}

/** Open the panel and fill it when its content is there. @param {Promise<(Node | string)[]>} coming */
export async function openPanel(coming) {
  const mine = ++turn
  open(el('p', { class: 'hint' }, t('map.loading')))
  try {
    const content = await coming
    if (mine === turn) open(...content)
  } catch (error) {
    if (mine === turn) open(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** Several things under one touch: let the person choose. @param {Promise<string[]>} names @param {(index: number) => void} chosen */
export const openSeveral = (names, chosen) => openPanel(names.then((known) => [
  el('h2', {}, t('map.several', { n: known.length })),
  el('ul', { class: 'several', 'data-testid': 'several' },
    ...known.map((name, index) => el('li', {}, el('button', { type: 'button', onclick: () => chosen(index) }, name)))),
]))
