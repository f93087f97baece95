// The ledger: tried first, then imported; every error named by sheet, row and column; and given out as of a day.
// @ts-check
import { Refused, ask, get, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asNumber, lang, t, word } from '../words.js'

const DATUMS = ['cgcs2000', 'wgs84', 'gcj02', 'bd09']
// How long to leave a job alone before asking again.
const PAUSE_MS = 1500

const result = el('section', { tabindex: -1, 'aria-live': 'polite', 'data-testid': 'ledger-result' })

function importForm() {
  const file = el('input', { type: 'file', accept: '.xlsx,.csv', required: true, 'data-testid': 'ledger-file' })
  const datum = select({ 'data-testid': 'ledger-datum' }, DATUMS.map((value) => [value, word('coord_system', value)]))
  const partial = el('input', { type: 'checkbox', 'data-testid': 'ledger-partial' })
  const confirmIt = el('button', { type: 'button', class: 'main', hidden: true, 'data-testid': 'ledger-confirm' }, t('staff.ledger.confirm'))
  const form = el('form', { class: 'card', 'data-testid': 'ledger-form' },
    el('h2', {}, t('staff.ledger.import')),
    el('p', {}, el('a', { href: '/api/v1/ledgers/template.xlsx', download: '' }, t('staff.ledger.template'))),
    labelled(t('staff.ledger.file'), file), labelled(t('staff.ledger.datum'), datum),
    el('label', { class: 'check' }, partial, t('staff.ledger.partial')),
    el('div', { class: 'row' }, el('button', { 'data-testid': 'ledger-try' }, t('staff.ledger.trial')), confirmIt))

  /** @param {boolean} dryRun */
  async function send(dryRun) {
    const chosen = file.files?.[0]
    if (!chosen) return
    const body = new FormData()
    body.append('file', chosen)
    body.append('dry_run', String(dryRun))
    body.append('save_good_rows', String(partial.checked))
    body.append('coord_system', datum.value)
    result.replaceChildren(el('p', { class: 'hint' }, t('staff.ledger.checking')))
    try {
      const taken = (await ask('/ledgers', { method: 'POST', body })).data
      const found = taken.result ?? (await whenDone(taken))
      tell(found, dryRun)
      // Where the server would refuse, no button invites to it.
      confirmIt.hidden = !dryRun || (found.summary.wrong_rows > 0 && !partial.checked)
    } catch (error) {
      if (error instanceof Refused && error.details.result) tell(error.details.result, dryRun)
      else result.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
    }
    result.focus()
  }

  form.addEventListener('submit', (event) => { event.preventDefault(); void send(true) })
  confirmIt.addEventListener('click', () => void send(false))
  // Another file, or another reading of it, must be tried anew before it can be imported.
  for (const field of [file, datum, partial]) field.addEventListener('change', () => { confirmIt.hidden = true })
  return form
}

/**
 * Wait for the job of a long ledger, showing how far it is.
 * @param {{import_id: number, job_id: number}} taken
 */
async function whenDone({ import_id, job_id }) {
  for (;;) {
    const job = await get(`/jobs/${job_id}`)
    const of = job.progress_total ? `${asNumber(job.progress_done)} / ${asNumber(job.progress_total)}` : ''
    result.replaceChildren(el('p', { class: 'hint', 'data-testid': 'ledger-progress' }, `${t('staff.ledger.checking')} ${of}`))
    if (job.state === 'dead') throw new Error(job.last_error ?? job.state)
    const kept = await get(`/ledgers/${import_id}`)
    if (kept.result) return kept.result
    await new Promise((go) => setTimeout(go, PAUSE_MS))
  }
}

/** @param {any} found @param {boolean} dryRun */
function tell(found, dryRun) {
  const { summary } = found
  const verdict = summary.saved ? 'result_saved' : dryRun ? 'result_trial' : 'result_refused'
  const counts = [['rows', summary.rows], ['added', summary.added], ['changed', summary.revised],
    ['unchanged', summary.unchanged], ['failed', summary.wrong_rows]]
  result.replaceChildren(el('div', { class: 'card' },
    el('h2', { 'data-testid': 'ledger-verdict' }, t(`staff.ledger.${verdict}`)),
    el('p', { 'data-testid': 'ledger-counts' }, counts.map(([key, n]) => t(`staff.ledger.${key}`, { n: asNumber(Number(n)) })).join(' · ')),
    problems('errors', found.errors, summary.error_count), duplicates(found.possible_duplicates, summary.possible_duplicate_count),
    problems('notices', found.notices, summary.notice_count)))
}

/** @param {'errors' | 'notices'} kind @param {any[]} found @param {number} all how many there are, shown or not */
function problems(kind, found, all) {
  if (!found.length) return null
  const headings = ['sheet', 'row', 'column', 'value', 'problem'].map((key) => t(`staff.ledger.${key}`))
  const rows = found.map((one) => [one.sheet, one.row === null ? '—' : String(one.row),
    [one.column, one.header].filter(Boolean).join(' ') || '—', one.value ?? '—',
    lang === 'zh' ? [one.zh, one.what_to_do_zh].filter(Boolean).join(' ') : one.en])
  return table(`${t(`staff.ledger.${kind}`)}(${asNumber(all)})`, headings, rows, `ledger-${kind}`)
}

/** @param {any[]} found @param {number} all */
function duplicates(found, all) {
  if (!found.length) return null
  const headings = ['this', 'other', 'why'].map((key) => t(`staff.ledger.${key}`))
  const rows = found.map((one) => [`${one.sheet} ${one.row} · ${one.name}`,
    [one.other_code ?? `${t('staff.ledger.row')} ${one.other_row}`, one.other_name].join(' · '), one.why.map((/** @type {string} */ why) => word('nearby', why)).join('、')])
  return table(`${t('staff.ledger.duplicates')}(${asNumber(all)})`, headings, rows, 'ledger-duplicates')
}

function exportForm() {
  const asOf = el('input', { type: 'date', 'data-testid': 'export-as-of' })
  const links = ['xlsx', 'csv'].map((format) => el('a', { class: 'button', download: '', 'data-testid': `export-${format}` },
    `${t('staff.ledger.download')} .${format}`))
  const point = () => links.forEach((link, index) => {
    const day = asOf.value ? `&as_of=${asOf.value}` : ''
    link.setAttribute('href', `/api/v1/exports/ledger?format=${index ? 'csv' : 'xlsx'}${day}`)
  })
  asOf.addEventListener('change', point)
  point()
  return el('section', { class: 'card' }, el('h2', {}, t('staff.ledger.export')), labelled(t('staff.ledger.as_of'), asOf),
    el('p', { class: 'row' }, ...links))
}

const me = await get('/session')
const mayImport = me.permissions.includes('ledger.import')
byId('body').replaceChildren(...(mayImport ? [importForm(), result] : [el('p', { class: 'note' }, t('staff.ledger.only_county'))]), exportForm())
