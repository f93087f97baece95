// Coverage runs on file: made, made again, and two of them explained village by village.
// @ts-check
import { ask, get } from '../api.js'
import { el, labelled, select } from '../dom.js'
import { asMinute, asNumber, asPercent, lang, listed, t, word } from '../words.js'
import { loading, refused } from './planning_said.js'
import { sortable } from './sorting.js'

/** @param {string} ou */
export function runsSection(ou) {
  const news = el('div', { 'aria-live': 'polite' })
  const list = el('div', {}, loading())
  const one = el('div', { 'aria-live': 'polite', class: 'opened' })

  async function draw() {
    try {
      const found = await get(`/coverage-runs?${new URLSearchParams({ ou })}`)
      const make = el('p', { class: 'row no-print' }, el('button', { type: 'button', 'data-testid': 'run', onclick: () => void run() }, t('planning.run')))
      list.replaceChildren(found.permissions.may_run ? make : el('span'), runs(found, again), found.runs.length > 1 ? choice(found.runs, compare) : el('span'))
    } catch (error) {
      list.replaceChildren(refused(error))
    }
  }

  async function run() {
    news.replaceChildren(loading())
    await ask('/coverage-runs', { method: 'POST', json: { ou } }).then(() => news.replaceChildren(), (error) => news.replaceChildren(refused(error)))
    await draw()
  }

  /** @param {number} id */
  async function again(id) {
    news.replaceChildren(loading())
    try {
      const { data } = await ask(`/coverage-runs/${id}/again`, { method: 'POST' })
      const what = [...data.tables, ...Object.keys(data.parameters), data.code_version.was === data.code_version.now ? '' : t('planning.code_version')].filter(Boolean)
      news.replaceChildren(el('p', { class: 'said', role: 'status', 'data-testid': 'again' }, t(data.same_figures && data.same_input ? 'planning.again_same' : 'planning.again_other',
        { id, made: data.run.id, what: listed(what) })))
      await draw()
    } catch (error) {
      news.replaceChildren(refused(error))
    }
  }

  /** @param {string} from @param {string} to */
  async function compare(from, to) {
    one.replaceChildren(loading())
    try {
      one.replaceChildren(...differences(await get(`/coverage-runs/${to}/differences?from=${from}`)))
    } catch (error) {
      one.replaceChildren(refused(error))
    }
  }

  void draw()
  return el('section', { 'data-testid': 'runs' }, el('h2', {}, t('planning.runs')), el('p', { class: 'hint' }, t('planning.runs_lead')), news, list, one)
}

/** @param {any} found @param {(id: number) => Promise<void>} again */
function runs(found, again) {
  if (!found.runs.length) return el('p', { class: 'hint', 'data-testid': 'no-runs' }, t('planning.no_runs'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'id', heading: t('planning.run_no'), isFigure: true, fixed: true, cell: (row) => asNumber(row.id) },
    { key: 'as_of', heading: t('planning.as_of'), fixed: true, cell: (row) => row.as_of },
    { key: 'run_at', heading: t('planning.asked_at'), fixed: true, cell: (row) => asMinute(row.run_at) },
    { key: 'base_year', heading: t('planning.base_year'), fixed: true, cell: (row) => String(row.base_year) },
    { key: 'share', heading: t('planning.service_share'), isFigure: true, fixed: true, cell: (row) => asPercent(row.headline.villages ? row.headline.service / row.headline.villages : null) },
    { key: 'code', heading: t('planning.code_version'), fixed: true, cell: (row) => row.code_version },
    { key: 'hash', heading: t('planning.hash'), fixed: true, cell: (row) => el('code', { title: row.input_sha256 }, row.input_sha256.slice(0, 10)) }]
  if (found.permissions.may_run) columns.push({ key: 'again', heading: t('planning.again'), fixed: true, cell: (row) => el('button', { type: 'button', class: 'small no-print',
    'data-testid': `again-${row.id}`, 'aria-label': t('planning.again_one', { id: row.id }), onclick: () => void again(row.id) }, t('planning.again')) })
  return sortable(t('planning.runs'), columns, found.runs, 'run-table')
}

/** @param {any[]} rows @param {(from: string, to: string) => Promise<void>} compare */
function choice(rows, compare) {
  const options = rows.map((row) => /** @type {[string, string]} */ ([String(row.id), `${row.id} · ${row.as_of} · ${asMinute(row.run_at)}`]))
  const from = select({ 'data-testid': 'run-from' }, options, String(rows[1].id))
  const to = select({ 'data-testid': 'run-to' }, options, String(rows[0].id))
  const made = el('form', { class: 'row no-print' }, labelled(t('planning.from'), from), labelled(t('planning.to'), to), el('button', { 'data-testid': 'compare' }, t('planning.compare')))
  made.addEventListener('submit', (event) => { event.preventDefault(); void compare(from.value, to.value) })
  return made
}

/** @param {any} told */
function differences(told) {
  /** @type {import('./sorting.js').Column[]} */
  const stages = [{ key: 'stage', heading: t('planning.stage'), fixed: true, cell: (row) => word('coverage_stage', row.stage) },
    ...[['before', 'before'], ['gained', 'gained'], ['lost', 'lost_stage']].map(([key, said]) => ({ key: String(key), heading: t(`planning.${said}`), isFigure: true, fixed: true,
      cell: (/** @type {any} */ row) => asNumber(row[String(key)]) })),
    { key: 'moved', heading: t('planning.moved'), isFigure: true, fixed: true, cell: (row) => asNumber(row.added - row.removed) },
    { key: 'after', heading: t('planning.after'), isFigure: true, fixed: true, cell: (row) => asNumber(row.after) }]
  /** @type {import('./sorting.js').Column[]} */
  const villages = [
    { key: 'name', heading: t('planning.village'), cell: (row) => el('span', {}, row.name, ' ', el('small', { class: 'quiet' }, [row.code, row.is_poor ? t('planning.poor') : ''].filter(Boolean).join(' · '))) },
    { key: 'change', heading: t('planning.change'), cell: (row) => el('span', {}, word('run_change', row.change), ' ', el('small', {}, listed([...row.gained, ...row.lost].map((one) => word('coverage_stage', one))))) },
    { key: 'why', heading: t('planning.why'), fixed: true, cell: (row) => el('ul', { class: 'lines' }, ...row.causes.map(cause)) }]
  const shown = told.villages.length < told.total ? el('p', { class: 'hint' }, t('planning.shown_of', { shown: asNumber(told.villages.length), n: asNumber(told.total) })) : el('span')
  return [sortable(t('planning.compare'), stages, told.stages, 'run-stages'),
    told.total ? sortable(t('planning.differences'), villages, told.villages, 'run-differences') : el('p', { class: 'said', 'data-testid': 'run-same' }, t('planning.same')), shown]
}

// What the values of a cause are words of.
/** @type {Record<string, string>} */
const WORDS_OF = { station_built: 'vitality', station_left: 'vitality', station_died: 'vitality', station_revived: 'vitality',
  station_in_doubt: 'vitality', station_life: 'vitality', confidence: 'confidence' }

/** @param {any} one */
function cause(one) {
  /** @param {string | null} value */
  const said = (value) => {
    if (!value || value === 'none') return value ? t('planning.no_confidence') : ''
    if (one.code === 'link_services') return listed(value.split(' ').map((service) => word('service', service)))
    return WORDS_OF[one.code] ? word(WORDS_OF[one.code] ?? '', value) : value
  }
  const [was, now] = [said(one.was), said(one.now)]
  const facts = [one.station, was && now ? `${was} → ${now}` : now || was].filter(Boolean)
  return el('li', {}, one[lang], facts.length ? el('small', {}, ` (${facts.join(' ')})`) : null)
}
