// What stands behind a station's state: the evidence ladder, and the photos of its visits.
// @ts-check
import { el } from '../dom.js'
import { t, word } from '../words.js'

/** The rungs, the strongest kind first; an empty one stays, so that what is missing is seen. @param {any} found */
export function ladder(found) {
  return [el('h2', {}, t('ladder.title')), el('p', { class: 'hint' }, t('ladder.lead')),
    el('ol', { class: 'ladder', 'data-testid': 'ladder' }, ...found.rungs.map(rung))]
}

/** @param {any} one */
function rung(one) {
  const days = one.on === null ? t('ladder.none')
    : t(one.is_fresh ? 'ladder.fresh' : 'ladder.old', { day: one.on, until: one.fresh_until })
  return el('li', { 'data-kind': one.kind, 'data-fresh': String(one.is_fresh) },
    el('strong', {}, word('evidence_kind', one.kind)), el('span', { class: 'when' }, word('confidence', one.confidence)),
    el('span', {}, days),
    one.against_on ? el('span', { class: 'against' }, t('ladder.against', { day: one.against_on, what: word('observed_state', one.against_state) })) : null)
}

/** The photos of a visit, small. @param {any} one an entry of the timeline */
export function photosOf(one) {
  const photos = one.details.photos ?? []
  if (!photos.length || one.kind !== 'observation') return null
  const at = `/api/v1/inspections/${encodeURIComponent(one.details.inspection_id)}/photos/`
  return el('span', { class: 'thumbs' }, ...photos.map((/** @type {any} */ photo) => el('img', {
    src: `${at}${photo.sha256}?size=thumb`, alt: word('photo_purpose', photo.purpose), loading: 'lazy', width: '96', height: '72' })))
}
