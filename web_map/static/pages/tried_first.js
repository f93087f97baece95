// A change that is tried first: what would come of it is shown, then confirmed.
// @ts-check
import { Refused, inWords } from '../api.js'
import { el } from '../dom.js'

/**
 * @param {{tryIt: string, testid: string, send: (dryRun: boolean) => Promise<any>, told: (found: any, dryRun: boolean) => (Node | string)[],
 *   confirmIt: (found: any) => string | null, refused?: (error: Refused) => Node[] | null, after: (found: any) => Promise<void>}} deed
 * `confirmIt` gives the words of the second button, or null where nothing is to be confirmed.
 * @param {HTMLElement | null} [more] fields above the buttons; a change in them takes the confirmation back
 */
export function triedFirst({ tryIt, testid, send, told, confirmIt, refused, after }, more = null) {
  const result = el('div', { tabindex: -1, 'aria-live': 'polite', 'data-testid': `${testid}-result` })
  const sure = el('button', { type: 'button', class: 'main', hidden: true, 'data-testid': `${testid}-confirm` })
  const trial = el('button', { type: 'button', 'data-testid': `${testid}-try`, onclick: () => void go(true) }, tryIt)
  sure.addEventListener('click', () => void go(false))
  more?.addEventListener('input', () => { sure.hidden = true })
  /** @param {boolean} dryRun */
  async function go(dryRun) {
    sure.hidden = true
    try {
      const found = await send(dryRun)
      result.replaceChildren(...told(found, dryRun))
      const invites = dryRun ? confirmIt(found) : null
      sure.hidden = invites === null
      sure.textContent = invites ?? ''
      if (!dryRun) await after(found)
    } catch (error) {
      const known = error instanceof Refused ? refused?.(error) : null
      result.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)), ...(known ?? []))
    }
    result.focus()
  }
  return el('div', { class: 'deed no-print' }, more, el('div', { class: 'row' }, trial, sure), result)
}
