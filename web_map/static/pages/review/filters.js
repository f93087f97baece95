// Which part of the queue: a unit below one's own, a reason; and how many wait.
// @ts-check
import { get } from '../../api.js'
import { el, labelled, select } from '../../dom.js'
import { asNumber, t } from '../../words.js'

// By the codes of the reasons that are most worth a list of their own.
const REASONS = ['photo_same_elsewhere', 'photo_same_other_person', 'photo_same_before', 'photo_like_elsewhere', 'place_away', 'fix_mocked', 'fix_repeated', 'too_fast',
  'backdated', 'filled_together', 'sign_says_otherwise', 'seal_invalid']

/** @param {{total: number, doubtful: number, unjudged: number, own: number, refused: number}} counts */
export function headline({ total, doubtful, unjudged, own, refused }) {
  const told = Object.fromEntries(Object.entries({ total, doubtful, unjudged }).map(([name, n]) => [name, asNumber(n)]))
  return el('p', { class: 'lead', 'data-testid': 'review-counts' }, t('review.counts', told), refused ? ` · ${t('visit_review.count_stuck', { n: asNumber(refused) })}` : '', own ? ` ${t('review.own', { n: asNumber(own) })}` : '')
}

/** @param {URLSearchParams} wish */
export async function filterForm(wish) {
  const below = await get(`/org-units?${new URLSearchParams({ parent: document.body.dataset.unit ?? '', page_size: '200' })}`).catch(() => ({ units: [] }))
  const units = /** @type {[string, string][]} */ (below.units.map((/** @type {any} */ one) => [one.code, one.name]))
  const reasons = /** @type {[string, string][]} */ (REASONS.map((code) => [code, t(`review_reason.${code}`)]))
  const go = (/** @type {any} */ event) => event.target.form.requestSubmit()
  const form = el('form', { class: 'row review-filters', 'data-testid': 'review-filters', action: '/review' },
    labelled(t('review.unit'), select({ name: 'ou', onchange: go }, [['', t('review.whole')], ...units], wish.get('ou') ?? '')),
    labelled(t('review.reason'), select({ name: 'reason', onchange: go }, [['', t('review.any_reason')], ...reasons], wish.get('reason') ?? '')),
    el('button', {}, t('review.show')))
  return form
}
