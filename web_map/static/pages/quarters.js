// The quarters on file: frozen once, read as they were published, and what they would say today, station by station.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { el } from '../dom.js'
import { asMinute, asNumber, asPercent, lang, listed, t, word } from '../words.js'
import { how } from './beside.js'
import { sortable } from './sorting.js'

const COUNTS = ['built', 'listed', 'alive', 'known_dead', 'unsure']
// More facts than these say no more to a reader.
const MOST_FACTS = 3

/** «2026Q3» as people say it. @param {string} quarter */
const named = (quarter) => t('quarters.named', { year: quarter.slice(0, 4), quarter: quarter.slice(5) })

/** The newest quarter that is over. @param {string} today */
function lastEnded(today) {
  const ended = Math.ceil(Number(today.slice(5, 7)) / 3) - 1
  return ended ? `${today.slice(0, 4)}Q${ended}` : `${Number(today.slice(0, 4)) - 1}Q4`
}

/** @param {string} quarter */
const lastDay = (quarter) => `${quarter.slice(0, 4)}-${['03-31', '06-30', '09-30', '12-31'][Number(quarter.slice(5)) - 1]}`

/** @param {number} n */
const signed = (n) => (n < 0 ? `− ${asNumber(-n)}` : `+ ${asNumber(n)}`)

/** The section of a unit; it fetches and draws itself. @param {string} ou */
export function quartersSection(ou) {
  const news = el('div', { 'aria-live': 'polite' })
  const list = el('div', {}, el('p', { class: 'hint' }, t('map.loading')))
  const one = el('div', { tabindex: -1, class: 'opened' })

  async function draw() {
    try {
      const found = await get(`/snapshots?${new URLSearchParams({ ou })}`)
      list.replaceChildren(onFile(found.snapshots, open), ...freezing(found, frozen))
    } catch (error) {
      list.replaceChildren(refused(error))
    }
  }

  /** @param {any} made */
  async function frozen(made) {
    news.replaceChildren(el('p', { class: 'said', role: 'status', 'data-testid': 'quarter-news' }, t('quarters.frozen', { quarter: named(made.quarter) })))
    one.replaceChildren()
    await draw()
  }

  /** @param {any} row */
  async function open(row) {
    one.replaceChildren(el('p', { class: 'hint' }, t('map.loading')))
    one.focus()
    try {
      const [kept, since] = await Promise.all([get(`/snapshots/${row.id}`), get(`/snapshots/${row.id}/differences`)])
      one.replaceChildren(published(kept, () => one.replaceChildren()), ...differences(since))
    } catch (error) {
      one.replaceChildren(refused(error))
    }
    one.scrollIntoView({ block: 'start' })
  }

  void draw()
  return el('section', { 'data-testid': 'quarters' }, el('h2', {}, t('quarters.title')), el('p', { class: 'hint' }, t('quarters.lead')), news, list, one)
}

/** @param {unknown} error */
const refused = (error) => el('p', { class: 'refused', role: 'alert' }, inWords(error))

/** @param {any[]} snapshots @param {(row: any) => Promise<void>} open */
function onFile(snapshots, open) {
  if (!snapshots.length) return el('p', { class: 'said', 'data-testid': 'no-quarters' }, t('quarters.none'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'quarter', heading: t('quarters.quarter'), fixed: true, cell: (row) => named(row.quarter) },
    { key: 'as_of', heading: t('quarters.as_of'), fixed: true, cell: (row) => row.as_of },
    ...['share_built', 'share_listed', 'unknown_share'].map((name) => ({ key: name, heading: t(`survival.${name}`), isFigure: true, fixed: true, cell: (/** @type {any} */ row) => asPercent(row.headline[name]) })),
    { key: 'taken_at', heading: t('quarters.taken_at'), fixed: true, cell: (row) => asMinute(row.taken_at) },
    { key: 'taken_by', heading: t('quarters.taken_by'), fixed: true, cell: (row) => row.taken_by ?? '—' },
    { key: 'open', heading: t('quarters.open'), fixed: true, cell: (row) => el('button', { type: 'button', class: 'small no-print',
      'aria-label': t('quarters.open_one', { quarter: named(row.quarter) }), 'data-testid': `quarter-${row.quarter}`, onclick: () => void open(row) }, t('quarters.open')) }]
  return sortable(t('quarters.order'), columns, snapshots, 'quarters-on-file')
}

/** The button that puts the last quarter on file, if it is not there yet. @param {any} found @param {(made: any) => Promise<void>} then */
function freezing({ unit, snapshots, permissions }, then) {
  const quarter = lastEnded(document.body.dataset.today ?? '')
  if (!permissions.may_take || snapshots.some((/** @type {any} */ row) => row.quarter === quarter)) return []
  return [el('p', { class: 'row no-print' }, el('button', { type: 'button', 'data-testid': 'freeze', onclick: () => confirmed(unit, quarter, then) },
    t('quarters.freeze', { quarter: named(quarter) })))]
}

/** @param {any} unit @param {string} quarter @param {(made: any) => Promise<void>} then */
function confirmed(unit, quarter, then) {
  const wrong = el('div', { 'aria-live': 'polite' })
  const dialog = el('dialog', { 'aria-labelledby': 'freeze-title', 'data-testid': 'freeze-sure' })
  const sure = el('button', { type: 'button', class: 'main', 'data-testid': 'freeze-it', onclick: () => void send() }, t('quarters.freeze_it'))
  async function send() {
    sure.disabled = true
    try {
      const { data } = await ask('/snapshots', { method: 'POST', json: { ou: unit.code, quarter } })
      dialog.close()
      await then(data)
    } catch (error) {
      sure.disabled = false
      wrong.replaceChildren(refused(error))
    }
  }
  dialog.append(el('h2', { id: 'freeze-title' }, t('quarters.freeze', { quarter: named(quarter) })),
    el('p', {}, t('quarters.freeze_sure', { unit: unit.name, day: lastDay(quarter) })), wrong,
    el('div', { class: 'row' }, sure, el('button', { type: 'button', onclick: () => dialog.close() }, t('staff.close'))))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** The quarter as it was published. @param {any} kept @param {() => void} close */
function published(kept, close) {
  const h = kept.published.headline
  /** @param {string} code @param {string} value @param {string | null} below */
  const number = (code, value, below) => el('div', { class: 'number' }, el('span', {}, t(`figure.${code}`)), el('strong', {}, value),
    el('small', {}, below, ' ', how(code)))
  return el('div', { class: 'card', 'data-testid': 'quarter-published' },
    el('div', { class: 'bar' }, el('h3', {}, `${named(kept.quarter)} · ${t('quarters.published')}`),
      el('span', { class: 'end no-print' }, el('button', { type: 'button', class: 'small', onclick: close }, t('quarters.close')))),
    el('p', { class: 'hint' }, [kept.unit.name, `${t('quarters.as_of')} ${kept.as_of}`, `${t('quarters.taken_at')} ${asMinute(kept.taken_at)}`, kept.taken_by].filter(Boolean).join(' · ')),
    el('div', { class: 'numbers' },
      number('survival_share_built', asPercent(h.share_built), t('survival.of_built', { alive: asNumber(h.alive), built: asNumber(h.built) })),
      number('survival_share_listed', asPercent(h.share_listed), t('survival.of_listed', { alive: asNumber(h.alive), listed: asNumber(h.listed) })),
      number('unknown_share', asPercent(h.unknown_share), t('survival.unknown_said', { unsure: asNumber(h.unsure) })),
      number('survival_bounds', h.low === null ? '—' : `${asPercent(h.low)} – ${asPercent(h.high)}`, t('survival.bounds_said'))))
}

/** What it would say today: the sums, then each station that is counted otherwise. @param {any} since */
function differences(since) {
  const { now, sums, stations } = since
  const rule = since.rule_version_published === since.frame.rule_version ? t('quarters.rule', { rule: since.frame.rule_version })
    : t('quarters.rule_then', { then: since.rule_version_published, now: since.frame.rule_version })
  return [el('div', { class: 'card', 'data-testid': 'quarter-sums' }, el('h3', {}, t('quarters.sums')),
    el('dl', { class: 'facts' }, ...COUNTS.flatMap((name) => [el('dt', {}, t(`survival.${name}`)), el('dd', { 'data-testid': `sum-${name}` },
      t('quarters.sum', { published: asNumber(sums[name].published), difference: signed(sums[name].difference), now: asNumber(sums[name].now) }))])),
    el('p', {}, t('quarters.shares_now', { built: asPercent(now.share_built), listed: asPercent(now.share_listed), unknown: asPercent(now.unknown_share) })),
    el('p', { class: 'hint' }, rule)),
  stations.length ? stationTable(stations) : el('p', { class: 'said', 'data-testid': 'no-differences' }, t('quarters.no_differences'))]
}

/** @param {any[]} stations */
function stationTable(stations) {
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'station', heading: t('figures.station'), cell: (row) => el('a', { href: `/stations/${encodeURIComponent(row.station)}` }, row.station) },
    { key: 'before', heading: t('quarters.before'), fixed: true, cell: (row) => countedAs(row.before) },
    { key: 'after', heading: t('quarters.after'), fixed: true, cell: (row) => countedAs(row.after) },
    { key: 'adds', heading: t('quarters.adds'), fixed: true, cell: (row) => added(row.adds) },
    { key: 'why', heading: t('quarters.why'), fixed: true, cell: (row) => el('ul', { class: 'lines' }, ...row.why.map(cause)) }]
  return sortable(t('quarters.differences'), columns, stations, 'quarter-differences')
}

/** @param {any} told */
const countedAs = (told) => (told === null ? t('quarters.not_counted') : el('span', {}, el('strong', {}, word('vitality', told.vitality)),
  ` · ${word('listing_status', told.listing_status)}`, el('br'), el('small', {}, word('vitality_reason', told.reason))))

/** @param {Record<string, number>} adds */
const added = (adds) => listed(COUNTS.filter((name) => adds[name]).map((name) => `${t(`survival.${name}`)} ${signed(adds[name] ?? 0).replace(' ', '\u00a0')}`)) || t('quarters.adds_nothing')

/** A sentence, and the facts it rests on. @param {any} one */
function cause(one) {
  const facts = one.facts.slice(0, MOST_FACTS).map(fact)
  const more = one.facts.length > MOST_FACTS ? ` ${t('quarters.and_more', { n: asNumber(one.facts.length) })}` : ''
  return el('li', {}, one[lang], facts.length ? el('small', {}, ` (${listed(facts)}${more})`) : null)
}

/** «observation:12», «obligation:2025-11-01/» in words. @param {string} id */
function fact(id) {
  const [kind, rest] = id.split(':')
  return `${word('quarter_fact', kind)} ${(rest ?? '').replace('/', ' – ')}`
}
