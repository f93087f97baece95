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
  byId('body').replaceChildren(...(one.is_listed ? [] : [el('p', { class: 'note', 'data-testid': 'signed-gone' }, t('signed.not_listed'))]),
    el('div', { class: 'card' }, el('dl', { class: 'facts', 'data-testid': 'signed' }, ...facts.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]))))
} catch (error) {
  byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
}
