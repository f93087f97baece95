// Single keys of the page: they can be turned off, and do nothing while somebody types or a dialog is open (WCAG 2.1.4).
// @ts-check

const KEPT = 'cunzhan.review.keys'

/** @returns {boolean} */
export function keysAreOn() {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true
  }
}

/** @param {boolean} on */
export function turnKeys(on) {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off')
  } catch {
    // Without storage the choice holds for this page alone.
  }
  document.body.dataset.keys = on ? 'on' : 'off'
}

/** @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

/** @param {Record<string, (event: KeyboardEvent) => void>} deeds by key, in small letters */
export function listenForKeys(deeds) {
  turnKeys(keysAreOn())
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || document.body.dataset.keys === 'off') return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    // Arrows scroll a list that has the focus; everywhere else they turn the page.
    const deed = deeds[event.key.toLowerCase()]
    if (!deed) return
    event.preventDefault()
    deed(event)
  })
}
