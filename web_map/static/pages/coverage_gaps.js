// What villages lack first, and the villages one by one, by reason, page by page; reason and page stand in the address.
// @ts-check
import { get } from '../api.js'
import { el, labelled, select, table } from '../dom.js'
import { asNumber, asPercent, listed, t, word } from '../words.js'
import { address, asFile, asked, chart, how } from './beside.js'
import { asking, mapOf, onMap, question } from './coverage_asking.js'
import { FIGURES, away, stationLink } from './coverage_said.js'
import { pager } from './paging.js'
import { loading, refused } from './planning_said.js'
import { sortable } from './sorting.js'

// A village with one of these has no service; with the others it has it and lacks something.
const WITHOUT = ['no_station', 'station_dead', 'station_unknown', 'missing_service']
const PAGE_SIZE = 30

/** @param {any} answer */
export function gaps({ gaps: found, villages }) {
  const list = villageList(Object.keys(found))
  /** @type {{reason: string, n: number}[]} */
  const rows = Object.entries(found).map(([reason, n]) => ({ reason, n: Number(n) }))
  const without = rows.filter(({ reason }) => WITHOUT.includes(reason)).reduce((sum, { n }) => sum + n, 0)
  const all = rows.reduce((sum, { n }) => sum + n, 0)
  const share = (/** @type {number} */ n) => asPercent(villages ? n / villages : null)
  const said = villages ? t('chart.coverage_gaps_said', { of: asNumber(villages), reasons: listed(rows.map(({ reason, n }) => `${word('gap_reason', reason)} ${asNumber(n)} / ${asNumber(villages)} · ${share(n)}`)) }) : t('chart.coverage_none')
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'reason', heading: t('cover.reason'), fixed: true, cell: (row) => word('gap_reason', row.reason) },
    { key: 'group', heading: t('cover.group'), fixed: true, cell: (row) => t(WITHOUT.includes(row.reason) ? 'cover.group_without' : 'cover.group_lacking') },
    { key: 'n', heading: t('cover.villages'), isFigure: true, fixed: true, cell: (row) => asNumber(row.n) },
    { key: 'share', heading: t('cover.share'), isFigure: true, fixed: true, cell: (row) => share(row.n) },
    { key: 'list', heading: t('cover.list'), fixed: true, cell: (row) => (row.n ? el('span', {}, el('a', { href: `${address('/coverage', { reason: row.reason, page: null })}#villages`,
      'aria-label': t('cover.list_of', { reason: word('gap_reason', row.reason) }), 'data-testid': `gap-${row.reason}`,
      onclick: (/** @type {Event} */ event) => { event.preventDefault(); void list.open(row.reason) } }, t('cover.list')),
      el('span', { class: 'no-print' }, ' · ', el('a', { href: mapOf('gaps', [...rows.map(({ reason }) => reason), 'covered'].filter((one) => one !== row.reason)),
        'aria-label': t('cover.map_of', { reason: word('gap_reason', row.reason) }) }, t('cover.map')))) : '—') }]
  return [el('section', { 'data-testid': 'gaps' }, el('h2', {}, t('cover.gaps')),
    el('p', {}, t('cover.gaps_lead', { without: asNumber(without), lacking: asNumber(all - without), whole: asNumber(villages - all) }), ' ', how('gap_reason'), onMap('gaps')),
    chart('coverage-gaps', question, said), sortable(t('cover.gaps'), columns, rows, 'gap-table')), list.section]
}

/** @param {string[]} reasons */
function villageList(reasons) {
  const rows = el('div', { 'aria-live': 'polite' })
  const reason = select({ 'data-testid': 'reason' }, [['', t('cover.list_all')], ...reasons.map((one) => /** @type {[string, string]} */ ([one, word('gap_reason', one)]))], asked.get('reason') ?? '')
  const form = el('form', { class: 'row no-print' }, labelled(t('cover.lacks'), reason), el('button', { 'data-testid': 'list-villages' }, t('cover.list_show')))
  form.addEventListener('submit', (event) => { event.preventDefault(); void show(1) })
  const section = el('section', { id: 'villages', tabindex: -1, class: 'opened', 'data-testid': 'villages' }, el('h2', {}, t('cover.list_title')), form, rows)

  /** @param {number} page */
  async function show(page) {
    rows.replaceChildren(loading())
    const chosen = reason.value
    history.replaceState(null, '', `${address('/coverage', { reason: chosen || null, page: String(page) })}#villages`)
    /** @type {Record<string, string>} */
    const by = chosen ? { reason: chosen } : {}
    try {
      const found = await get(`/coverage/villages?${asking({ ...by, page: String(page), page_size: String(PAGE_SIZE) })}`)
      const pages = Math.ceil(found.total / PAGE_SIZE)
      rows.replaceChildren(found.total ? drawn(found.villages, chosen) : el('p', { class: 'said', 'data-testid': 'no-villages' }, t('staff.none')),
        pager({ total: found.total, pages }, page, (to) => void show(to)), asFile('/coverage/villages', '/coverage/villages', asking(by)))
    } catch (error) {
      rows.replaceChildren(refused(error))
    }
  }

  /** @param {string} chosen */
  async function open(chosen) {
    reason.value = chosen
    section.focus({ preventScroll: true })
    section.scrollIntoView({ block: 'start' })
    await show(1)
  }

  if (asked.has('reason') || asked.has('page')) void show(Math.max(1, Number(asked.get('page')) || 1))
  return { section, open }
}

/** @param {any[]} villages @param {string} chosen */
function drawn(villages, chosen) {
  // Of one reason all lack the same: the caption says it.
  const keys = ['village', 'people', ...(chosen ? [] : ['lacks']), 'reached', 'nearest', 'served_by']
  const small = (/** @type {string} */ text) => el('small', {}, text)
  /** @type {(one: any) => Record<string, string | Node>} */
  const cells = (one) => ({
    village: el('span', {}, one.name, ' ', ...[one.is_poor ? t('cover.is_poor') : '', one.is_remote ? t('cover.remote') : ''].filter(Boolean).map((mark) => el('span', { class: 'mark' }, mark)),
      el('br'), small(`${one.township_name} `), el('small', { class: 'whole' }, one.code), one.coord_quality === 'township' ? small(` · ${word('coord_quality', 'township')}`) : ''),
    people: one.people === null ? '—' : asNumber(one.people), lacks: one.reason ? word('gap_reason', one.reason) : t('cover.nothing'),
    reached: small(listed(Object.keys(FIGURES).filter((stage) => one.stages[stage]).map((stage) => word('coverage_stage', stage))) || '—'),
    nearest: one.nearest_station ? el('span', {}, stationLink(one.nearest_station, one.nearest_station), ' ', el('small', { class: 'whole' }, away(one))) : '—',
    served_by: one.stations.length ? el('ul', { class: 'lines' }, ...one.stations.map(served)) : t('cover.nobody'),
  })
  return table(chosen ? word('gap_reason', chosen) : t('cover.list_all'), keys.map((key) => t(`cover.${key}`)),
    villages.map((one) => { const told = cells(one); return keys.map((key) => told[key] ?? '—') }), 'village-table')
}

/** @param {any} station */
const served = (station) => el('li', {}, stationLink(station.code, station.name), ' ', el('small', {}, [word('vitality', station.life), ...station.services.map((/** @type {string} */ one) => word('service', one))].join(' · ')))
