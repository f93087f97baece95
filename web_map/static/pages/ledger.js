// The ledger: a trial that saves nothing, its findings cell by cell, then the import; and the export.
// @ts-check
import { ask, get, inWords, Refused } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asNumber, lang, t, word } from '../words.js'

const LOOK_AGAIN_MS = 1000
const today = document.body.dataset.today ?? ''
const outcome = el('section', { tabindex: -1, 'aria-live': 'polite', 'data-testid': 'ledger-outcome' })

const file = el('input', { type: 'file', name: 'file', required: true, accept: '.xlsx,.csv', 'data-testid': 'ledger-file' })
const datum = select({ name: 'coord_system', 'data-testid': 'ledger-datum' },
  ['cgcs2000', 'wgs84', 'gcj02', 'bd09'].map((one) => [one, word('datum', one)]))
const partial = el('input', { type: 'checkbox', name: 'save_good_rows' })
const trial = el('button', { class: 'main', 'data-testid': 'ledger-try' }, t('staff.ledger.trial'))
const form = el('form', {}, labelled(t('staff.ledger.file'), file), labelled(t('staff.ledger.datum'), datum),
  el('label', { class: 'check' }, partial, t('staff.ledger.partial')), el('div', {}, trial))
form.addEventListener('submit', (event) => { event.preventDefault(); void send(true) })
// Another file or another reading of it needs another trial.
form.addEventListener('change', () => outcome.replaceChildren())

/** @param {boolean} dry */
async function send(dry) {
  const body = new FormData()
  body.set('file', /** @type {FileList} */ (file.files)[0])
  body.set('coord_system', datum.value)
  body.set('dry_run', String(dry))
  body.set('save_good_rows', String(partial.checked))
  trial.disabled = true
  outcome.replaceChildren(el('p', { class: 'note', role: 'status' }, t('staff.ledger.checking')))
  try {
    const { data } = await ask('/ledgers', { method: 'POST', body })
    tell(data.result ?? await result(data))
  } catch (error) {
    const refused = el('p', { class: 'refused', role: 'alert', 'data-testid': 'refused' }, inWords(error))
    if (error instanceof Refused && error.details.result) tell(error.details.result)
    else outcome.replaceChildren(refused)
  }
  trial.disabled = false
}

/** Wait for a long file that is read as a job. @param {{job_id: number, import_id: number}} taken */
async function result({ job_id, import_id }) {
  const bar = el('progress', { 'aria-label': t('staff.jobs.progress') })
  outcome.replaceChildren(el('p', { class: 'note' }, t('staff.ledger.checking'), ' ', bar))
  for (;;) {
    const [job, kept] = await Promise.all([get(`/jobs/${job_id}`), get(`/ledgers/${import_id}`)])
    if (kept.result) return kept.result
    if (job.state === 'dead') throw new Error(job.last_error ?? word('job_state', 'dead'))
    if (job.progress_total) {
      bar.max = job.progress_total
      bar.value = job.progress_done
    }
    await new Promise((later) => setTimeout(later, LOOK_AGAIN_MS))
  }
}

/** @param {any} found summary, errors, notices, possible duplicates */
function tell({ summary, errors, notices, possible_duplicates }) {
  const headline = summary.saved ? 'result_saved' : summary.dry_run ? 'result_trial' : 'result_refused'
  const counts = [t('staff.ledger.rows', { n: asNumber(summary.rows) }), t('staff.ledger.added', { n: asNumber(summary.added) }),
    t('staff.ledger.changed', { n: asNumber(summary.revised) }), t('staff.ledger.unchanged', { n: asNumber(summary.unchanged) }),
    t('staff.ledger.failed', { n: asNumber(summary.wrong_rows) })].join(' · ')
  const bad = summary.wrong_rows > 0
  outcome.replaceChildren(
    el('p', { class: bad && !summary.saved ? 'refused' : 'said', role: 'status', 'data-testid': 'ledger-summary' }, `${t(`staff.ledger.${headline}`)} ${counts}`),
    ...confirmation(summary, bad),
    ...findings('errors', errors, summary.error_count), ...findings('notices', notices, summary.notice_count),
    ...duplicates(possible_duplicates))
  outcome.focus()
}

/** @param {any} summary @param {boolean} bad */
function confirmation(summary, bad) {
  const anything = summary.added + summary.revised > 0
  if (!summary.dry_run || !anything || (bad && !partial.checked)) return []
  return [el('p', {}, el('button', { type: 'button', class: 'main', 'data-testid': 'ledger-confirm', onclick: () => void send(false) }, t('staff.ledger.confirm')))]
}

/** @param {string} kind @param {any[]} problems @param {number} total */
function findings(kind, problems, total) {
  if (!problems.length) return []
  const headings = ['sheet', 'row', 'column', 'value', 'problem'].map((key) => t(`staff.ledger.${key}`))
  const rows = problems.map((one) => [one.sheet, one.row === null ? '—' : String(one.row), [one.column, one.header].filter(Boolean).join(' ') || '—',
    one.value ?? '—', lang === 'zh' ? `${one.zh} ${one.what_to_do_zh}` : one.en])
  return [el('h2', {}, `${t(`staff.ledger.${kind}`)}(${asNumber(total)})`), table(t(`staff.ledger.${kind}`), headings, rows, `ledger-${kind}`)]
}

/** @param {any[]} found */
function duplicates(found) {
  if (!found.length) return []
  const rows = found.map((one) => [`${one.name}(${one.sheet} ${one.row})`,
    `${one.other_name}(${one.other_code ?? `${t('staff.ledger.row')} ${one.other_row}`})`,
    [...one.why.map((/** @type {string} */ why) => word('nearby', why)), one.distance_m === null ? '' : `${Math.round(one.distance_m)} m`].filter(Boolean).join('、')])
  return [el('h2', {}, t('staff.ledger.duplicates')),
    table(t('staff.ledger.duplicates'), ['this', 'other', 'why'].map((key) => t(`staff.ledger.${key}`)), rows, 'ledger-duplicates')]
}

function exportForm() {
  const day = el('input', { type: 'date', value: today, max: today, min: '1990-01-01', required: true })
  const link = el('a', { class: 'button', download: '', 'data-testid': 'ledger-export' }, t('staff.ledger.download'))
  const follow = () => link.setAttribute('href', `/api/v1/exports/ledger${day.value && day.value !== today ? `?as_of=${day.value}` : ''}`)
  day.addEventListener('change', follow)
  follow()
  return el('form', { class: 'row' }, labelled(t('staff.ledger.as_of'), day), link)
}

const mayImport = document.body.dataset.role === 'county'
byId('body').replaceChildren(
  el('h2', {}, t('staff.ledger.import')),
  mayImport ? el('div', { class: 'card' }, form) : el('p', { class: 'note' }, t('staff.ledger.only_county')),
  el('p', {}, el('a', { href: '/api/v1/ledgers/template.xlsx', download: '', 'data-testid': 'ledger-template' }, t('staff.ledger.template'))),
  outcome, el('h2', {}, t('staff.ledger.export')), exportForm())
