// What a visit answered and left open, as a list of facts, on any page that shows one.
// @ts-check
import { el } from '../dom.js'
import { asMinute, asNumber, listed, t, word } from '../words.js'

export const ASKED = ['services', 'sign_wording', 'other_wording', 'checks', 'note']

/** @param {any} visit */
export function visitFacts(visit) {
  const distance = visit.distance_m === null ? '' : ` · ${t('visit_review.away', { n: asNumber(Math.round(visit.distance_m)) })}`
  const rows = [
    [t('visit_review.state'), word('inspection_state', visit.state)], [t('visit_review.by'), visit.inspector],
    [t('visit_review.captured'), asMinute(visit.captured_at)], [t('visit_review.received'), asMinute(visit.received_at)],
    [t('visit_review.place'), `${word('on_site', visit.on_site)}${distance}`],
    [t('visit.field.method'), word('visit_method', visit.method)], [t('visit.field.observed_state'), word('observed_state', visit.observed_state)],
    ...ASKED.map((name) => [question(name), answer(visit, name)]),
  ]
  return el('dl', { class: 'facts' }, ...rows.flatMap(([term, said]) => [el('dt', {}, term ?? ''), el('dd', {}, said || '—')]))
}

/** @param {string} name */
export const question = (name) => t(`visit.field.${name}`)

/** @param {any} visit @param {string} name */
function answer(visit, name) {
  if (visit.not_answered[name]) return word('check_answer', visit.not_answered[name])
  if (name === 'note') return visit.note
  if (name === 'checks') {
    return listed(Object.entries(visit.checks).map(([check, said]) => `${t(`visit.choice.checks.${check}`)}:${word('check_answer', said)}`))
  }
  const given = visit.answers[name]
  if (name === 'services') return given && listed(given.map((/** @type {string} */ one) => t(`visit.choice.services.${one}`)))
  return given && name === 'sign_wording' ? t(`visit.choice.sign_wording.${given}`) : given
}
