// What anybody learns who holds a print of a photo: whether it was received, where, when, and whether it is unaltered.
// @ts-check
import { get, inWords, Refused } from '../api.js'
import { byId, el, labelled } from '../dom.js'
import { asMinute, t } from '../words.js'
import { compare } from './same_picture.js'

const code = decodeURIComponent(location.pathname.split('/')[2] ?? '')
const LOOKS = { genuine: 'said', unsealed: 'note', altered: 'refused', missing: 'note' }

/** @param {string} given */
function asking(given) {
  const field = el('input', { id: 'code', 'data-testid': 'verify-code', value: given, autocomplete: 'off', autocapitalize: 'characters',
    spellcheck: 'false', maxlength: 40, required: true, placeholder: '7PH4R-NGZ2K' })
  return el('form', {
    'data-testid': 'verify-form',
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault()
      const typed = field.value.trim()
      if (typed) location.assign(`/verify/${encodeURIComponent(typed)}`)
    },
  }, labelled(t('verify.code'), field), el('p', { class: 'hint' }, t('verify.code_hint')), el('button', { class: 'main', type: 'submit' }, t('verify.look')))
}

/** @param {any} photo @param {string} given */
function shown(photo, given) {
  const { station } = photo
  const isChosen = photo.source === 'file'
  const place = [station.county_name, station.township_name, station.village_name].filter(Boolean).join(' ')
  const facts = [
    [t('verify.code_of'), `${photo.code.slice(0, 5)}-${photo.code.slice(5)}`],
    [t('verify.station'), `${station.name} (${station.code})`],
    [t('verify.place'), place || '—'],
    [t('verify.source'), t(`verify.source_${photo.source}`)],
    [t('verify.where'), t(`verify.on_site_${photo.on_site}`)],
    [t(isChosen ? 'verify.file_time' : 'verify.taken'), photo.taken_at ? asMinute(photo.taken_at) : t('verify.no_time')],
    [t('verify.proven'), photo.not_before ? t('verify.between', { from: asMinute(photo.not_before), to: asMinute(photo.not_after) }) : t('verify.until', { to: asMinute(photo.not_after) })],
    [t('verify.seal'), t(`verify.seal_${photo.seal}`)],
    [t('verify.stored'), t(`verify.stored_${photo.stored}`)],
  ]
  const image = el('img', { alt: t('verify.picture'), class: 'coarse', 'data-testid': 'verify-picture',
    src: `/api/v1/public/photos/${encodeURIComponent(given)}/picture?sha256=${photo.sha256}` })
  return el('article', { class: 'card', 'data-testid': 'verify-photo', 'data-state': photo.state },
    el('p', { class: isChosen && photo.state === 'genuine' ? 'note' : LOOKS[/** @type {keyof typeof LOOKS} */ (photo.state)] ?? 'note', 'data-testid': 'verify-state' },
      el('strong', {}, t(`verify.state_${photo.state}`)), ' ', t(`verify.state_${photo.state}_why`), isChosen ? ` ${t('verify.from_file')}` : ''),
    ...(photo.likeness ? [image, el('p', { class: 'hint' }, t('verify.picture_hint'))] : []),
    el('dl', { class: 'facts stacked', 'data-testid': 'verify-facts' }, ...facts.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)])),
    comparing(photo))
}

/** @param {any} photo */
function comparing(photo) {
  const held = el('canvas', { class: 'coarse', hidden: true, role: 'img', 'aria-label': t('verify.held'), 'data-testid': 'verify-held' })
  const said = el('p', { role: 'status', 'data-testid': 'verify-same' })
  const choose = el('input', {
    type: 'file', accept: 'image/*', 'data-testid': 'verify-file',
    onchange: async () => {
      const file = choose.files?.[0]
      if (!file) return
      held.hidden = true
      said.className = 'hint'
      said.textContent = t('verify.comparing')
      const found = await compare(file, photo, held)
      said.className = found === 'identical' ? 'said' : found === 'different' ? 'refused' : 'note'
      said.textContent = t(`verify.same_${found}`)
    },
  })
  return el('section', {}, el('h2', {}, t('verify.compare')), el('p', { class: 'hint' }, t('verify.compare_hint')),
    labelled(t('verify.file'), choose), held, said)
}

/** @param {unknown} error */
function refused(error) {
  const unknown = error instanceof Refused && error.code === 'PHOTO_CODE_UNKNOWN'
  return el('p', { class: 'refused', role: 'alert', 'data-testid': unknown ? 'verify-unknown' : 'verify-failed' }, inWords(error))
}

async function show() {
  if (!code) return [asking('')]
  try {
    const { photos } = await get(`/public/photos/${encodeURIComponent(code)}`)
    const several = photos.length > 1 ? [el('p', { class: 'note', 'data-testid': 'verify-several' }, t('verify.several', { count: photos.length }))] : []
    return [...several, ...photos.map((/** @type {any} */ one) => shown(one, code)), el('h2', {}, t('verify.another')), asking('')]
  } catch (error) {
    return [refused(error), asking(code)]
  }
}

byId('body').replaceChildren(...(await show()))
