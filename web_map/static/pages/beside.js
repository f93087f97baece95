// What stands beside every figure: unit, day, sources, the unknown share, how it is counted, and the same as a file.
// @ts-check
import { el, select } from '../dom.js'
import { asMinute, asNumber, asPercent, lang, listed, t, word } from '../words.js'

/** Which unit the address asks for; nothing means one's own. */
export const asked = new URLSearchParams(location.search)

/** An address with some of what is asked changed; null takes a question out. @param {string} path @param {Record<string, string | null>} change */
export function address(path, change) {
  const query = new URLSearchParams(asked)
  query.delete('lang')
  for (const [name, value] of Object.entries(change)) value === null ? query.delete(name) : query.set(name, value)
  return query.size ? `${path}?${query}` : path
}

/** A link to how a figure is counted. @param {string} code @param {string} [text] */
export const how = (code, text = t('frame.how')) =>
  el('a', { href: `/how/${code}`, 'data-testid': `how-${code}` }, text)

/** How a month is written: 2026年6月, Jun 2026. @param {string | null} period */
export function asMonth(period) {
  if (!period) return '—'
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(4))]
  if (lang === 'zh') return `${year}年${month}月`
  return new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.UTC(year, month - 1))
}

/** The sources that gave something, in words. @param {Record<string, number>} sources */
const mix = (sources) => listed(Object.entries(sources).filter(([, n]) => n).map(([name, n]) => `${word('source_mix', name)} ${asNumber(n)}`)) || '—'

/**
 * One line that is always seen, and the rest on asking.
 * @param {any} frame
 * @param {string} testid
 */
export function beside(frame, testid) {
  const unknown = frame.unknown_share === null ? null : `${t('frame.unknown_share')} ${asPercent(frame.unknown_share)}`
  const line = [`${t('frame.as_of')} ${frame.as_of}`, `${t('frame.sources')} ${mix(frame.sources)}`, unknown].filter(Boolean).join(' · ')
  const facts = [['unit', `${frame.unit.name} ${frame.unit.code}`], ['known_at', asMinute(frame.known_at)],
    ['periods', frame.periods ? spanOf(frame.periods) : null], ['rule_version', frame.rule_version]]
  return el('details', { class: 'beside', 'data-testid': testid },
    el('summary', {}, el('strong', {}, t('frame.about')), ` ${line}`),
    el('div', { class: 'inside' }, el('dl', { class: 'facts' }, ...facts.filter(([, said]) => said).flatMap(([key, said]) =>
      [el('dt', {}, t(`frame.${key}`)), el('dd', {}, String(said))])),
    el('ul', {}, ...frame.definitions.map((/** @type {string} */ code) => el('li', {}, how(code, word('figure', code)))))))
}

/** @param {string[]} periods */
function spanOf(periods) {
  const first = asMonth(periods[0] ?? null)
  const last = asMonth(periods.at(-1) ?? null)
  return first === last ? first : `${first} – ${last}`
}

/** A question as a query, what is not asked left out; one that is a query already may name a thing twice. @typedef {Record<string, string | null> | URLSearchParams} Question */
/** @param {Question} question */
const asQuery = (question) => new URLSearchParams((question instanceof URLSearchParams ? [...question] : Object.entries(question))
  .flatMap(([name, value]) => (value ? [[name, value]] : [])))

/**
 * The same figures as files, and as data.
 * @param {string} table below /api/v1/tables
 * @param {string} door below /api/v1
 * @param {Question} question
 */
export function asFile(table, door, question) {
  const query = asQuery(question)
  const link = (/** @type {string} */ form) => {
    const file = new URLSearchParams(query)
    file.set('format', form)
    file.set('lang', lang)
    return el('a', { href: `/api/v1/tables${table}?${file}`, download: '', 'data-testid': `export-${form}` }, `.${form}`)
  }
  const json = asQuery(query)
  json.delete('list')
  return el('p', { class: 'bar no-print' }, el('span', { class: 'hint' }, t('frame.as_file')), link('xlsx'), link('csv'),
    el('a', { href: `/api/v1${door}?${json}`, 'data-testid': 'export-json' }, t('figures.json')))
}

/** The paper. */
export const printIt = () => el('button', { type: 'button', class: 'small no-print', 'data-testid': 'print', onclick: () => print() }, t('figures.print'))

/**
 * A chart: drawn by the server for a wide and for a narrow screen.
 * @param {string} name @param {Question} question @param {string} said what it shows, in words
 */
export function chart(name, question, said) {
  const url = (/** @type {string} */ size) => {
    const query = asQuery(question)
    query.set('size', size)
    query.set('lang', lang)
    return `/api/v1/charts/${name}.svg?${query}`
  }
  return el('figure', { class: 'chart' }, el('picture', {}, el('source', { media: '(max-width: 640px)', srcset: url('narrow') }),
    el('img', { src: url('wide'), alt: said, 'data-testid': `chart-${name}` })),
  el('figcaption', {}, t('figures.table_has_all')))
}

/** A choice of months. @param {string} chosen */
export function monthsChoice(chosen) {
  const known = ['LAST_MONTH', 'LAST_12_MONTHS', 'LAST_24_MONTHS', 'THIS_YEAR', 'LAST_YEAR']
  const names = ['last_month', 'last_12', 'last_24', 'this_year', 'last_year']
  /** @type {[string, string][]} */
  const options = known.map((value, index) => [value, t(`figures.${names[index]}`)])
  if (!known.includes(chosen)) options.push([chosen, chosen.split(';').map(asMonth).join(' ')])
  return select({ name: 'pe', 'data-testid': 'months' }, options, chosen)
}

/** The way up from a unit to the one above it, if that is still one's own. @param {any} unit @param {string} path */
export function wayUp(unit, path) {
  const own = document.body.dataset.unit ?? ''
  if (!asked.get('ou') || unit.code === own || !unit.code.startsWith(own === 'CN' ? '' : own)) return null
  return el('a', { href: address(path, { ou: null }), 'data-testid': 'up' }, t('figures.up'))
}

/** «12000.00» with its thousands apart; text all the way, so that no digit is lost. @param {string} text */
export function grouped(text) {
  const [whole, rest] = text.split('.')
  const apart = (whole ?? '').replace(/\B(?=(\d{3})+$)/g, ',')
  return rest && !/^0*$/.test(rest) ? `${apart}.${rest}` : apart
}

/** A figure with its unit. @param {string | null} value @param {string} unit */
export const figure = (value, unit) => (value === null ? '—' : t(unit === 'pieces' ? 'months.pieces' : 'months.yuan', { n: grouped(value) }))
