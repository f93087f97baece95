// The filters: a unit and its children, listing status, the day.
// @ts-check
import { get } from '../api.js'
import { byId, el } from '../dom.js'
import { t, word } from '../words.js'

const LISTINGS = ['active', 'suspended', 'delisted', 'proposed', 'merged', 'rejected']
const own = document.body.dataset.unit ?? ''
const today = document.body.dataset.today ?? ''

/**
 * @param {() => void} changed another question to the server
 * @returns {{query: () => string, day: () => string, unit: () => string}}
 */
export function makeFilters(changed) {
  const unit = /** @type {HTMLSelectElement} */ (byId('unit'))
  const listing = /** @type {HTMLSelectElement} */ (byId('listing'))
  const asOf = /** @type {HTMLInputElement} */ (byId('as-of'))
  /** @type {{code: string, name: string}[]} */
  const trail = []

  listing.append(el('option', { value: '' }, t('map.listing_default')),
    ...LISTINGS.map((value) => el('option', { value }, word('listing_status', value))))

  /** Offer the unit itself, one level up if there is one, and its children. */
  async function offerUnits() {
    const here = trail[trail.length - 1] ?? { code: own, name: '' }
    const children = await childrenOf(here.code).catch(() => [])
    if (!here.name) {
      here.name = (await nameOf(here.code).catch(() => '')) || here.code
      if (!trail.length) trail.push(here)
    }
    unit.replaceChildren(
      el('option', { value: here.code, selected: true }, t('map.unit_all', { name: here.name })),
      ...(trail.length > 1 ? [el('option', { value: '..' }, `↑ ${t('map.unit_up')}`)] : []),
      ...children.map((child) => el('option', { value: child.code }, child.name)),
    )
  }

  unit.addEventListener('change', () => {
    if (unit.value === '..') trail.pop()
    else trail.push({ code: unit.value, name: unit.selectedOptions[0].textContent ?? '' })
    void offerUnits()
    changed()
  })
  listing.addEventListener('change', changed)
  asOf.addEventListener('change', () => { if (asOf.checkValidity()) changed() })
  byId('today').addEventListener('click', () => { asOf.value = today; changed() })
  byId('filters').addEventListener('submit', (event) => event.preventDefault())
  void offerUnits()

  const chosenUnit = () => trail[trail.length - 1]?.code ?? own
  return {
    unit: chosenUnit,
    day: () => asOf.value || today,
    query() {
      const asked = new URLSearchParams()
      if (chosenUnit() !== own) asked.set('unit', chosenUnit())
      if (listing.value) asked.append('listing_status', listing.value)
      if (asOf.value && asOf.value !== today) asked.set('as_of', asOf.value)
      return asked.toString()
    },
  }
}

/** @param {string} code @returns {Promise<{code: string, name: string}[]>} */
async function childrenOf(code) {
  const answer = await get(`/org-units?parent=${encodeURIComponent(code)}&page_size=500`)
  return answer.units
}

/** @param {string} code @returns {Promise<string>} */
async function nameOf(code) {
  return (await get(`/org-units/${encodeURIComponent(code)}`)).unit.name
}
