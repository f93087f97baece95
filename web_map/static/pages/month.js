// The month at a glance: whom to ring, what waits, the totals, and the county's return; tried first, then done.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, labelled } from '../dom.js'
import { asMinute, asNumber, lang, t, word } from '../words.js'
import { address, asFile, asMonth, asked, beside, figure, how, printIt, wayUp } from './beside.js'
import { beginCard, excuseFor, papersCard, unlockCard } from './month_around.js'
import { importCard } from './month_import.js'
import { linesCard } from './month_lines.js'
import { fileFor } from './month_proxy.js'
import { reviewTable } from './month_review.js'
import { feedsCard, remindersCard } from './month_sending.js'
import { sortable } from './sorting.js'
import { triedFirst } from './tried_first.js'

const period = location.pathname.split('/')[2] ?? ''
const ou = asked.get('ou')
const SUMS = ['online_sales_out', 'purchase_agency_amount', 'upstream_sales', 'parcels_in', 'parcels_out']

/** @param {number} months */
function shifted(months) {
  const number = Number(period.slice(0, 4)) * 12 + Number(period.slice(4)) - 1 + months
  return String(Math.floor(number / 12) * 100 + (number % 12) + 1)
}

/** @param {any} unit */
function top(unit) {
  const today = document.body.dataset.today ?? ''
  const current = today.slice(0, 4) + today.slice(5, 7)
  /** @param {number} step @param {string} key */
  const link = (step, key) => el('a', { href: address(`/months/${shifted(step)}`, {}), 'data-testid': key }, t(`months.${key}`))
  return el('div', { class: 'bar' }, el('h2', { 'data-testid': 'unit' }, `${unit.name} · ${asMonth(period)}`), wayUp(unit, `/months/${period}`),
    el('span', { class: 'bar end no-print' }, link(-1, 'earlier'), shifted(1) <= current ? link(1, 'later') : null, printIt()))
}

/** @param {any} month */
function coverage(month) {
  const days = ['opens_at', 'asked_by', 'due_at', 'locks_at'].map((name) => [t(`months.${name.split('_')[0]}`), asMinute(month[name])])
  return el('section', { class: 'card', 'data-testid': 'coverage' }, el('p', { class: 'big' }, month.coverage[`line_${lang}`]),
    el('dl', { class: 'facts' }, ...days.flatMap(([name, at]) => [el('dt', {}, name ?? ''), el('dd', {}, at ?? '')])),
    el('p', {}, how('coverage_line', t('frame.how'))))
}

/** @param {any} month */
function totals(month) {
  const sums = month.totals
  /** @param {string} name */
  const said = (name) => (sums[name] === null ? t('months.no_figure') : name.startsWith('parcels')
    ? figure(String(sums[name]), 'pieces') : figure(sums[name], 'yuan'))
  return el('section', { 'data-testid': 'totals' }, el('h2', {}, t('months.totals')), el('div', { class: 'numbers' }, ...SUMS.map((name) =>
    el('div', { class: 'number' }, el('span', {}, t(`months.${name}`)), el('strong', { 'data-testid': name }, said(name))))),
  el('p', { class: 'hint' }, t('months.totals_note', { reports: sums.reports, unaccepted: month.totals_unaccepted.reports }), ' ', how('month_total')))
}

/** @type {import('./sorting.js').Column[]} */
const STATION = [
  { key: 'code', heading: t('months.code'), cell: (row) => el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.station) },
  { key: 'name', heading: t('months.station'), cell: (row) => row.name },
  { key: 'township', heading: t('months.township'), cell: (row) => row.township ?? '—' },
]
/** @type {import('./sorting.js').Column[]} */
const TO_RING = [...STATION,
  { key: 'head', heading: t('months.head'), fixed: true, cell: (row) => row.head_name ?? '—' },
  { key: 'phone', heading: t('months.phone'), fixed: true, cell: (row) => (row.phone ? telephone(row.phone) : '—') },
  { key: 'rung', heading: t('months.asked_by_phone'), fixed: true, cell: () => el('span', { class: 'box', 'aria-hidden': 'true' }) }]

/** A number to press; only digits and a plus may stand in the link. @param {string} number */
const telephone = (number) => el('a', { href: `tel:${number.replace(/[^\d+]/g, '')}` }, number)

/** @param {any} month @param {string} which @param {{file?: boolean, excuse?: boolean}} [may] */
function list(month, which, may = {}) {
  const rows = month[which]
  if (!rows?.length) return which === 'missing' && rows ? el('section', {}, el('h2', {}, t('months.list.missing')), el('p', { class: 'said' }, t('months.nobody'))) : null
  /** @type {import('./sorting.js').Column} */
  const filing = { key: 'file', heading: t('months.deal_with'), fixed: true, cell: (row) => el('div', { class: 'row tight' },
    may.file ? fileFor(row, period, done) : null, may.excuse ? excuseFor(row, period, done) : null) }
  const columns = which === 'missing' || which === 'returned' ? [...TO_RING, ...(may.file || may.excuse ? [filing] : [])] : STATION
  return el('section', { 'data-testid': which }, el('h2', {}, `${t(`months.list.${which}`)}(${asNumber(rows.length)})`),
    sortable(t('figures.order'), columns, rows, `list-${which}`), asFile(`/months/${period}`, `/months/${period}`, { ou, list: which }))
}

/** What waits: whoever may review sees the figures, others the stations. @param {any} month @param {boolean} mayReview */
async function awaiting(month, mayReview) {
  if (!mayReview || !month.awaiting?.length) return list(month, 'awaiting')
  return el('section', { 'data-testid': 'awaiting' }, el('h2', {}, `${t('months.list.awaiting')}(${asNumber(month.awaiting.length)})`),
    await reviewTable(period, month.frame.unit.code, done), accepting(month))
}

/** @param {any} month */
function accepting(month) {
  const send = async (/** @type {boolean} */ dryRun) => (await ask('/sales-reports/bulk-accept', { method: 'POST', json: { period, ou: month.frame.unit.code, dry_run: dryRun } })).data
  return triedFirst({
    tryIt: t('months.accept_try'), testid: 'accept', send,
    after: (found) => done(t('months.accept_done', { imported: asNumber(found.imported), ignored: asNumber(found.ignored), conflicts: asNumber(found.conflicts.length) })),
    confirmIt: (found) => (found.imported ? t('months.accept_confirm', { n: asNumber(found.imported) }) : null),
    told: (found, dryRun) => {
      const counts = { imported: asNumber(found.imported), ignored: asNumber(found.ignored), conflicts: asNumber(found.conflicts.length) }
      const said = t(dryRun ? 'months.accept_trial' : 'months.accept_done', counts)
      return [el('p', { class: 'said' }, said), ...(found.conflicts.length ? [sortable(t('months.conflict'), [
        { key: 'station', heading: t('months.code'), cell: (row) => row.station },
        { key: 'why', heading: t('months.conflict'), cell: (row) => row[lang] }], found.conflicts, 'conflicts')] : [])]
    },
  })
}

/** @param {any} month */
function countyReturn(month) {
  const { permissions, county_return: sent, frame } = month
  if (!sent && !permissions.may_send) return null
  const stands = sent ? t('months.return_stands', { version: sent.version, state: word('county_return_state', sent.state), at: asMinute(sent.sent_at), timely: word('timeliness', sent.timeliness) }) : t('months.return_none')
  const note = el('textarea', { rows: 2, maxlength: 2000, 'data-testid': 'send-note' })
  const send = async (/** @type {boolean} */ dryRun) => (await ask('/county-returns', { method: 'POST', json: { county: frame.unit.code, period, note: note.value || null, dry_run: dryRun } })).data
  return el('section', { class: 'card', 'data-testid': 'county-return' }, el('h2', {}, t('months.return')), el('p', { 'data-testid': 'return-stands' }, stands),
    sent?.decided_note ? el('p', { class: 'note' }, t('months.return_note', { note: sent.decided_note })) : null,
    permissions.may_send ? triedFirst({
      tryIt: t('months.send_try'), testid: 'send', send, confirmIt: () => t('months.send_confirm'),
      after: (found) => done(t('months.send_done', { version: found.version })),
      told: (found, dryRun) => [el('p', { class: 'said' }, t(dryRun ? 'months.send_trial' : 'months.send_done', { version: found.version })),
        el('p', {}, found.coverage[`line_${lang}`])],
    }, labelled(t('months.send_note'), note)) : null,
    permissions.may_accept || permissions.may_return ? deciding(sent) : null)
}

/** The province accepts the return or sends it back with a word. @param {any} sent */
function deciding(sent) {
  const note = el('textarea', { rows: 2, maxlength: 2000, 'data-testid': 'decide-note' })
  const wrong = el('p', { 'aria-live': 'polite' })
  /** @param {'accept' | 'return'} way */
  const press = (way) => async () => {
    try {
      await ask(`/county-returns/${sent.id}/${way}`, { method: 'POST', json: { note: note.value || null } })
      await show()
    } catch (error) {
      wrong.replaceChildren(el('span', { class: 'refused', role: 'alert' }, inWords(error)))
    }
  }
  return el('div', { class: 'no-print' }, labelled(t('months.decide_note'), note), el('div', { class: 'row' },
    el('button', { type: 'button', class: 'main', 'data-testid': 'decide-accept', onclick: press('accept') }, t('months.decide_accept')),
    el('button', { type: 'button', class: 'danger', 'data-testid': 'decide-return', onclick: press('return') }, t('months.decide_return'))), wrong)
}

/** @param {any} month */
function counties(month) {
  if (!month.counties) return null
  const count = (/** @type {string} */ name) => ({ key: name, heading: t(`coverage.${name}`), isFigure: true, value: (/** @type {any} */ row) => row.coverage[name], cell: (/** @type {any} */ row) => asNumber(row.coverage[name]) })
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'county', heading: t('months.county'), value: (row) => row.county, cell: (row) => el('a', { href: address(`/months/${period}`, { ou: row.county }) }, row.name) },
    ...['expected', 'reported', 'nil', 'missing', 'outstanding', 'unaccepted', 'excused', 'feed'].map(count),
    { key: 'return', heading: t('months.return'), cell: (row) => (row.county_return ? word('county_return_state', row.county_return.state) : '—') }]
  return el('section', { 'data-testid': 'counties' }, el('h2', {}, t('months.counties')),
    month.missing === null ? el('p', { class: 'note' }, t('months.by_county')) : null,
    sortable(t('figures.order'), columns, month.counties, 'list-counties'), asFile(`/months/${period}`, `/months/${period}`, { ou, list: 'counties' }))
}

const news = el('p', { class: 'said', hidden: true, role: 'status', 'data-testid': 'news' })

/** Say what was done, and draw the month anew. @param {string} said */
async function done(said) {
  news.hidden = false
  news.textContent = said
  await show()
}

async function show() {
  const [month, me, { starts }] = await Promise.all([get(`/months/${period}${ou ? `?${new URLSearchParams({ ou })}` : ''}`), get('/session'), get('/reporting-starts')])
  const may = (/** @type {string} */ action) => me.permissions.includes(action)
  const { unit } = month.frame
  const isCounty = unit.level === 'county'
  const hasBegun = starts.some((/** @type {any} */ one) => one.unit_code === unit.code && one.first_period <= period)
  const isLocked = new Date(month.locks_at) <= new Date(month.frame.known_at)
  byId('body').replaceChildren(...[
    top(unit), news, isCounty && !hasBegun && may('reporting.begin') ? beginCard(period, unit.code, done) : null,
    coverage(month), beside(month.frame, 'frame'), counties(month), list(month, 'missing', { file: may('report.file'), excuse: may('report.excuse') }),
    await awaiting(month, may('report.review')), countyReturn(month), list(month, 'returned'), list(month, 'late'), totals(month),
    list(month, 'excused'), papersCard(unit, period, may), isLocked && may('report.unlock') ? unlockCard(unit, period, done) : null,
    isCounty && may('report.import') ? linesCard(done) : null, isCounty && may('report.import') ? importCard(period, unit.code, done) : null,
    isCounty && may('return.read') ? remindersCard(unit.code, period) : null, isCounty && may('feed.manage') ? feedsCard(unit.code) : null,
  ].filter((one) => one !== null))
}

show().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
