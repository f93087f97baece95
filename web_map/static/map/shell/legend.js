// The legend: what each symbol means, how many there are, and a switch for each; and what stands beside every figure.
// @ts-check
import { byId, el } from '../../dom.js'
import { asNumber, asPercent, t } from '../../words.js'
import { iconOf } from '../shapes.js'

/**
 * @typedef {{key: string, label: string, look: import('../shapes.js').Look}} Class one row of the legend
 * @typedef {{n: number, as_of: string, known_at?: string | null, counts: Record<string, number>, summary?: string,
 *   unknown_share: number | null, headline: (Node | string)[], definition: string, definition_name: string,
 *   source: string, how?: string | null, notes?: string[]}} Told what a map says of itself
 */

/**
 * A row for each class with a switch; gives where each one's count stands.
 * @param {Class[]} classes
 * @param {Set<string>} hidden classes that are switched off; changed here
 * @param {() => void} changed
 */
export function legendRows(classes, hidden, changed) {
  /** @type {Map<string, HTMLElement>} */
  const counts = new Map()
  for (const { key, label, look } of classes) {
    const count = el('span', { class: 'count', 'data-testid': `count-${key}` }, '–')
    counts.set(key, count)
    const button = el('button', { type: 'button', 'aria-pressed': String(!hidden.has(key)), 'data-testid': `legend-${key}`, onclick: () => {
      const off = !hidden.delete(key)
      if (off) hidden.add(key)
      button.setAttribute('aria-pressed', String(!off))
      changed()
    } }, iconOf(look), el('span', { class: 'name' }, label), count, el('span', { class: 'eye', 'aria-hidden': true }))
    byId('legend').append(el('li', {}, button))
  }
  return counts
}

/** @param {Class[]} classes @param {Set<string>} hidden @param {() => void} changed */
export function makeLegend(classes, hidden, changed) {
  const counts = legendRows(classes, hidden, changed)

  /** @param {Told} told */
  return function tell(told) {
    for (const [key, count] of counts) count.textContent = asNumber(told.counts[key] ?? 0)
    byId('summary').textContent = told.summary ?? t('map.summary', { as_of: told.as_of, n: asNumber(told.n) })
    byId('share').replaceChildren(...told.headline)
    byId('definition').textContent = told.definition
    byId('source').textContent = told.source
    byId('caption').textContent = caption(told)
    const how = /** @type {HTMLAnchorElement} */ (byId('how-link'))
    how.hidden = !told.how
    if (told.how) how.href = `/how/${encodeURIComponent(told.how)}`
    byId('unplaced').hidden = !told.notes?.length
    byId('unplaced').textContent = (told.notes ?? []).join(' ')
  }
}

/** The line that stands on every map, on screen and on paper. @param {Told} told */
export function caption(told) {
  return [
    t('map.caption_day', { as_of: told.as_of }), told.known_at ? t('map.caption_known', { at: told.known_at.slice(0, 16).replace('T', ' ') }) : '',
    t('map.caption_definition', { name: told.definition_name }),
    t('map.caption_unknown', { share: asPercent(told.unknown_share) }),
  ].filter(Boolean).join(' · ')
}

/** The approval line of the base map, or that it is for internal work only, and whose tiles they are. @param {any} settings */
export const approval = (settings) => [
  settings.approval_no ? t('map.approval', { no: settings.approval_no }) : t('map.internal'), settings.tile_attribution,
].filter(Boolean).join(' · ')
