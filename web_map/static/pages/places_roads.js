// Road networks: those that are kept, with what their check found, and a file tried first and then kept.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { el, labelled, select, table } from '../dom.js'
import { asMinute, asNumber, asPercent, lang, t, word } from '../words.js'
import { triedFirst } from './tried_first.js'

const DATUMS = ['cgcs2000', 'wgs84', 'gcj02', 'bd09']
const kept = el('section', { class: 'card' })

/** The sections of roads, in their order. @returns {Promise<HTMLElement[]>} */
export async function roadSections() {
  const found = await showKept()
  return found.permissions.may_import ? [kept, importCard()] : [kept]
}

async function showKept() {
  const found = await get('/road-graphs')
  const headings = ['name', 'unit', 'size', 'connected', 'derived', 'imported', 'state'].map((key) => t(`places.${key}`))
  const rows = found.graphs.map((/** @type {any} */ one) => [one.name, one.unit_name, sized(one.check), connected(one.check),
    asNumber(one.check.derived), [asMinute(one.imported_at), one.imported_by].filter(Boolean).join(' · '),
    one.withdrawn_at ? t('places.withdrawn', { when: asMinute(one.withdrawn_at) })
      : found.permissions.may_import ? withdrawing(one.id) : t('places.in_use')])
  kept.replaceChildren(el('h2', {}, t('places.roads')), el('p', { class: 'hint' }, t('places.roads_lead')),
    rows.length ? table(t('places.roads'), headings, rows, 'road-graphs') : el('p', { class: 'hint' }, t('places.roads_none')))
  return found
}

/** @param {any} check */
const sized = (check) => t('places.sized', { edges: asNumber(check.edges), nodes: asNumber(check.nodes), km: asNumber(Math.round(check.length_km)) })
/** @param {any} check */
const connected = (check) => t('places.in_parts', { n: asNumber(check.components), share: asPercent(check.share_in_largest) })

/** @param {number} id */
function withdrawing(id) {
  const refused = el('p', { class: 'refused', role: 'alert', hidden: true })
  const button = el('button', { type: 'button', class: 'small', 'data-testid': `withdraw-${id}`, onclick: async () => {
    try {
      await ask(`/road-graphs/${id}/withdraw`, { method: 'POST' })
      await showKept()
    } catch (error) {
      refused.textContent = inWords(error)
      refused.hidden = false
    }
  } }, t('places.withdraw'))
  return el('div', {}, t('places.in_use'), ' ', button, refused)
}

function importCard() {
  const file = el('input', { type: 'file', accept: '.xlsx,.csv,.geojson,.json,.gpkg', 'data-testid': 'roads-file' })
  const name = el('input', { type: 'text', maxlength: 120 })
  const datum = select({ 'data-testid': 'roads-datum' }, DATUMS.map((value) => [value, word('coord_system', value)]))
  const layer = el('input', { type: 'text', maxlength: 100 })
  const unit = el('input', { type: 'text', maxlength: 12, inputmode: 'numeric' })
  const fields = el('div', {}, labelled(t('places.file'), file), labelled(t('places.name'), name),
    labelled(t('staff.ledger.datum'), datum), labelled(t('places.layer'), layer), labelled(t('places.unit_code'), unit))
  const send = async (/** @type {boolean} */ dryRun) => {
    const chosen = file.files?.[0]
    if (!chosen) throw new Error(t('places.no_file'))
    const asked = new URLSearchParams({ dry_run: String(dryRun), file: chosen.name.slice(-200), coord_system: datum.value, name: name.value.trim() })
    if (layer.value.trim()) asked.set('layer', layer.value.trim())
    if (unit.value.trim()) asked.set('unit', unit.value.trim())
    return (await ask(`/road-graphs?${asked}`, { method: 'POST', body: chosen })).data
  }
  return el('section', { class: 'card', 'data-testid': 'roads-import' }, el('h2', {}, t('places.import')),
    el('p', { class: 'hint' }, t('places.import_hint')), triedFirst({
      tryIt: t('staff.ledger.trial'), testid: 'roads', send, told,
      confirmIt: (found) => (found.usable ? t('staff.ledger.confirm') : null),
      refused: (error) => (error.details.result ? problems(error.details.result) : null),
      after: async () => { await showKept() },
    }, fields))
}

/** @param {any} found @param {boolean} dryRun @returns {(Node | string)[]} */
function told(found, dryRun) {
  const verdict = !dryRun ? (found.saved ? 'kept' : 'kept_already') : found.usable ? 'usable' : 'unusable'
  return [el('p', { class: found.usable ? 'said' : 'refused', 'data-testid': 'roads-said' },
    [t(`places.${verdict}`), ...found.reasons.map(spoken), ...(found.usable ? [sized(found.check), connected(found.check)] : [])].join(' ')),
  ...problems(found)]
}

/** @param {any} found */
function problems(found) {
  const headings = ['row', 'column', 'value', 'problem'].map((key) => t(`staff.ledger.${key}`))
  return [['errors', `${t('staff.ledger.errors')}(${asNumber(found.error_count)})`], ['notices', t('places.notices')]]
    .filter(([kind]) => found[kind].length)
    .map(([kind, caption]) => table(caption, headings, found[kind].map((/** @type {any} */ one) => [
      one.row === null ? '—' : String(one.row), [one.column, one.header].filter(Boolean).join(' ') || '—', one.value ?? '—', spoken(one)]), `roads-${kind}`))
}

/** @param {any} one */
const spoken = (one) => (lang === 'zh' ? [one.zh, one.what_to_do_zh].filter(Boolean).join(' ') : one.en)
