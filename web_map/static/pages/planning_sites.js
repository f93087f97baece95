// Siting studies: asked for, waited for, and the answer with how far it can be from the best.
// @ts-check
import { ask, get } from '../api.js'
import { el, labelled, select } from '../dom.js'
import { asMinute, asNumber, asPercent, listed, t, word } from '../words.js'
import { beside, how } from './beside.js'
import { distance, loading, number, refused } from './planning_said.js'
import { sortable } from './sorting.js'

const LOOK_AGAIN_MS = 1500

/** @param {string} ou */
export function sitesSection(ou) {
  const list = el('div', {}, loading())
  const one = el('div', { 'aria-live': 'polite', tabindex: -1, class: 'opened' })
  let open = 0

  async function draw() {
    try {
      const found = await get(`/siting-studies?${new URLSearchParams({ ou })}`)
      list.replaceChildren(found.permissions.may_ask ? form(send) : el('span'), studies(found.studies, (id) => void show(id)))
    } catch (error) {
      list.replaceChildren(refused(error))
    }
  }

  /** @param {Record<string, unknown>} wish */
  async function send(wish) {
    one.replaceChildren(loading())
    try {
      const { data } = await ask('/siting-studies', { method: 'POST', json: { ou, ...wish } })
      await draw()
      await show(data.id)
    } catch (error) {
      one.replaceChildren(refused(error))
    }
  }

  /** Shows a study, and looks again while it is being computed. @param {number} id */
  async function show(id) {
    open = id
    try {
      const found = await get(`/siting-studies/${id}`)
      if (open !== id) return
      if (found.state === 'waiting') {
        one.replaceChildren(el('p', { class: 'said', role: 'status', 'data-testid': 'study-waiting' }, t('planning.waiting')))
        setTimeout(() => { if (open === id) void show(id) }, LOOK_AGAIN_MS)
        return
      }
      one.replaceChildren(...answer(found))
      void draw()
    } catch (error) {
      one.replaceChildren(refused(error))
    }
  }

  void draw()
  return el('section', { 'data-testid': 'sites' }, el('h2', {}, t('planning.sites')), list, one)
}

/** @param {(wish: Record<string, unknown>) => Promise<void>} send */
function form(send) {
  const k = el('input', { type: 'number', min: 1, max: 500, value: 10, required: true, 'data-testid': 'site-k' })
  const radius = el('input', { type: 'number', min: 100, max: 50000, step: 100, value: 3000, required: true, 'data-testid': 'site-radius' })
  const minutes = el('input', { type: 'number', min: 1, max: 240, value: 10, required: true })
  const [metresField, minutesField] = [labelled(t('planning.radius_m'), radius), labelled(t('planning.radius_min'), minutes)]
  minutesField.hidden = true
  const along = select({ 'data-testid': 'site-distance', onchange: () => {
    metresField.hidden = along.value === 'road'
    minutesField.hidden = along.value !== 'road'
  } }, [['great_circle', t('distance.great_circle')], ['road', t('distance.road')]])
  const poor = el('input', { type: 'number', min: 1, max: 100, step: 0.5, value: 2, required: true })
  const weigh = select({}, [['villages', t('siting_weight.villages')], ['people', t('siting_weight.people')]])
  const from = select({ 'data-testid': 'site-from' }, [['hosts', t('siting_candidates.hosts')], ['all_villages', t('siting_candidates.all_villages')]])
  const exact = el('input', { type: 'checkbox', 'data-testid': 'site-exact' })
  const made = el('form', { class: 'row no-print' }, labelled(t('planning.k'), k), labelled(t('planning.distance'), along), metresField, minutesField, labelled(t('planning.poor_weight'), poor),
    labelled(t('planning.weigh'), weigh), labelled(t('planning.candidates'), from), el('label', { class: 'check' }, exact, ` ${t('planning.exact')}`),
    el('button', { class: 'main', 'data-testid': 'site-ask' }, t('planning.ask')))
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    const reach = along.value === 'road' ? { radius_min: Number(minutes.value) } : { radius_m: Number(radius.value) }
    void send({ k: Number(k.value), distance: along.value, ...reach, poor_weight: Number(poor.value), weigh: weigh.value, candidates: from.value, exact: exact.checked })
  })
  return made
}

/** @param {any[]} rows @param {(id: number) => void} open */
function studies(rows, open) {
  if (!rows.length) return el('p', { class: 'hint', 'data-testid': 'no-studies' }, t('planning.no_studies'))
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'asked_at', heading: t('planning.asked_at'), fixed: true, cell: (row) => asMinute(row.asked_at) },
    { key: 'asked', heading: t('planning.parameters'), fixed: true, cell: (row) => t('planning.asked', { k: row.parameters.k ?? '—',
      radius: distance(row.parameters.radius ?? null, row.parameters.distance === 'road' ? 'min' : 'm') }) },
    { key: 'state', heading: t('planning.state'), fixed: true, cell: (row) => word('study_state', row.state) },
    { key: 'open', heading: t('planning.open'), fixed: true, cell: (row) => el('button', { type: 'button', class: 'small no-print', 'data-testid': `study-${row.id}`,
      'aria-label': t('planning.open_one', { id: row.id }), onclick: () => open(row.id) }, t('planning.open')) }]
  return sortable(t('planning.studies'), columns, rows, 'studies')
}

/** @param {any} found */
function answer(found) {
  const title = el('h3', {}, t('planning.answer', { id: found.id }))
  const said = found.answer
  if (!said) return [title, el('p', { class: 'refused', role: 'alert' }, found.refused ? found.refused[document.body.dataset.lang === 'en' ? 'en' : 'zh'] : word('study_state', found.state))]
  const best = said.proofs.at(-1)
  const from = word('siting_candidates', said.candidates_from)
  return [title, el('div', { class: 'numbers' },
    number('site-reached', t('planning.reached'), t('planning.before_after', { before: asNumber(said.covered_before), after: asNumber(said.covered_after) }), t('planning.of', { n: asNumber(said.villages) })),
    number('site-reached-poor', t('planning.reached_poor'), t('planning.before_after', { before: asNumber(said.poor_before), after: asNumber(said.poor_after) }), t('planning.of', { n: asNumber(said.poor) })),
    number('site-gap', t('planning.gap'), best.is_proven ? t('planning.proven') : asPercent(best.gap),
      t('planning.gap_said', { method: word('siting_method', best.method), bound: asNumber(Math.round(best.bound * 10) / 10) }), ' ', how('siting'))),
  el('p', { class: 'hint' }, t('planning.candidates_said', { n: asNumber(said.candidates), from, existing: asNumber(said.existing) })),
  beside(said.frame, 'site-frame'),
  said.sites.length ? sites(said) : el('p', { class: 'said' }, t('planning.no_sites')), least(said),
  said.unreachable_count ? el('p', { class: 'note', 'data-testid': 'unreachable' }, t('planning.unreachable', { n: asNumber(said.unreachable_count),
    names: listed(said.unreachable.slice(0, 20).map((/** @type {any} */ one) => one.name)) })) : el('span')]
}

/** @param {any} said */
function sites(said) {
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'rank', heading: t('planning.rank'), isFigure: true, value: (row) => row.rank, cell: (row) => asNumber(row.rank) },
    { key: 'name', heading: t('planning.village'), cell: (row) => el('span', {}, row.name, ' ', el('small', { class: 'quiet' }, row.code)) },
    { key: 'host', heading: t('planning.host'), cell: (row) => word('siting_host', row.host) },
    { key: 'villages', heading: t('planning.new_villages'), isFigure: true, value: (row) => row.villages, cell: (row) => asNumber(row.villages) },
    { key: 'poor', heading: t('planning.new_poor'), isFigure: true, value: (row) => row.poor_villages, cell: (row) => asNumber(row.poor_villages) },
    { key: 'people', heading: t('planning.people'), isFigure: true, value: (row) => row.people, cell: (row) => asNumber(row.people) },
    { key: 'supply', heading: t('planning.supply'), value: (row) => row.supply?.distance ?? null,
      cell: (row) => (row.supply ? `${row.supply.name} ${distance(row.supply.distance, said.unit)}` : '—') }]
  return sortable(t('planning.sites'), columns, said.sites, 'site-table')
}

/** @param {any} said */
function least(said) {
  /** @param {any} row */
  const many = (row) => {
    if (row.stations === null) return t('planning.never')
    return row.is_proven ? asNumber(row.stations) : `${asNumber(row.stations)} (${t('planning.at_least', { n: asNumber(row.bound ?? 0) })})`
  }
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'share', heading: t('planning.share'), fixed: true, cell: (row) => asPercent(row.share) },
    { key: 'stations', heading: t('planning.stations'), isFigure: true, fixed: true, cell: many }]
  return el('div', {}, sortable(t('planning.least'), columns, said.least, 'least'), el('p', { class: 'hint' }, how('lscp_min')))
}
