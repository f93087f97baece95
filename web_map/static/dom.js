// Elements out of plain values: text is always text, never markup.
// @ts-check

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes] `onclick` and the like take functions; null leaves one out
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') made.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    else made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no element #${id}`)
  return found
}

/**
 * A table whose cells are text or elements; on a narrow screen each row becomes a card with its headings.
 * @param {string} caption
 * @param {string[]} headings
 * @param {(string | Node)[][]} rows
 * @param {string} testid
 */
export function table(caption, headings, rows, testid) {
  const head = el('tr', {}, ...headings.map((heading) => el('th', { scope: 'col' }, heading)))
  const body = rows.map((cells) =>
    el('tr', {}, ...cells.map((cell, index) => el('td', { 'data-heading': headings[index] }, cell))))
  return el('div', { class: 'table-frame' }, el('table', { 'data-testid': testid },
    el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, ...body)))
}

/** A label with its field. @param {string} text @param {HTMLElement} field */
export const labelled = (text, field) => el('label', {}, text, field)

/**
 * A select of values with words.
 * @param {Record<string, unknown>} attributes
 * @param {[string, string][]} options value and word
 * @param {string} [chosen]
 */
export function select(attributes, options, chosen = '') {
  return el('select', attributes, ...options.map(([value, text]) =>
    el('option', { value, selected: value === chosen }, text)))
}
