// Stations that were met and are on no list: looked at beside what lies near, then proposed, matched or dismissed.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, t, word } from '../words.js'
import { pager } from './paging.js'
import { tryingInto } from './trying.js'

const SIZE = 20
const HOSTS = ['shop', 'village_committee', 'supply_coop', 'post', 'cooperative', 'other']
const said = el('div', { 'aria-live': 'polite', tabindex: -1 })
const trying = tryingInto(said)
const list = el('div', {})
let state = 'open'
const me = await get('/session')
const decides = me.permissions.includes('found.decide')

/** @param {number} page */
async function show(page) {
  const found = await get(`/found-stations?state=${state}&page=${page}&page_size=${SIZE}`)
  list.replaceChildren(...(found.found.length ? found.found.map(card) : [el('p', { class: 'note', 'data-testid': 'found-none' }, t('staff.found.none'))]),
    pager({ total: found.total, pages: Math.ceil(found.total / SIZE) }, page, (to) => void trying(() => show(to))))
}

/** @param {any} one */
function card(one) {
  const facts = [[t('staff.found.village'), one.village_name ? `${one.village_name} ${one.village_code}` : t('staff.found.no_village')],
    [t('staff.found.kind'), word('station_kind', one.kind)],
    [t('staff.found.where'), one.lon === null ? t('staff.found.nowhere') : `${one.lon.toFixed(5)}, ${one.lat.toFixed(5)}`],
    [t('staff.found.by'), `${one.found_by} · ${asMinute(one.captured_at)}`], [t('staff.found.note'), one.note || '—']]
  const near = el('div', { class: 'apart' }, el('p', { class: 'hint' }, t('map.loading')))
  void beside(one, near)
  return el('article', { class: 'card', 'data-testid': `found-${one.id}` }, el('h2', {}, one.name),
    el('dl', { class: 'facts' }, ...facts.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)])),
    el('p', { class: 'row' }, ...one.photos.map((/** @type {any} */ photo) => picture(one, photo))), near,
    one.state === 'open' ? (decides ? decision(one) : el('p', { class: 'note' }, t('staff.found.only_county')))
      : el('p', { class: 'said' }, [word('found_state', one.state), one.station_code, asMinute(one.decided_at), one.decided_note].filter(Boolean).join(' · ')))
}

/** @param {any} one @param {any} photo */
function picture(one, photo) {
  const address = `/api/v1/found-stations/${one.id}/photos/${photo.sha256}`
  const alt = t('staff.found.photo_of', { name: one.name, purpose: word('photo_purpose', photo.purpose) })
  const img = el('img', { src: `${address}?size=thumb`, alt, class: 'found-photo', loading: 'lazy', width: 240 })
  // Just arrived, it has no small picture yet; and the phone names a photo before it has sent it.
  img.addEventListener('error', () => {
    if (photo.received && !img.src.endsWith('full')) img.src = `${address}?size=full`
    else img.replaceWith(el('span', { class: 'note' }, t('staff.found.photo_not_here')))
  })
  return el('a', { href: `${address}?size=full`, target: '_blank', rel: 'noopener' }, img)
}

/** What the finder was shown before calling it new, with the distances as they are known today. @param {any} one @param {HTMLElement} place */
async function beside(one, place) {
  if (one.lon === null || !one.nearby.length) {
    place.replaceChildren(el('p', { class: 'hint' }, one.nearby.length ? t('staff.found.nearby_codes', { codes: one.nearby.join(' ') }) : t('staff.found.nothing_near')))
    return
  }
  try {
    const asked = new URLSearchParams({ lon: one.lon, lat: one.lat, coord_system: 'cgcs2000', radius: '5000', limit: '200' })
    const { stations } = await get(`/stations/near?${asked}`)
    const known = new Map(stations.map((/** @type {any} */ near) => [near.code, near]))
    const rows = one.nearby.map((/** @type {string} */ code) => [code, known.get(code)?.name ?? '—', far(known.get(code)?.distance_m)])
    place.replaceChildren(table(t('staff.found.nearby'), [t('staff.stations.code'), t('staff.stations.name'), t('staff.found.distance')], rows, `near-${one.id}`))
  } catch (error) {
    place.replaceChildren(el('p', { class: 'refused' }, inWords(error)))
  }
}

/** @param {number | null | undefined} metres */
const far = (metres) => (metres === null || metres === undefined ? t('staff.found.far') : metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`)

/** @param {any} one */
function decision(one) {
  const what = select({ 'data-testid': 'found-what' }, [['', '—'], ...['proposed', 'same_as', 'dismissed'].map((value) => /** @type {[string, string]} */ ([value, t(`staff.found.do_${value}`)]))])
  const village = el('input', { inputmode: 'numeric', maxlength: 12, pattern: '\\d{12}', value: one.village_code ?? '', 'data-testid': 'found-village' })
  const host = select({ 'data-testid': 'found-host' }, HOSTS.map((value) => [value, word('host_type', value)]))
  const code = el('input', { maxlength: 40, list: `codes-${one.id}`, 'data-testid': 'found-code' })
  const note = el('textarea', { rows: 2, maxlength: 500, required: true, 'data-testid': 'found-note' })
  const asNew = el('div', { hidden: true }, labelled(t('staff.devices.unit_code_village'), village), el('br'), labelled(t('staff.station.host'), host))
  const asKnown = el('div', { hidden: true }, labelled(t('staff.stations.code'), code),
    el('datalist', { id: `codes-${one.id}` }, ...one.nearby.map((/** @type {string} */ value) => el('option', { value }))))
  what.addEventListener('change', () => { asNew.hidden = what.value !== 'proposed'; asKnown.hidden = what.value !== 'same_as' })
  const form = el('form', { 'data-testid': `decide-${one.id}` }, labelled(t('staff.found.decide'), what), asNew, asKnown, labelled(t('staff.found.why'), note),
    el('button', { class: 'main' }, t('staff.found.settle')))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void trying(async () => {
      if (!what.value) throw new Error(t('staff.found.choose'))
      const json = { decision: what.value, note: note.value, ...(what.value === 'proposed' ? { village_code: village.value || null, host_type: host.value } : {}),
        ...(what.value === 'same_as' ? { station_code: code.value.trim() } : {}) }
      const { data } = await ask(`/found-stations/${one.id}/decision`, { method: 'POST', json })
      await show(1)
      said.replaceChildren(el('p', { class: 'said', role: 'status', 'data-testid': 'found-said' }, [word('found_state', data.state), data.station_code].filter(Boolean).join(' · ')))
      said.focus()
    })
  })
  return form
}

const which = select({ 'data-testid': 'found-state', onchange: (/** @type {any} */ event) => { state = event.target.value; void trying(() => show(1)) } },
  ['open', 'proposed', 'same_as', 'dismissed'].map((value) => [value, word('found_state', value)]), state)
byId('body').replaceChildren(said, el('form', { class: 'row' }, labelled(t('staff.devices.state'), which)), list)
void trying(() => show(1))
