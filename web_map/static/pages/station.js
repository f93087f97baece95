// One station: how it is, what is recorded, and the timeline that says how we know.
// @ts-check
import { get, inWords } from '../api.js'
import { byId, el } from '../dom.js'
import { icon } from '../map/shapes.js'
import { asMinute, listed, t, word } from '../words.js'
import { showVisit } from './one_visit.js'
import { ladder, photosOf } from './station_story.js'
import { askPage, pager } from './paging.js'

const code = decodeURIComponent(location.pathname.replace(/^\/stations\//, ''))
const path = `/stations/${encodeURIComponent(code)}`
const timeline = el('section', {})
const rungs = el('section', {})
const visit = el('section', {})
// An owner reads no visits.
const VISITORS = ['county', 'prefecture', 'province', 'inspector', 'third_party']
// Who reads coverage may try what the station's going would cost.
const PLANNERS = ['county', 'prefecture', 'province', 'third_party']

async function show() {
  try {
    const one = await get(path)
    byId('title').textContent = one.name
    document.title = `${one.name} · ${t('staff.product')}`
    byId('body').replaceChildren(state(one), el('h2', {}, t('staff.station.facts')), facts(one), rungs, visit, timeline)
    const [found] = await Promise.all([get(`${path}/evidence`), showTimeline(1)])
    rungs.replaceChildren(...ladder(found))
  } catch (error) {
    byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} one */
function state(one) {
  const since = one.vitality_since ? `${t('map.since', { day: one.vitality_since })} · ` : ''
  const recheck = one.vitality_recheck_on ? ` ${t('staff.station.recheck', { day: one.vitality_recheck_on })}` : ''
  return el('div', { class: 'card', 'data-testid': 'state' },
    el('h2', { class: 'tag' }, icon(one.vitality, one.listing_status === 'delisted'), word('vitality', one.vitality),
      one.vitality_confidence ? ` · ${word('confidence', one.vitality_confidence)}` : ''),
    el('p', {}, `${since}${word('vitality_reason', one.vitality_reason)}${recheck}`),
    el('p', { class: 'hint' }, `${word('listing_status', one.listing_status)} · ${t('map.last_evidence')} ${one.last_observed_at
      ? `${word('observed_state', one.last_observed_state)} · ${asMinute(one.last_observed_at)}` : t('map.no_evidence')}`),
    PLANNERS.includes(document.body.dataset.role ?? '') ? el('p', { class: 'no-print' },
      el('a', { href: `/planning?${new URLSearchParams({ remove: one.code })}`, 'data-testid': 'loss-link' }, t('planning.cost'))) : null)
}

/** @param {any} one */
function facts(one) {
  const yesNo = one.is_subsidised === null ? '—' : t(one.is_subsidised ? 'staff.station.yes' : 'staff.station.no')
  const place = one.lon === null ? word('coord_quality', 'missing') : `${one.lon.toFixed(6)}, ${one.lat.toFixed(6)} · ${word('coord_quality', one.coord_quality)}`
  const rows = [
    [t('staff.stations.code'), one.code], [t('staff.station.kind'), word('station_kind', one.kind)],
    [t('staff.stations.place'), [one.township_name, one.village_name].filter(Boolean).join(' ')],
    [t('staff.station.host'), word('host_type', one.host_type)], [t('staff.station.operator'), one.operator],
    [t('staff.station.head'), one.head_name], [t('staff.station.phone'), one.phone], [t('staff.station.hours'), one.hours],
    [t('staff.station.address'), one.address], [t('staff.station.coordinates'), place],
    [t('map.services'), listed(one.services.map((/** @type {string} */ service) => word('service', service)))],
    [t('map.villages'), listed(one.villages_served.map((/** @type {any} */ village) => village.name))],
    [t('staff.station.subsidised'), yesNo],
  ]
  return el('dl', { class: 'facts card', 'data-testid': 'facts' },
    ...rows.flatMap(([term, said]) => [el('dt', {}, term ?? ''), el('dd', {}, said || '—')]))
}

/** @param {number} page */
async function showTimeline(page) {
  const found = await askPage(`${path}/timeline`, page, 50)
  timeline.replaceChildren(el('h2', {}, t('staff.station.timeline')), el('p', { class: 'hint' }, t('staff.station.lead')),
    el('ol', { class: 'timeline', 'data-testid': 'timeline' }, ...found.data.entries.map(entry)),
    pager(found, page, (to) => void showTimeline(to)))
}

/** @param {any} one an entry: when it holds from, how old, what, why, by which rule */
function entry(one) {
  const age = one.age_days === 0 ? t('staff.station.age_today') : t('staff.station.age', { n: one.age_days })
  const why = [one.method && word('visit_method', one.method), one.observer_unit, reason(one),
    one.confidence && word('confidence', one.confidence), one.is_independent === false && t('map.not_independent'),
    one.details.by && t('timeline.by', { who: one.details.by }),
    one.rule_version && t('staff.station.rule', { version: one.rule_version }), one.doc_no, one.note,
    one.details.withdrawn_at && t('staff.station.withdrawn')].filter(Boolean)
  return el('li', { 'data-kind': one.kind },
    el('span', { class: 'when' }, `${one.on} · ${age} · ${word('timeline', one.kind)}`),
    el('strong', {}, [one.details.period, what(one)].filter(Boolean).join(' ')), why.length ? el('span', {}, why.join(' · ')) : null,
    el('span', { class: 'when' }, ` ${t('staff.station.recorded', { at: asMinute(one.recorded_at) })}`), look(one), photosOf(one))
}

/** The way from what was seen to the visit itself. @param {any} one */
function look(one) {
  const id = one.details.inspection_id
  if (!id || !VISITORS.includes(document.body.dataset.role ?? '')) return null
  return el('button', { type: 'button', class: 'small no-print', 'data-testid': `visit-${id}`, onclick: () => void showVisit(visit, id) }, t('visit_review.look'))
}

/** @param {any} one */
function reason(one) {
  const list = { vitality: 'vitality_reason', transition: 'transition_reason', version: 'source',
    report: 'return_reason', excuse: 'excuse' }[/** @type {string} */ (one.kind)]
  return one.reason && list ? word(list, one.reason) : one.reason
}

/** @param {any} one */
function what(one) {
  const list = { vitality: 'vitality', transition: 'listing_status', observation: 'observed_state', report: 'report_state',
    excuse: 'report_state', decision: 'visit_decision' }[/** @type {string} */ (one.kind)]
  if (!list) return one.details.new?.name ?? t('timeline.version')
  return one.before ? `${word(list, one.before)} → ${word(list, one.what)}` : word(list, one.what)
}

void show()
