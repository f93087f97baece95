// The table of stations: found by name, state, listing and day.
// @ts-check
import { inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { icon } from '../map/shapes.js'
import { asMinute, t, word } from '../words.js'
import { askPage, pager } from './paging.js'

const STATES = ['alive', 'weak', 'dormant', 'presumed_dead', 'dead', 'unknown', 'not_started']
const LISTINGS = ['active', 'suspended', 'delisted', 'proposed', 'merged', 'rejected']
const today = document.body.dataset.today ?? ''

const search = el('input', { type: 'search', name: 'q', maxlength: 60, 'data-testid': 'search' })
const state = select({ name: 'vitality', 'data-testid': 'filter-vitality' }, [['', t('staff.all')], ...pairs(STATES, 'vitality')])
const listing = select({ name: 'listing_status', 'data-testid': 'filter-listing' }, [['', t('staff.all')], ...pairs(LISTINGS, 'listing_status')])
const day = el('input', { type: 'date', name: 'as_of', value: today, min: '1990-01-01', max: today })
const list = el('div', { 'aria-live': 'polite' })
const form = el('form', { class: 'row', role: 'search' }, labelled(t('staff.stations.search'), search),
  labelled(t('staff.stations.vitality'), state), labelled(t('staff.stations.listing'), listing),
  labelled(t('map.as_of'), day), el('button', { class: 'main' }, t('staff.search')))
form.addEventListener('submit', (event) => { event.preventDefault(); void show(1) })
byId('body').replaceChildren(form, list)

/** @param {string[]} values @param {string} name @returns {[string, string][]} */
function pairs(values, name) {
  return values.map((value) => [value, word(name, value)])
}

/** @param {number} page */
async function show(page) {
  const asked = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value && !(name === 'as_of' && value === today)) asked.set(name, String(value))
  try {
    const found = await askPage(`/stations?${asked}`, page)
    const headings = ['name', 'place', 'vitality', 'listing', 'seen'].map((key) => t(`staff.stations.${key}`))
    list.replaceChildren(found.rows.length
      ? table(t('staff.stations.caption', { as_of: found.data.as_of }), headings, found.rows.map(row), 'stations')
      : el('p', { class: 'hint' }, t('staff.none')), pager(found, page, (to) => { void show(to); scrollTo(0, 0) }))
  } catch (error) {
    list.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} one */
function row(one) {
  const seen = one.last_observed_at ? `${word('observed_state', one.last_observed_state)} · ${asMinute(one.last_observed_at)}` : '—'
  return [
    el('span', {}, el('a', { href: `/stations/${encodeURIComponent(one.code)}` }, one.name), el('br'), el('small', { class: 'quiet' }, one.code)),
    [one.township_name, one.village_name].filter(Boolean).join(' '),
    el('span', { class: 'tag' }, icon(one.vitality, one.listing_status === 'delisted'),
      word('vitality', one.vitality) + (one.vitality_since ? ` · ${t('map.since', { day: one.vitality_since })}` : '')),
    word('listing_status', one.listing_status), seen,
  ]
}

void show(1)
