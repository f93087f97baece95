// Reasons to look twice at a visit, and when it was made as far as that can be proved: in words, on any page.
// @ts-check
import { el } from '../dom.js'
import { asMinute, asNumber, listed, t } from '../words.js'

/** @typedef {{code: string, photo: string | null, figures: Record<string, any>}} Reason */
/** @typedef {{photo: string | null, not_before: string | null, not_after: string}} Proved */

/** One reason as a sentence. @param {Reason} reason */
export function reasonText({ code, figures }) {
  const said = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, figure(name, value)]))
  return t(`reason.${code}`, said)
}

/** @param {string} name @param {any} value @returns {string} */
function figure(name, value) {
  if (value === null || value === undefined) return name === 'station' ? t('reasons.elsewhere') : t('reasons.unknown')
  if (name.endsWith('_at')) return asMinute(value)
  if (name === 'read' || name === 'said') return t(`visit.choice.sign_wording.${value}`)
  if (name === 'fields') return listed(value.map((/** @type {string} */ one) => t(`seal_field.${one}`)))
  return typeof value === 'number' ? asNumber(value) : String(value)
}

/**
 * The list of reasons; `named` says which photo one is about. Null reasons: nobody has compared yet.
 * @param {Reason[] | null} reasons @param {(sha256: string) => string} named
 */
export function reasonList(reasons, named) {
  if (reasons === null) return el('p', { class: 'hint', 'data-testid': 'reasons' }, t('reasons.not_judged'))
  if (!reasons.length) return el('p', { class: 'hint', 'data-testid': 'reasons' }, t('reasons.none'))
  const items = reasons.map((one) => el('li', { 'data-reason': one.code }, one.photo ? el('b', {}, `${named(one.photo)} `) : null, reasonText(one)))
  return el('div', { 'data-testid': 'reasons' }, el('p', { class: 'hint' }, t('reasons.hint')), el('ul', { class: 'reasons' }, ...items))
}

/** The visit's own interval as one sentence. @param {Proved[] | null} times @param {string | null} [photo] */
export function provedText(times, photo = null) {
  const found = (times ?? []).find((one) => one.photo === photo)
  if (!found) return null
  const to = asMinute(found.not_after)
  return found.not_before === null ? t('reasons.until', { to }) : t('reasons.between', { from: asMinute(found.not_before), to })
}
