// A county's month by workbook: out with its stations, filled in, tried, then imported whole.
// @ts-check
import { ask } from '../api.js'
import { el, labelled, table } from '../dom.js'
import { asNumber, lang, t } from '../words.js'
import { triedFirst } from './tried_first.js'

const COUNTS = ['rows', 'imported', 'updated', 'ignored', 'blank', 'wrong_rows']

/** @param {string} period @param {string} county @param {(said: string) => Promise<void>} done */
export function importCard(period, county, done) {
  const file = el('input', { type: 'file', accept: '.xlsx,.csv', 'data-testid': 'month-file' })
  const send = async (/** @type {boolean} */ dryRun) => {
    const chosen = file.files?.[0]
    if (!chosen) throw new Error(t('months.import_no_file'))
    const body = new FormData()
    body.append('file', chosen)
    body.append('county', county)
    body.append('dry_run', String(dryRun))
    return (await ask(`/months/${period}/import`, { method: 'POST', body })).data
  }
  return el('section', { class: 'card no-print', 'data-testid': 'month-import' }, el('h2', {}, t('months.import')),
    el('p', {}, el('a', { href: `/api/v1/months/${period}/workbook?${new URLSearchParams({ county })}`, download: '' }, t('months.import_template'))),
    triedFirst({
      tryIt: t('months.import_try'), testid: 'import', send,
      confirmIt: ({ summary }) => (summary.error_count || !(summary.imported + summary.updated) ? null : t('months.import_confirm')),
      told: (found, dryRun) => [el('p', { class: 'said' }, said(found, dryRun)), ...problems(found.errors)],
      refused: (error) => problems(error.details.result?.errors ?? error.details.errors ?? []),
      after: (found) => done(said(found, false)),
    }, labelled(t('months.import_file'), file)))
}

/** @param {any} found @param {boolean} dryRun */
function said({ summary }, dryRun) {
  const counts = COUNTS.map((name) => t(`months.import_${name}`, { n: asNumber(summary[name]) })).join(' · ')
  return `${t(dryRun ? 'months.import_trial' : 'months.import_done')} ${counts}`
}

/** @param {any[]} found */
function problems(found) {
  if (!Array.isArray(found) || !found.length) return []
  const headings = ['row', 'column', 'value', 'problem'].map((key) => t(`staff.ledger.${key}`))
  return [table(t('staff.ledger.errors'), headings, found.map((one) => [one.row === null ? '—' : String(one.row), [one.column, one.header].filter(Boolean).join(' ') || '—',
    one.value ?? '—', lang === 'zh' ? [one.zh, one.what_to_do_zh].filter(Boolean).join(' ') : one.en]), 'import-errors')]
}
