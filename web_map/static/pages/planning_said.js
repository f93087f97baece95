// How planning says things: a refusal, a big number, a distance in the study's unit.
// @ts-check
import { inWords } from '../api.js'
import { el } from '../dom.js'
import { asNumber, t } from '../words.js'

/** @param {unknown} error */
export const refused = (error) => el('p', { class: 'refused', role: 'alert' }, inWords(error))

export const loading = () => el('p', { class: 'hint' }, t('map.loading'))

/** @param {string} testid @param {string} name @param {string} value @param {...(Node | string | null)} below */
export const number = (testid, name, value, ...below) => el('div', { class: 'number', 'data-testid': testid },
  el('span', {}, name), el('strong', {}, value), el('small', {}, ...below))

/** @param {number | null} far @param {string} unit «m» or «min» */
export const distance = (far, unit) => (far === null ? '—' : t(unit === 'min' ? 'planning.minutes' : 'planning.metres', { n: asNumber(Math.round(far)) }))

/** @param {boolean} is */
export const yes = (is) => (is ? t('planning.yes') : '—')
