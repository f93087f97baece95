// What approved visits found wrong: a list with the way to the visit, and the same as a file.
// @ts-check
import { ask, inWords } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { asMinute, asNumber, lang, t, word } from '../words.js'
import { pager } from './paging.js'

const KINDS = ['sign_missing', 'wrong_wording', 'report_channel_missing', 'station_gone', 'service_missing']
const SIZE = 100
const asked = new URLSearchParams(location.search)
// Who reviews opens the visit where it was decided; others read it on its station's page.
const mayReview = ['prefecture', 'province'].includes(document.body.dataset.role ?? '')

const kind = select({ name: 'kind' }, [['', t('findings.all_kinds')], .../** @type {[string, string][]} */ (KINDS.map((one) => [one, word('finding_kind', one)]))], asked.get('kind') ?? '')
const open = select({ name: 'open' }, [['true', t('findings.open')], ['false', t('findings.withdrawn')]], asked.get('open') ?? 'true')
const since = el('input', { type: 'date', name: 'since', value: asked.get('since') ?? '', max: document.body.dataset.today ?? '' })
const form = el('form', { class: 'row no-print', action: '/findings', 'data-testid': 'findings-form' }, labelled(t('findings.kind'), kind), labelled(t('findings.which'), open),
  labelled(t('findings.since'), since), el('button', { class: 'main' }, t('review.show')))
const list = el('div', {})

/** What is asked of the server. */
function wish() {
  const told = new URLSearchParams({ open: open.value })
  for (const [name, value] of [['kind', kind.value], ['since', since.value], ['ou', asked.get('ou') ?? '']]) if (name && value) told.set(name, value)
  return told
}

/** @param {number} page @returns {Promise<void>} */
async function show(page) {
  const { data } = await ask(`/findings?${wish()}&page=${page}&page_size=${SIZE}`)
  const headings = [t('figures.station'), ...['kind', 'problem', 'seen_on', 'found_at', 'visit'].map((key) => t(`findings.${key}`))]
  const file = el('p', { class: 'row no-print' }, el('a', { class: 'button', href: `/api/v1/tables/findings?${wish()}&lang=${lang}&format=csv`, download: '', 'data-testid': 'findings-file' }, t('findings.file')))
  list.replaceChildren(data.findings.length ? table(t('findings.count', { n: asNumber(data.count) }), headings, data.findings.map(row), 'findings')
    : el('p', { class: 'said', 'data-testid': 'findings-none' }, t('findings.none')),
    pager({ total: data.count, pages: Math.ceil(data.count / SIZE) }, page, (to) => void trying(() => show(to))), data.findings.length ? file : '')
}

/** @param {any} one */
function row(one) {
  const station = `/stations/${encodeURIComponent(one.station_code)}`
  const visit = mayReview ? `/review?${new URLSearchParams({ visit: one.inspection_id })}` : station
  const found = [asMinute(one.created_at), one.created_by, one.withdrawn_at && t('findings.withdrawn_at', { at: asMinute(one.withdrawn_at) })].filter(Boolean).join(' · ')
  return [el('span', {}, el('a', { href: station }, one.station_name), el('br'), el('small', {}, [one.county, one.township, one.station_code].filter(Boolean).join(' '))),
    word('finding_kind', one.kind), one.problem[lang], asMinute(one.captured_at), found, el('a', { href: visit }, t('findings.visit'))]
}

/** @param {() => Promise<void>} act */
async function trying(act) {
  try {
    await act()
  } catch (error) {
    list.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)))
  }
}

byId('body').replaceChildren(form, list)
void trying(() => show(1))
