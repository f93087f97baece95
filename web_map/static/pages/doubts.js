// Figures out of line and contradictions: each can be marked for a closer look and settled with a word.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, labelled, select } from '../dom.js'
import { asNumber, lang, listed, t, word } from '../words.js'
import { asMonth, asFile, asked, beside, figure, grouped, how, monthsChoice, printIt, wayUp } from './beside.js'
import { sortable } from './sorting.js'
import { visitSection } from './visit_list.js'

const REASONS = ['visit', 'typing_slip', 'unit_slip', 'festival', 'live_stream', 'goods_returned', 'other']
// Most rows of a page of the API; whoever has more doubts than this begins with these.
const MOST = 500
const pe = asked.get('pe') ?? 'LAST_MONTH'
const ou = asked.get('ou')
const said = el('p', { 'aria-live': 'polite' })

/** @param {Record<string, string | null>} told */
const query = (told) => new URLSearchParams(Object.entries(told).flatMap(([name, value]) => (value ? [[name, value]] : [])))

/**
 * Marking a row, or settling its mark; the cell draws itself anew.
 * @param {any} row @param {{station: string, period: string | null, subject: string}} what @param {boolean} mayMark
 */
function followUp(row, what, mayMark) {
  const cell = el('div', { 'data-testid': `follow-up-${what.station}-${what.subject}` })
  /** @param {any} mark */
  function draw(mark) {
    const standing = mark ? el('p', { class: 'hint' }, t('doubts.marked', { reason: word('follow_up_reason', mark.reason_code) })) : null
    if (!mayMark) return cell.replaceChildren(standing ?? '—')
    if (mark) return cell.replaceChildren(/** @type {Node} */ (standing), settling(mark))
    const reason = select({ 'aria-label': t('doubts.reason') }, REASONS.map((value) => [value, word('follow_up_reason', value)]))
    const press = () => change(() => ask('/follow-ups', { method: 'PUT', json: { ...what, reason_code: reason.value } }), (made) => draw(made))
    return cell.replaceChildren(reason, ' ', el('button', { type: 'button', class: 'small', onclick: press }, t('doubts.mark')))
  }
  /** @param {any} mark */
  function settling(mark) {
    const note = el('input', { type: 'text', maxlength: 500, required: true, 'aria-label': t('doubts.found'), placeholder: t('doubts.found') })
    const form = el('form', {}, note, el('button', { class: 'small' }, t('doubts.unmark')))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void change(() => ask(`/follow-ups/${mark.id}?${new URLSearchParams({ note: note.value })}`, { method: 'DELETE' }), () => draw(null))
    })
    return form
  }
  draw(row.follow_up)
  return cell
}

/** @param {() => Promise<{data: any}>} send @param {(made: any) => void} then */
async function change(send, then) {
  try {
    then((await send()).data)
    said.replaceChildren()
  } catch (error) {
    said.replaceChildren(el('span', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} row */
const station = (row) => el('span', {}, el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.name ?? row.station), el('br'), el('small', {}, row.station))

/** @param {any} answer */
function outlierTable(answer) {
  if (!answer.outliers.length) return el('p', { class: 'said', 'data-testid': 'no-outliers' }, t('doubts.none_outliers'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'station', heading: t('figures.station'), value: (row) => row.station, cell: station },
    { key: 'period', heading: t('figures.period'), value: (row) => row.period, cell: (row) => asMonth(row.period) },
    { key: 'field', heading: t('doubts.field'), cell: (row) => word('report_field', row.field) },
    { key: 'value', heading: t('doubts.value'), isFigure: true, value: (row) => Number(row.value), cell: (row) => figure(row.value, row.unit) },
    { key: 'median', heading: t('doubts.usual'), isFigure: true, value: (row) => Number(row.median), cell: (row) => figure(row.median, row.unit) },
    { key: 'last_year', heading: t('doubts.last_year'), isFigure: true, fixed: true, cell: (row) => figure(row.same_month_last_year, row.unit) },
    { key: 'z', heading: t('doubts.score'), isFigure: true, value: (row) => row.z, cell: (row) => (row.z === null ? '—' : asNumber(Math.round(row.z * 10) / 10)) },
    { key: 'slip', heading: t('doubts.looks_like'), fixed: true, cell: (row) => el('span', {}, row[lang] ?? '', ' ', el('small', {}, word('outlier_basis', row.basis))) },
    { key: 'follow', heading: t('doubts.follow_up'), fixed: true, cell: (row) => followUp(row, { station: row.station, period: row.period, subject: row.field }, answer.permissions.may_mark) },
  ]
  return sortable(t('figures.order'), columns, answer.outliers, 'outliers')
}

/** @param {any} answer */
function contradictionTable(answer) {
  if (!answer.contradictions.length) return el('p', { class: 'said', 'data-testid': 'no-contradictions' }, t('doubts.none_contradictions'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'station', heading: t('figures.station'), value: (row) => row.station, cell: station },
    { key: 'code', heading: t('doubts.what'), value: (row) => row.code, cell: (row) => el('span', {}, el('strong', {}, word('contradiction_code', row.code)), el('br'), row[lang]) },
    { key: 'evidence', heading: t('doubts.evidence'), fixed: true, cell: (row) => el('ul', { class: 'lines' }, ...row.evidence.map(evidence)) },
    { key: 'follow', heading: t('doubts.follow_up'), fixed: true, cell: (row) => followUp(row, { station: row.station, period: null, subject: row.code }, answer.permissions.may_mark) },
  ]
  return sortable(t('figures.order'), columns, answer.contradictions, 'contradictions')
}

/** One piece of evidence: what, when, what it says. @param {any} one */
function evidence(one) {
  const figures = Object.entries(one.figures).map(([name, value]) => `${word('report_field', name)} ${grouped(String(value))}`)
  let seen = one.says
  if (one.kind === 'visit') seen = word('observed_state', one.says)
  if (one.kind === 'description' && one.says) seen = listed(one.says.split(' ').map((/** @type {string} */ service) => word('service', service)))
  return el('li', {}, [word('doubts_evidence', one.kind), one.station, one.on, one.period ? asMonth(one.period) : null, seen, ...figures]
    .filter(Boolean).join(' · '))
}

function form() {
  const made = el('form', { class: 'row no-print' }, ou ? el('input', { type: 'hidden', name: 'ou', value: ou }) : null,
    labelled(t('figures.months'), monthsChoice(pe)), el('button', { class: 'main' }, t('figures.show')))
  made.setAttribute('action', '/doubts')
  return made
}

async function show() {
  const [out, against] = await Promise.all([get(`/outliers?${query({ ou, pe })}&page_size=${MOST}`), get(`/contradictions?${query({ ou })}&page_size=${MOST}`)])
  const { unit } = out.frame
  byId('body').replaceChildren(
    el('div', { class: 'bar' }, el('h2', { 'data-testid': 'unit' }, unit.name), wayUp(unit, '/doubts'), el('a', { class: 'no-print', href: '#worth' }, t('worth.title')), el('span', { class: 'end' }, printIt())), said,
    el('h2', {}, `${t('doubts.contradictions')}(${asNumber(against.count)})`), el('p', { class: 'bar' }, how('contradiction')),
    contradictionTable(against), beside(against.frame, 'frame-contradictions'), asFile('/contradictions', '/contradictions', { ou }),
    el('h2', {}, `${t('doubts.outliers')}(${asNumber(out.count)})`), el('p', { class: 'bar' }, how('outlier')), form(),
    outlierTable(out), beside(out.frame, 'frame-outliers'), asFile('/outliers', '/outliers', { ou, pe }), visitSection(unit.code))
}

show().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
