// Work that is done later: what waits, how far it is, what failed.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, select, table } from '../dom.js'
import { asMinute, asNumber, t, word } from '../words.js'
import { askPage, pager } from './paging.js'

const STATES = ['waiting', 'running', 'done', 'dead']
let state = '', page = 1

async function show() {
  const body = byId('body')
  try {
    const [counts, found] = await Promise.all([get('/jobs/counts'), askPage(`/jobs${state ? `?state=${state}` : ''}`, page)])
    const chosen = select({ 'data-testid': 'job-state', onchange: (/** @type {any} */ event) => { state = event.target.value; page = 1; void show() } },
      [['', t('staff.all')], ...STATES.map((one) => /** @type {[string, string]} */ ([one, `${word('job_state', one)} (${asNumber(counts[one])})`]))], state)
    const form = el('form', { class: 'row' }, el('label', {}, t('staff.jobs.state'), chosen),
      el('button', { type: 'button', onclick: () => void show() }, t('staff.refresh')))
    form.addEventListener('submit', (event) => event.preventDefault())
    const list = found.rows.length ? table(t('staff.jobs.title'),
      ['kind', 'state', 'progress', 'attempt', 'asked', 'finished', 'error'].map((key) => t(`staff.jobs.${key}`)),
      found.rows.map(row), 'jobs') : el('p', { class: 'hint' }, t('staff.none'))
    body.replaceChildren(form, list, pager(found, page, (to) => { page = to; void show() }))
  } catch (error) {
    body.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

/** @param {any} job */
function row(job) {
  const progress = job.progress_total
    ? el('span', {}, el('progress', { max: job.progress_total, value: job.progress_done, 'aria-label': t('staff.jobs.progress') }), ` ${job.progress_done}/${job.progress_total}`)
    : asNumber(job.progress_done)
  const revive = job.state !== 'dead' ? null : el('button', { type: 'button', class: 'small', onclick: async () => {
    await ask(`/jobs/${job.id}/revival`, { method: 'POST' }).catch(() => null)
    void show()
  } }, t('staff.jobs.revive'))
  return [`${word('job_kind', job.kind)} #${job.id}`, word('job_state', job.state), progress, `${job.attempt}/${job.max_attempts}`,
    asMinute(job.asked_at), asMinute(job.finished_at), el('span', {}, job.last_error ?? '', ' ', revive)]
}

void show()
