// What the map shows, as a table: for who cannot see it, and for who would rather read.
// @ts-check
import { inWords } from '../../api.js'
import { byId, el } from '../../dom.js'

const list = /** @type {HTMLDetailsElement} */ (byId('list'))
/** @type {(() => void) | null} */
let waiting = null
let turn = 0
list.addEventListener('toggle', () => { if (list.open) waiting?.() })

/** Fill the list now if it is open, else when it is opened. @param {() => Node | Promise<Node>} fill */
export function fillList(fill) {
  const mine = ++turn
  waiting = async () => {
    waiting = null
    try {
      const filled = await fill()
      if (mine === turn) byId('list-body').replaceChildren(filled)
    } catch (error) {
      if (mine === turn) byId('list-body').replaceChildren(el('p', { class: 'refused' }, inWords(error)))
    }
  }
  if (list.open) waiting()
}
