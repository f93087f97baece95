// Coordinates by county in words and figures, one button to mend a fault (tried first), what was mended, and the roads.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { byId, el, table } from '../dom.js'
import { asMinute, asNumber, asPercent, lang, t, word } from '../words.js'
import { roadSections } from './places_roads.js'
import { triedFirst } from './tried_first.js'

const checks = el('section', { 'data-testid': 'datum-checks' })
const done = el('p', { class: 'said', hidden: true, tabindex: -1, 'aria-live': 'polite', 'data-testid': 'datum-done' })
const repairs = el('section', { class: 'card' })
/** @param {{zh: string, en: string}} said */
const spoken = (said) => (lang === 'zh' ? said.zh : said.en)
/** @param {number | null} metres */
const metres = (metres) => (metres === null ? '—' : asNumber(metres))

async function showAll() {
  const [found, made] = await Promise.all([get('/datum-checks'), get('/datum-repairs')])
  const faulty = found.counties.filter((/** @type {any} */ one) => one.findings.length)
  const rest = found.counties.filter((/** @type {any} */ one) => !one.findings.length)
  checks.replaceChildren(el('h2', {}, t('places.check')),
    el('p', { 'data-testid': 'datum-summary' }, t('places.checked', {
      stations: asNumber(found.stations), compared: asNumber(found.compared), faulty: asNumber(found.faulty) })),
    ...faulty.map((/** @type {any} */ one) => countyCard(one, found.permissions.may_repair)),
    ...(rest.length ? [table(t('places.counties'), ['county', 'compared', 'verdict', 'said'].map((key) => t(`places.${key}`)),
      rest.map((/** @type {any} */ one) => [one.name, `${asNumber(one.compared)} / ${asNumber(one.stations)}`,
        word('datum_verdict', one.verdict), spoken(one)]), 'datum-counties')] : []))
  showRepairs(made)
}

/** @param {any} county @param {boolean} mayRepair */
function countyCard(county, mayRepair) {
  return el('article', { class: 'card', 'data-testid': `datum-${county.code}` }, el('h3', {}, county.name),
    ...county.findings.map((/** @type {any} */ one) => el('div', {}, el('p', { class: 'note' }, spoken(one)), figures(one),
      one.must_be_named || !mayRepair ? suspects(one) : null, mayRepair ? mending(county, one) : null)))
}

/** @param {any} finding */
function figures(finding) {
  const told = finding.figures
  if (!told) return null
  const facts = [[t('places.fault'), word('datum_fault', finding.fault)],
    [t('places.projection'), (told.projections[finding.truth] ?? 0).toFixed(2)],
    [t('places.error'), (told.errors[finding.truth] ?? 0).toFixed(2)], [t('places.shift'), asNumber(told.shift_m)],
    [t('places.compared'), asNumber(told.stations)], [t('places.needed'), asNumber(told.needed)]]
  return el('dl', { class: 'facts' }, ...facts.flatMap(([term, said]) => [el('dt', {}, term), el('dd', {}, said)]))
}

/** Stations that only a person can tell apart, each with its box. @param {any} finding */
function suspects(finding) {
  const headings = ['station', 'before', 'suspicion'].map((key) => t(`places.${key}`))
  return table(t('places.choose'), headings, finding.named.map((/** @type {any} */ one) => [
    finding.must_be_named ? el('label', { class: 'check' }, el('input', { type: 'checkbox', value: one.code }), `${one.code} ${one.name}`)
      : `${one.code} ${one.name}`,
    metres(one.from_village_m), one.suspicion === null ? '—' : asPercent(one.suspicion)]), 'datum-suspects')
}

/** @param {any} county @param {any} finding */
function mending(county, finding) {
  if (!finding.can_be_mended) return el('p', {}, el('a', { href: '/network' }, t('places.import_villages')))
  /** @type {HTMLElement} */
  const deed = triedFirst({
    tryIt: t('places.repair'), testid: `mend-${finding.fault}`,
    send: async (dryRun) => {
      const chosen = [.../** @type {NodeListOf<HTMLInputElement>} */ (deed.parentElement?.querySelectorAll('input:checked') ?? [])].map((box) => box.value)
      if (finding.must_be_named && !chosen.length) throw new Error(t('places.choose_none'))
      const json = { ou: county.code, fault: finding.fault, dry_run: dryRun, ...(finding.must_be_named ? { stations: chosen } : {}) }
      return (await ask('/datum-repairs', { method: 'POST', json })).data
    },
    confirmIt: (found) => t('places.repair_sure', { n: asNumber(found.stations) }),
    told: (found) => found.counties.flatMap((/** @type {any} */ one) => [
      el('p', { class: 'said' }, t('places.would', { n: asNumber(one.stations), nearer: asNumber(one.nearer_their_village) })),
      table(one.name, ['station', 'moved', 'before', 'after'].map((key) => t(`places.${key}`)), one.changes.map((/** @type {any} */ change) => [
        `${change.code} ${change.name}`, metres(change.moved_m), metres(change.from_village_before_m), metres(change.from_village_after_m)]), 'datum-changes')]),
    after: async (found) => {
      await showAll()
      // The card is gone with its fault; what was done is said above.
      done.textContent = t('places.done', { n: asNumber(found.stations) })
      done.hidden = false
      done.focus()
    },
  })
  return deed
}

/** @param {any} made */
function showRepairs(made) {
  const headings = ['when', 'county', 'fault', 'stations', 'by', 'state'].map((key) => t(`places.${key}`))
  const rows = made.repairs.map((/** @type {any} */ one) => [asMinute(one.repaired_at), one.name, word('datum_fault', one.fault),
    asNumber(one.stations), one.repaired_by ?? '—', one.undone_at ? t('places.undone', { when: asMinute(one.undone_at), who: one.undone_by ?? '—' })
      : made.permissions.may_repair ? undoing(one.id) : t('places.in_force')])
  repairs.replaceChildren(el('h2', {}, t('places.repairs')), rows.length ? table(t('places.repairs'), headings, rows, 'datum-repairs')
    : el('p', { class: 'hint' }, t('places.repairs_none')))
}

/** @param {number} id */
function undoing(id) {
  const refused = el('p', { class: 'refused', role: 'alert', hidden: true })
  const button = el('button', { type: 'button', class: 'small', 'data-testid': `undo-${id}`, onclick: async () => {
    try {
      await ask(`/datum-repairs/${id}/undo`, { method: 'POST' })
      await showAll()
    } catch (error) {
      refused.textContent = inWords(error)
      refused.hidden = false
    }
  } }, t('places.undo'))
  return el('div', {}, button, refused)
}

const [roads] = await Promise.all([roadSections(), showAll()])
byId('body').replaceChildren(done, checks, repairs, ...roads)
