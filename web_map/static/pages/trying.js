// Whatever a page does on somebody's wish: a refusal is told where the page tells things, and led to.
// @ts-check
import { inWords } from '../api.js'
import { el } from '../dom.js'

/**
 * Give the function that does a deed and puts its refusal into `said`, which can take the focus.
 * @param {HTMLElement} said
 */
export const tryingInto = (said) => async (/** @type {() => Promise<unknown>} */ act) => {
  said.replaceChildren()
  try {
    await act()
  } catch (error) {
    said.replaceChildren(el('p', { class: 'refused', role: 'alert', 'data-testid': 'refused' }, inWords(error)))
    said.focus()
  }
}
