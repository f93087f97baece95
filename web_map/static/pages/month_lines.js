// Months by SMS: lines an owner sent are pasted, shown as they are understood, and only then filed in the owner's place.
// @ts-check
import { ask } from '../api.js'
import { el, labelled, table } from '../dom.js'
import { asNumber, lang, t, word } from '../words.js'
import { triedFirst } from './tried_first.js'

const FIGURES = ['online_sales_out', 'purchase_agency_amount', 'upstream_sales', 'parcels_in', 'parcels_out']
const STATUSES = ['ready', 'filed', 'same', 'refused']

/** @param {(said: string) => Promise<void>} done */
export function linesCard(done) {
  const text = el('textarea', { rows: 5, maxlength: 20000, spellcheck: 'false', autocomplete: 'off', 'data-testid': 'lines-text', placeholder: t('lines.example') })
  /** @type {string[]} */
  let sent = []
  const send = async (/** @type {boolean} */ dryRun) => {
    sent = text.value.split('\n')
    return (await ask('/report-lines', { method: 'POST', json: { text: text.value, dry_run: dryRun } })).data
  }
  return el('section', { class: 'card no-print', 'data-testid': 'month-lines' }, el('h2', {}, t('lines.title')), el('p', { class: 'hint' }, t('lines.hint')),
    triedFirst({
      tryIt: t('lines.try'), testid: 'lines', send,
      confirmIt: ({ counts }) => (counts.ready ? t('lines.confirm', { n: asNumber(counts.ready) }) : null),
      told: (found) => [el('p', { class: 'said' }, said(found)), told(found.lines, sent)],
      after: (found) => done(said(found)),
    }, labelled(t('lines.text'), text)))
}

/** @param {any} found */
const said = ({ counts }) => STATUSES.filter((status) => counts[status]).map((status) => t(`lines.count_${status}`, { n: asNumber(counts[status]) })).join(' · ')

/** @param {any[]} lines @param {string[]} sent */
const told = (lines, sent) => table(t('lines.understood'), ['line', 'station', 'period', 'figures', 'status'].map((key) => t(`lines.${key}`)),
  lines.map((line) => [`${line.line}: ${sent[line.line - 1] ?? ''}`, line.station ? `${line.station} ${line.station_name ?? ''}` : '—', line.period ?? '—',
    line.figures ? figures(line.figures) : '—', status(line)]), 'lines-told')

/** @param {any} given */
function figures(given) {
  if (given.is_nil) return t('lines.nil')
  return FIGURES.filter((name) => given[name] !== null).map((name) => `${word('report_field', name)} ${asNumber(Number(given[name]))}`).join(',')
}

/** @param {any} line */
function status(line) {
  if (!line.refusal) return t(`lines.status_${line.status}`)
  const { message, message_en, hint_zh, hint_en, errors } = line.refusal
  const why = Object.values(errors).flat().filter((one) => typeof one === 'string').join(' ')
  return `${lang === 'zh' ? message : message_en} ${why} ${lang === 'zh' ? hint_zh : hint_en}`
}
