// The logistics network: files tried first and then taken in whole, every error by its cell; what stands; what came in.
// @ts-check
import { ask, get } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, asNumber, lang, t, word } from '../words.js'
import { pager } from './paging.js'
import { triedFirst } from './tried_first.js'

const KINDS = ['nodes', 'routes', 'couriers', 'traces', 'villages', 'links']
const DATUMS = ['cgcs2000', 'wgs84', 'gcj02', 'bd09']
const COUNTS = ['rows', 'new', 'changed', 'same', 'ended', 'wrong']
const STANDING = ['nodes_county', 'nodes_township', 'nodes_village', 'routes', 'couriers', 'traces', 'arrived', 'links',
  'villages', 'villages_placed', 'villages_counted', 'villages_poor', 'villages_remote']
const PAGE_SIZE = 20

const stands = el('section', { class: 'card' })
const came = el('section', { class: 'card' })

function importCard() {
  const kind = select({ 'data-testid': 'network-kind' }, KINDS.map((value) => [value, word('network_file', value)]))
  const file = el('input', { type: 'file', accept: '.xlsx,.csv,.geojson,.json,.gpkg', 'data-testid': 'network-file' })
  const datum = select({ 'data-testid': 'network-datum' }, DATUMS.map((value) => [value, word('coord_system', value)]))
  const layer = el('input', { type: 'text', maxlength: 100 })
  const unit = el('input', { type: 'text', maxlength: 12, inputmode: 'numeric' })
  const template = el('a', { download: '', 'data-testid': 'network-template' }, t('network.template'))
  const point = () => template.setAttribute('href', `/api/v1/network/templates/${kind.value}.xlsx`)
  kind.addEventListener('change', point)
  point()
  const send = async (/** @type {boolean} */ dryRun) => {
    const chosen = file.files?.[0]
    if (!chosen) throw new Error(t('network.no_file'))
    const asked = new URLSearchParams({ kind: kind.value, dry_run: String(dryRun), name: chosen.name.slice(-200), coord_system: datum.value })
    if (layer.value.trim()) asked.set('layer', layer.value.trim())
    if (unit.value.trim()) asked.set('unit', unit.value.trim())
    return (await ask(`/network/imports?${asked}`, { method: 'POST', body: chosen })).data
  }
  const stay = (/** @type {Event} */ event) => event.preventDefault()
  const fields = el('form', { onsubmit: stay }, labelled(t('network.kind'), kind), el('p', {}, template), labelled(t('network.file'), file),
    labelled(t('staff.ledger.datum'), datum), labelled(t('network.layer'), layer), labelled(t('network.unit'), unit))
  return el('section', { class: 'card', 'data-testid': 'network-import' }, el('h2', {}, t('network.import')), triedFirst({
    tryIt: t('staff.ledger.trial'), testid: 'network', send,
    confirmIt: (found) => (found.error_count ? null : t('staff.ledger.confirm')),
    told: (found, dryRun) => [el('p', { class: 'said', 'data-testid': 'network-said' }, said(found, dryRun)),
      ...problems('network-errors', `${t('staff.ledger.errors')}(${asNumber(found.error_count)})`, found.errors),
      ...problems('network-notices', t('network.notices'), found.notices)],
    refused: (error) => problems('network-errors', t('staff.ledger.errors'), error.details.result?.errors ?? []),
    after: () => showAll(1),
  }, fields))
}

/** @param {any} found @param {boolean} dryRun */
function said(found, dryRun) {
  return `${t(dryRun ? 'network.trial' : 'network.saved')} ${counted(found.counts)}`
}

/** @param {Record<string, number>} counts */
const counted = (counts) => COUNTS.filter((name) => counts[name] || name === 'rows')
  .map((name) => t(`network.count_${name}`, { n: asNumber(counts[name] ?? 0) })).join(' · ')

/** @param {string} testid @param {string} caption @param {any[]} found */
function problems(testid, caption, found) {
  if (!found.length) return []
  const headings = ['row', 'column', 'value', 'problem'].map((key) => t(`staff.ledger.${key}`))
  return [table(caption, headings, found.map((one) => [one.row === null ? '—' : String(one.row),
    [one.column, one.header].filter(Boolean).join(' ') || '—', one.value || '—',
    lang === 'zh' ? [one.zh, one.what_to_do_zh].filter(Boolean).join(' ') : one.en]), testid)]
}

/** @param {number} page */
async function showAll(page) {
  const found = await get(`/network/imports?page=${page}&page_size=${PAGE_SIZE}`)
  stands.replaceChildren(el('h2', {}, t('network.standing')), table(t('network.standing'), [t('network.what'), t('network.how_many')],
    STANDING.map((name) => [t(`network.standing_${name}`), asNumber(found.standing[name])]), 'network-standing'))
  const headings = [t('network.imported_at'), t('network.kind'), t('network.of_unit'), t('network.file_name'), t('network.result'), t('network.imported_by')]
  const rows = found.rows.map((/** @type {any} */ one) => [asMinute(one.imported_at), word('network_file', one.kind), one.unit_name,
    one.file_name, counted(one.counts), one.imported_by ?? '—'])
  const pages = Math.ceil(found.total / PAGE_SIZE)
  came.replaceChildren(el('h2', {}, t('network.imports')), rows.length ? table(t('network.imports'), headings, rows, 'network-imports')
    : el('p', { class: 'note' }, t('network.imports_none')), pager({ total: found.total, pages }, page, (to) => void showAll(to)))
}

const me = await get('/session')
await showAll(1)
byId('body').replaceChildren(me.permissions.includes('network.import') ? importCard() : el('p', { class: 'note' }, t('network.only_staff')), stands, came)
