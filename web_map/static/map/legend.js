// The legend: what each symbol means, how many there are, and a switch for each; and the share with its doubts.
// @ts-check
import { byId, el } from '../dom.js'
import { asNumber, asPercent, lang, t, word } from '../words.js'
import { COLOURS, STATES, icon } from './shapes.js'

/**
 * @param {Set<string>} hidden states that are switched off; changed here
 * @param {() => void} changed
 */
export function makeLegend(hidden, changed) {
  /** @type {Map<string, HTMLElement>} */
  const counts = new Map()
  for (const state of STATES) {
    const count = el('span', { class: 'count', 'data-testid': `count-${state}` }, '–')
    counts.set(state, count)
    const button = el('button', { type: 'button', 'aria-pressed': 'true', 'data-testid': `legend-${state}`, onclick: () => {
      const off = !hidden.delete(state)
      if (off) hidden.add(state)
      button.setAttribute('aria-pressed', String(!off))
      changed()
    } }, icon(state), el('span', { class: 'name' }, word('vitality', state)), count, el('span', { class: 'eye', 'aria-hidden': true }))
    byId('legend').append(el('li', {}, button))
  }

  /** @param {any} answer what stations.json or shares.json say of themselves */
  return function tell(answer) {
    for (const state of STATES) /** @type {HTMLElement} */ (counts.get(state)).textContent = asNumber(answer.counts[state])
    byId('summary').textContent = t('map.summary', { as_of: answer.as_of, n: asNumber(answer.n) })
    byId('definition').textContent = answer[`definition_${lang}`]
    byId('source').textContent = answer[`source_${lang}`]
    tellShare(answer)
    if ('unplaced' in answer) {
      byId('unplaced').hidden = !answer.unplaced
      byId('unplaced').textContent = t('map.unplaced', { n: answer.unplaced })
    }
  }
}

/** @param {any} answer */
function tellShare(answer) {
  const { built, living, share, low, high, unknown_share: unknown } = answer.survival
  const line = byId('share')
  if (share === null) {
    line.replaceChildren(t('map.share_none'))
    return
  }
  const bar = el('span', { class: 'bar', 'aria-hidden': true })
  for (const state of STATES.filter((one) => one !== 'not_started' && answer.counts[one])) {
    const part = el('span')
    part.style.flexGrow = String(answer.counts[state])
    part.style.background = COLOURS[state]
    bar.append(part)
  }
  line.replaceChildren(
    el('strong', { 'data-testid': 'share-built' }, asPercent(share)),
    el('span', { class: 'what' }, t('map.share_title')),
    el('span', { class: 'of' }, t('map.share_line', { living: asNumber(living), built: asNumber(built) })),
    el('span', { class: 'of', 'data-testid': 'share-doubt' },
      `${t('map.share_unknown', { unknown: asPercent(unknown) })} · ${t('map.share_bounds', { low: asPercent(low), high: asPercent(high) })}`),
    bar,
  )
}
