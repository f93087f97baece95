// One visit as a reviewer looks at it; built from one answer, its pictures fetched before.
// @ts-check
import { el } from '../../dom.js'
import { asMinute, lang, t, word } from '../../words.js'
import { visitFacts } from '../visit_facts.js'
import { provedText, reasonList } from '../reasons.js'
import { placeFigure } from './place.js'
import { pictureAt } from './queue.js'
import { signPanel } from './sign.js'

/** @param {import('./queue.js').Ready} ready @param {{place: string, from: string}} told */
export function visitView({ item, pictures }, { place, from }) {
  const { visit, station } = item
  const picture = (/** @type {string} */ source) => pictures.get(source)
  const where = [station.county, station.township, station.village].filter(Boolean).join(' ')
  return el('article', { class: 'review-visit', 'data-testid': 'review-visit', 'data-visit': visit.id, 'data-from': from, 'data-state': visit.state, tabindex: -1, 'aria-labelledby': 'review-station' },
    el('header', { class: 'review-head' },
      el('h2', { id: 'review-station' }, el('a', { href: `/stations/${encodeURIComponent(station.code)}` }, station.name), ' ', el('small', {}, station.code)),
      el('p', { class: 'hint' }, [place, where, word('inspection_state', visit.state), visit.version > 1 && t('review.on_version', { n: visit.version })].filter(Boolean).join(' · ')),
      item.permissions.is_own ? el('p', { class: 'note' }, t('review.is_own')) : null, refusedPhotos(item)),
    el('div', { class: 'review-seen' }, photos(item, picture), el('div', { class: 'review-beside' }, last(item, picture), placeFigure(item))),
    el('div', { class: 'review-side' }, reasons(item), signPanel(item, picture),
      el('section', { class: 'review-answers' }, el('h3', {}, t('review.answers')), visitFacts(visit)), past(item)))
}

/** Photos that came and could not be accepted: why, and that the visit can only go back. @param {any} item */
function refusedPhotos({ refused_photos: refused, visit, permissions }) {
  if (!refused.length) return null
  const lines = refused.map((/** @type {any} */ one) => {
    const purpose = visit.photos.find((/** @type {any} */ photo) => photo.sha256 === one.sha256)?.purpose
    return el('li', {}, `${purpose ? word('photo_purpose', purpose) : t('review.photo')}: ${t('visit_review.refused_photo', { why: one.why[lang] })}`)
  })
  return el('div', { class: 'note', 'data-testid': 'refused-photos' }, permissions.may_return ? el('strong', {}, t('visit_review.stuck')) : null, el('ul', { class: 'lines' }, ...lines))
}

/** @param {any} item */
function reasons({ judgement, visit }) {
  const named = (/** @type {string} */ sha256) => {
    const photo = visit.photos.find((/** @type {any} */ one) => one.sha256 === sha256)
    return photo ? word('photo_purpose', photo.purpose) : t('review.photo')
  }
  const proved = judgement ? provedText(judgement.times) : null
  return el('section', { class: 'review-reasons', 'data-judged': String(judgement !== null) }, el('h3', {}, t('reasons.title')),
    reasonList(judgement?.reasons ?? null, named), proved ? el('p', { class: 'hint' }, `${t('reasons.visit_times')} ${proved}`) : null)
}

/** The big photo, and the others to change to. @param {any} item @param {(source: string) => HTMLImageElement | undefined} picture */
function photos({ visit, sign, shown }, picture) {
  const all = visit.photos.filter((/** @type {any} */ one) => shown[one.sha256])
  const frame = el('figure', { class: 'review-photo', 'data-testid': 'review-photo' })
  if (!all.length) {
    frame.append(el('p', { class: 'hint' }, t(visit.photos.length ? 'visit_review.none_to_show' : 'review.no_photo')))
    return frame
  }
  const stage = el('div', { class: 'stage' })
  const caption = el('figcaption', {})
  const others = all.map((/** @type {any} */ one, /** @type {number} */ at) =>
    el('button', { type: 'button', class: 'small', onclick: () => turn(at) }, word('photo_purpose', one.purpose)))
  let now = Math.max(0, all.findIndex((/** @type {any} */ one) => one.sha256 === sign.photo))
  /** @param {number} at */
  function turn(at) {
    now = (at + all.length) % all.length
    const one = all[now]
    const image = picture(pictureAt(visit.id, one.sha256, shown[one.sha256]))
    const text = t('review.photo_of', { what: word('photo_purpose', one.purpose), n: now + 1, all: all.length })
    if (image) image.alt = text
    stage.replaceChildren(...(image ? [image] : []))
    const kept = [text, one.taken_at && asMinute(one.taken_at), one.received ? '' : t('visit_review.preview')].filter(Boolean).join(' · ')
    caption.replaceChildren(`${kept} `, ...(one.received ? [el('a', { href: pictureAt(visit.id, one.sha256, 'full') }, t('review.full'))] : []))
    others.forEach((/** @type {HTMLButtonElement} */ button, /** @type {number} */ n) => button.setAttribute('aria-pressed', String(n === now)))
  }
  frame.append(stage, caption, ...(all.length > 1 ? [el('div', { class: 'row tight' }, ...others)] : []))
  frame.addEventListener('next-photo', () => turn(now + 1))
  turn(now)
  return frame
}

/** @param {any} item @param {(source: string) => HTMLImageElement | undefined} picture */
function last({ last_visit: one }, picture) {
  const frame = el('section', { class: 'review-last', 'data-testid': 'last-visit' }, el('h3', {}, t('review.last')))
  if (!one) {
    frame.append(el('p', { class: 'hint' }, t('review.last_none')))
    return frame
  }
  const image = one.photo ? picture(pictureAt(one.inspection_id, one.photo.sha256, 'thumb')) : undefined
  const text = `${asMinute(one.captured_at)} · ${word('observed_state', one.observed_state)}`
  if (image) image.alt = `${t('review.last')} ${text}`
  frame.append(image ?? el('p', { class: 'hint' }, t('review.last_no_photo')), el('p', {}, text))
  return frame
}

/** @param {any} item */
function past({ decisions }) {
  const rows = decisions.map((/** @type {any} */ one) => el('li', {}, el('strong', {}, word('review_act', one.kind)),
    ` ${[one.by, asMinute(one.at), t('review.on_version', { n: one.version }), one.why].filter(Boolean).join(' · ')}`))
  return el('section', { class: 'review-past', 'data-testid': 'past' }, el('h3', {}, t('review.past')),
    rows.length ? el('ol', { class: 'lines' }, ...rows) : el('p', { class: 'hint' }, t('review.past_none')))
}
