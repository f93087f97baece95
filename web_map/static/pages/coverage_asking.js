// What is asked of coverage: unit, day, lists, services, sureness and distance, all in the address.
// @ts-check
import { el, labelled, select } from '../dom.js'
import { t, word } from '../words.js'
import { asked } from './beside.js'

const NAMES = ['ou', 'as_of', 'known_at', 'base_year', 'services', 'confidence', 'distance', 'poor_year']
const SERVICES = ['purchase_agency', 'sale_agency', 'parcel', 'bill_payment', 'small_cash', 'micro_credit', 'job_referral']
const FLOORS = ['any', 'reported', 'verified']

/** What the address asks, as the API takes it; what is left empty is not asked. */
export const question = new URLSearchParams([...asked].filter(([name, value]) => NAMES.includes(name) && value))

/** The question with more. @param {Record<string, string>} more */
export function asking(more = {}) {
  const query = new URLSearchParams(question)
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return query
}

/** The way to the map of the same question; not for paper. @param {string} theme @param {string} [before] */
export const onMap = (theme, before = ' · ') => el('span', { class: 'no-print' }, before, el('a', { href: mapOf(theme), 'data-testid': `map-${theme}` }, t('cover.on_map')))

/** The address of a map of the same question, without some of its classes. @param {string} theme @param {string[]} [hidden] */
export function mapOf(theme, hidden = []) {
  const query = new URLSearchParams()
  for (const [name, as] of [['ou', 'unit'], ['as_of', 'as_of'], ['known_at', 'known_at'], ['confidence', 'confidence'], ['distance', 'distance']]) {
    const value = question.get(String(name))
    if (value) query.set(String(as), value)
  }
  if (hidden.length) query.set('hide', hidden.join(','))
  return query.size ? `/maps/${theme}?${query.toString().replaceAll('%2C', ',')}` : `/maps/${theme}`
}

/** The form; `frame`, where there is an answer, says which lists it was counted by. @param {any} frame */
export function form(frame) {
  const today = document.body.dataset.today ?? ''
  const chosen = question.getAll('services')
  /** @param {string} name @param {number | null | undefined} found */
  const year = (name, found) => labelled(t(`cover.${name}`), el('input', { type: 'number', name, min: 1990, max: 2100, value: question.get(name), placeholder: found, 'data-testid': name }))
  const made = el('form', { class: 'row no-print', 'data-testid': 'asking' },
    labelled(t('cover.as_of'), el('input', { type: 'date', name: 'as_of', value: question.get('as_of') ?? today, min: '1990-01-01', max: today, 'data-testid': 'as-of' })),
    labelled(t('cover.confidence'), select({ name: 'confidence', 'data-testid': 'confidence' }, FLOORS.map((one) => [one, t(`cover.floor.${one}`)]), question.get('confidence') ?? 'any')),
    labelled(t('cover.distance'), select({ name: 'distance', 'data-testid': 'distance' }, ['great_circle', 'road'].map((one) => [one, word('distance', one)]), question.get('distance') ?? 'great_circle')),
    el('details', { class: 'fold-small', open: ['base_year', 'poor_year', 'services'].some((name) => question.has(name)) }, el('summary', {}, t('cover.more')),
      el('div', { class: 'row' }, year('base_year', frame?.base_year), year('poor_year', frame?.poor_year)),
      el('fieldset', { class: 'choices' }, el('legend', {}, t('cover.services')), ...SERVICES.map((one) =>
        el('label', { class: 'check' }, el('input', { type: 'checkbox', name: 'services', value: one, checked: chosen.includes(one) }), word('service', one))))),
    el('button', { class: 'main', 'data-testid': 'ask' }, t('figures.show')))
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    location.assign(addressOf(new FormData(made), today))
  })
  return made
}

/** What differs from a bare address. @param {FormData} told @param {string} today */
function addressOf(told, today) {
  const usual = { as_of: today, confidence: 'any', distance: 'great_circle' }
  const query = new URLSearchParams()
  for (const name of ['ou', 'known_at']) if (question.has(name)) query.set(name, question.get(name) ?? '')
  for (const [name, value] of told) {
    if (value && value !== usual[/** @type {keyof typeof usual} */ (name)]) query.append(name, String(value))
  }
  return query.size ? `/coverage?${query}` : '/coverage'
}
