// How a figure is counted: definition, rule row, and the notice's own words; without a code, all figures.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el, table } from '../dom.js'
import { lang, t, word } from '../words.js'

const code = decodeURIComponent(location.pathname.split('/')[2] ?? '')

/** A text in the page's language. @param {any} row @param {string} [name] */
const inLang = (row, name) => row[name ? `${name}_${lang}` : lang]

/** @param {any} one */
function facts(one) {
  const counted = one.denominator_zh ? 'numerator' : 'counted'
  const rows = [[counted, inLang(one, 'numerator')], ['denominator', inLang(one, 'denominator')], ['boundary', inLang(one, 'boundary')]]
  return el('dl', { class: 'facts' }, ...rows.filter(([, said]) => said).flatMap(([key, said]) =>
    [el('dt', {}, t(`how.${key}`)), el('dd', {}, said)]))
}

/** @param {any} rule */
function ruleRow(rule) {
  if (!rule) return el('p', { class: 'hint' }, t('how.no_rule'))
  const parameters = Object.entries(rule.parameters).filter(([name]) => !/_(zh|en)$/.test(name))
  return el('div', {},
    el('dl', { class: 'facts', 'data-testid': 'rule' },
      el('dt', {}, t('how.rule_code')), el('dd', {}, el('code', {}, rule.code)),
      el('dt', {}, t('how.rule_kind')), el('dd', {}, word('policy_kind', rule.kind)),
      el('dt', {}, t('how.document')), el('dd', {}, rule.source_doc)),
    rule.is_shipped ? el('p', { class: 'note' }, t('how.shipped')) : null,
    table(t('how.parameters'), [t('how.parameters'), t('how.value')], parameters.map(([name, value]) => [el('code', {}, name), plain(value)]), 'parameters'),
    el('h3', {}, t('how.quote')), quote(rule.quote, rule.source_doc))
}

/** @param {unknown} value */
const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/** @param {string} words @param {string} document */
const quote = (words, document) => el('blockquote', { lang: 'zh-CN' }, words, el('cite', {}, document))

/** @param {any} one */
function whole(one) {
  byId('title').textContent = word('figure', one.code)
  return [el('div', { class: 'card', 'data-testid': 'definition' }, el('p', { class: 'big' }, inLang(one)), facts(one),
    one.is_ours ? el('p', { class: 'note' }, t('how.ours')) : null),
  ...(one.notices.length ? [el('section', { 'data-testid': 'notices' }, el('h2', {}, t('how.notices')),
    ...one.notices.map((/** @type {any} */ notice) => quote(notice.quote, notice.document)))] : []),
  el('h2', {}, t('how.rule')), ruleRow(one.rule), el('p', { class: 'no-print' }, el('a', { href: '/how' }, t('how.all')))]
}

/** @param {any[]} all */
const list = (all) => [el('ul', { class: 'lines', 'data-testid': 'definitions' }, ...all.map((one) =>
  el('li', {}, el('a', { href: `/how/${one.code}` }, word('figure', one.code)), ' — ', inLang(one))))]

async function show() {
  byId('body').replaceChildren(...(code ? whole(await get(`/definitions/${encodeURIComponent(code)}`)) : list((await get('/definitions')).definitions)))
}

show().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
