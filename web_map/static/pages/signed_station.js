// What anybody finds who scans a station's plaque: name, kind, village, services; or that it is no longer listed.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el } from '../dom.js'
import { listed, t, word } from '../words.js'

const code = decodeURIComponent(location.pathname.split('/')[2] ?? '')
try {
  const one = await get(`/public/stations/${encodeURIComponent(code)}`)
  byId('title').textContent = one.name
  document.title = one.name
  const facts = [[t('signed.code'), one.code], [t('signed.kind'), word('station_kind', one.kind)],
    [t('signed.village'), [one.township_name, one.village_name].filter(Boolean).join(' ')],
    ...(one.is_listed ? [[t('signed.services'), one.services.length ? listed(one.services.map((/** @type {string} */ name) => word('service', name))) : '—']] : [])]
  if (one.is_listed) facts.push([t('signed.sign'), signText(one.sign)])
  byId('body').replaceChildren(...(one.is_listed ? [] : [el('p', { class: 'note', 'data-testid': 'signed-gone' }, t('signed.not_listed'))]),
    el('div', { class: 'card' }, el('dl', { class: 'facts', 'data-testid': 'signed' }, ...facts.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]))), channels(one.channels))
} catch (error) {
  byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
}

/** @param {{sign_class: string, seen_on: string} | null} sign */
function signText(sign) {
  if (!sign) return t('signed.sign_unknown')
  if (sign.sign_class === 'not_required') return t('signed.sign_not_required', { day: sign.seen_on })
  return t('signed.sign_seen', { what: word('visit.choice.sign_wording', sign.sign_class), day: sign.seen_on })
}

/** Where to report, province first; a level that published none says so. @param {any[]} all */
function channels(all) {
  return el('section', { class: 'card', 'data-testid': 'channels' }, el('h2', {}, t('signed.report')), el('p', { class: 'hint' }, t('signed.report_lead')),
    el('dl', { class: 'facts' }, ...all.flatMap((one) => [el('dt', {}, `${t(`channel.level.${one.level}`)} · ${one.unit_name}`), el('dd', {}, ...told(one))])))
}

/** @param {any} one */
function told(one) {
  if (one.office === null) return [t('channel.none')]
  const phone = one.phone ? el('a', { href: `tel:${one.phone}`, class: 'call' }, one.phone) : null
  const web = one.url ? el('a', { href: one.url, rel: 'noopener noreferrer nofollow' }, one.url) : null
  return [one.office, ' ', phone, ' ', web]
}
