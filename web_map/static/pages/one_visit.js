// One visit as staff read it: what was answered, left open and photographed; above the county it can be sent back.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { el, labelled } from '../dom.js'
import { asMinute, t, word } from '../words.js'
import { deed } from './month_around.js'
import { provedText, reasonList } from './reasons.js'
import { ASKED, question, visitFacts } from './visit_facts.js'

const REVIEWERS = ['prefecture', 'province']
const MAY_GO_BACK = ['complete', 'under_review', 'approved']

/** Show a visit in a place of the page. @param {HTMLElement} place @param {string} id @param {string} [said] */
export async function showVisit(place, id, said) {
  try {
    const visit = await get(`/inspections/${encodeURIComponent(id)}`)
    const role = document.body.dataset.role ?? ''
    place.replaceChildren(el('section', { class: 'card visit-card', 'data-testid': 'visit', 'data-state': visit.state },
      said ? el('p', { class: 'said', role: 'status' }, said) : null, el('h2', {}, t('visit_review.title')), visitFacts(visit), story(visit), reasons(visit),
      el('h3', {}, t('visit_review.photos')), el('div', { class: 'visit-photos' }, ...visit.photos.map((/** @type {any} */ one) => photo(id, one, provedPhoto(visit, one.sha256)))),
      REVIEWERS.includes(role) ? el('p', { class: 'no-print' }, el('a', { class: 'button', href: `/review?${new URLSearchParams({ visit: id })}`, 'data-testid': 'review-link' }, t('visit_review.review'))) : null,
      REVIEWERS.includes(role) && MAY_GO_BACK.includes(visit.state) ? sendBack(place, visit) : null))
    place.tabIndex = -1
    place.focus()
    place.scrollIntoView({ block: 'start' })
  } catch (error) {
    place.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} visit */
function story(visit) {
  const told = visit.returned
  return el('div', {}, visit.replaces ? el('p', { class: 'hint' }, `${t('visit_review.replaces')} ${visit.replaces.slice(0, 8)}`) : null,
    told ? el('p', { class: 'note', 'data-testid': 'returned' },
      t('visit_review.returned', { who: told.returned_by, at: asMinute(told.returned_at), note: told.note }),
      ` ${told.answered_by ? t('visit_review.answered') : t('visit_review.unanswered')}`) : null)
}

/** What asks for a second look, once the photos are here and were compared. @param {any} visit */
function reasons(visit) {
  if (visit.state === 'submitted') return null
  const proved = provedText(visit.times)
  return el('section', { class: 'visit-reasons' }, el('h3', {}, t('reasons.title')),
    reasonList(visit.reasons, (sha256) => word('photo_purpose', visit.photos.find((/** @type {any} */ one) => one.sha256 === sha256)?.purpose)),
    proved ? el('p', { class: 'hint', 'data-testid': 'proved' }, `${t('reasons.visit_times')} ${proved}`) : null)
}

/** Of a photo without a seal the end alone is known, which its visit says. @param {any} visit @param {string} sha256 */
function provedPhoto({ times }, sha256) {
  const has_begin = (times ?? []).some((/** @type {any} */ one) => one.photo === sha256 && one.not_before !== null)
  return has_begin ? `${t('reasons.photo_times')} ${provedText(times, sha256)}` : null
}

/** @param {string} id @param {any} one @param {string | null} proved */
function photo(id, one, proved) {
  const purpose = word('photo_purpose', one.purpose)
  const stands = one.received ? '' : one.preview ? t('visit_review.preview') : t('visit_review.awaited')
  const told = [purpose, stands, one.taken_at && asMinute(one.taken_at), one.capture?.kept_anyway && t('visit_review.kept_anyway')].filter(Boolean)
  const tags = Object.entries(one.exif?.tags ?? {}).map(([tag, value]) => `${tag}: ${value}`)
  const path = `/api/v1/inspections/${encodeURIComponent(id)}/photos/${one.sha256}`
  const image = el('img', { src: `${path}?size=thumb`, alt: purpose, loading: 'lazy', width: 160 })
  return el('figure', { 'data-testid': `photo-${one.sha256.slice(0, 8)}`, 'data-preview': one.preview },
    one.received ? el('a', { href: `${path}?size=full` }, image) : one.preview ? image : null,
    el('figcaption', {}, told.join(' · ')), proved ? el('small', { class: 'proved' }, proved) : null,
    tags.length ? el('details', {}, el('summary', {}, t('visit_review.exif')), el('pre', {}, tags.join('\n'))) : null)
}

/** @param {HTMLElement} place @param {any} visit */
function sendBack(place, visit) {
  const note = el('textarea', { required: true, maxlength: 500, rows: 2, 'data-testid': 'return-note' })
  /** @type {[HTMLInputElement, {kind: string, name: string, note: string}][]} */
  const marks = [
    ...['method', 'observed_state', ...ASKED].map((name) => mark('field', name)),
    ...visit.photos.map((/** @type {any} */ one) => mark('photo', one.sha256)),
  ]
  const ticks = marks.map(([box, one]) => {
    const shown = one.kind === 'field' ? question(one.name) : photoName(visit, one.name)
    return el('label', { class: 'check' }, box, shown)
  })
  const send = () => ask(`/inspections/${visit.id}/return`, { method: 'POST',
    json: { note: note.value, marks: marks.filter(([box]) => box.checked).map(([, one]) => one) } })
  return el('div', { class: 'no-print' }, el('h3', {}, t('visit_review.return')), el('p', { class: 'hint' }, t('visit_review.return_hint')),
    deed([el('div', { class: 'row tight' }, ...ticks), labelled(t('visit_review.why'), note)], t('visit_review.return'), 'return-form', send,
      () => showVisit(place, visit.id, t('visit_review.done'))))
}

/** @param {string} kind @param {string} name @returns {[HTMLInputElement, {kind: string, name: string, note: string}]} */
function mark(kind, name) {
  return [el('input', { type: 'checkbox', 'data-testid': `mark-${name.slice(0, 16)}` }), { kind, name, note: '' }]
}

/** @param {any} visit @param {string} sha256 */
const photoName = (visit, sha256) =>
  `${t('visit_review.photos')}:${word('photo_purpose', visit.photos.find((/** @type {any} */ one) => one.sha256 === sha256).purpose)}`
