// The filters: a unit and its children, the day, what was known when, and the theme's own choices.
// @ts-check
import { get } from '../../api.js'
import { byId, el, labelled, select } from '../../dom.js'
import { t } from '../../words.js'
import { asked } from './address.js'

const own = document.body.dataset.unit ?? ''
const today = document.body.dataset.today ?? ''

/**
 * @typedef {{name: string, label: string, values: [string, string][], testid?: string}} Choice one select; the value ''
 *   is the default and is left out of question and address
 */

/**
 * @param {Choice[]} choices the theme's own
 * @param {() => void} changed another question to the server
 */
export function makeFilters(choices, changed) {
  const unit = /** @type {HTMLSelectElement} */ (byId('unit'))
  const asOf = /** @type {HTMLInputElement} */ (byId('as-of'))
  const knownAt = /** @type {HTMLInputElement} */ (byId('known-at'))
  /** @type {Map<string, HTMLSelectElement>} */
  const chosen = new Map()
  for (const { name, label, values, testid } of choices) {
    const field = select({ 'data-testid': testid ?? `filter-${name}` }, values, asked.get(name) ?? '')
    chosen.set(name, field)
    byId('choices').append(labelled(label, field))
    field.addEventListener('change', changed)
  }
  asOf.value = asked.get('as_of') ?? today
  if (!asOf.checkValidity()) asOf.value = today
  knownAt.value = inChina(asked.get('known_at'))
  byId('known').toggleAttribute('open', Boolean(knownAt.value))

  /** @type {{code: string, name: string}[]} */
  let trail = [{ code: own, name: '' }]
  const wanted = asked.get('unit')
  if (wanted && wanted !== own) trail.push({ code: wanted, name: '' })

  /** Offer the unit itself, one level up if there is one, and its children. */
  async function offerUnits() {
    const here = trail[trail.length - 1]
    const [children, found] = await Promise.all([
      get(`/org-units?parent=${encodeURIComponent(here.code)}&page_size=500`).then((answer) => answer.units, () => []),
      here.name ? null : get(`/org-units/${encodeURIComponent(here.code)}`).then((answer) => answer.unit, () => null),
    ])
    if (!here.name) {
      here.name = found?.name || here.code
      if (found && here.code !== own) trail = trailTo(found.path, here)
    }
    byId('unit-name').textContent = here.name
    unit.replaceChildren(
      el('option', { value: here.code, selected: true }, t('map.unit_all', { name: here.name })),
      ...(trail.length > 1 ? [el('option', { value: '..' }, `↑ ${t('map.unit_up')}`)] : []),
      ...children.map((/** @type {any} */ child) => el('option', { value: child.code }, child.name)),
    )
  }

  unit.addEventListener('change', () => {
    if (unit.value === '..') trail.pop()
    else trail.push({ code: unit.value, name: unit.selectedOptions[0].textContent ?? '' })
    void offerUnits()
    changed()
  })
  asOf.addEventListener('change', () => { if (asOf.checkValidity()) changed() })
  knownAt.addEventListener('change', () => { if (knownAt.checkValidity()) changed() })
  byId('today').addEventListener('click', () => { asOf.value = today; changed() })
  byId('filters').addEventListener('submit', (event) => event.preventDefault())

  const chosenUnit = () => trail[trail.length - 1].code
  return {
    /** Names of units are asked for when the map has what it needs. */
    offer: () => void offerUnits(),
    unit: chosenUnit,
    day: () => asOf.value || today,
    /** @param {string} day */
    setDay(day) { asOf.value = day; changed() },
    /** What the server is asked, and what the address keeps. */
    query() {
      const query = new URLSearchParams()
      if (chosenUnit() !== own) query.set('unit', chosenUnit())
      for (const [name, field] of chosen) if (field.value) query.append(name, field.value)
      if (asOf.value && asOf.value !== today) query.set('as_of', asOf.value)
      if (knownAt.value) query.set('known_at', `${knownAt.value}:00+08:00`)
      return query
    },
  }
}

/** The units from the own one down to one. @param {string} path @param {{code: string, name: string}} last */
function trailTo(path, last) {
  const codes = path.split('/').filter(Boolean)
  const from = codes.indexOf(own)
  return [...codes.slice(Math.max(from, 0), -1).map((code) => ({ code, name: '' })), last]
}

/** An instant as the field wants it, in China. @param {string | null} instant */
function inChina(instant) {
  const at = instant ? new Date(instant) : null
  if (!at || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() + 8 * 3600e3).toISOString().slice(0, 16)
}
