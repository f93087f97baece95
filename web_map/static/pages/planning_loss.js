// What delisting any set of stations would cost: chosen by search, tried out, nothing stored.
// @ts-check
import { ask } from '../api.js'
import { el, labelled } from '../dom.js'
import { asNumber, asPercent, listed, t, word } from '../words.js'
import { asked, beside, how } from './beside.js'
import { askPage } from './paging.js'
import { distance, loading, number, refused, yes } from './planning_said.js'
import { sortable } from './sorting.js'

/** The section of a unit; `?remove=` in the address chooses at once. @param {string} ou */
export function lossSection(ou) {
  /** @type {Map<string, string>} */
  const chosen = new Map(asked.getAll('remove').map((code) => [code, code]))
  const text = el('input', { type: 'search', maxlength: 60, 'data-testid': 'loss-search' })
  const hits = el('ul', { class: 'lines', 'aria-live': 'polite' })
  const list = el('div', { 'aria-live': 'polite' })
  const answer = el('div', { 'aria-live': 'polite', class: 'opened' })
  const form = el('form', { class: 'row no-print', role: 'search' }, labelled(t('planning.search'), text), el('button', {}, t('staff.search')))
  form.addEventListener('submit', (event) => { event.preventDefault(); void search() })

  async function search() {
    const q = text.value.trim()
    if (!q) return
    try {
      const { rows } = await askPage(`/stations?${new URLSearchParams({ q, ou })}`, 1, 10)
      hits.replaceChildren(...rows.map((/** @type {any} */ one) => el('li', {}, el('button', { type: 'button', class: 'small', 'data-testid': `add-${one.code}`,
        'aria-label': t('planning.add_one', { name: one.name }), onclick: () => { chosen.set(one.code, one.name); changed() } }, t('planning.add')),
      ` ${one.name} `, el('small', { class: 'quiet' }, `${one.code} · ${word('vitality', one.vitality)}`))))
      if (!rows.length) hits.replaceChildren(el('li', {}, t('staff.none')))
    } catch (error) {
      hits.replaceChildren(el('li', {}, refused(error)))
    }
  }

  /** The choice has changed: what was computed of another goes. */
  function changed() {
    answer.replaceChildren()
    draw()
  }

  function draw() {
    const tags = [...chosen].map(([code, name]) => el('li', {}, name, ' ', el('button', { type: 'button', class: 'plain',
      'aria-label': t('planning.drop_one', { name }), onclick: () => { chosen.delete(code); changed() } }, '×')))
    list.replaceChildren(el('h3', {}, t('planning.chosen')), tags.length ? el('ul', { class: 'lines' }, ...tags) : el('p', { class: 'hint' }, t('planning.none_chosen')),
      el('p', { class: 'row no-print' }, el('button', { type: 'button', class: 'main', disabled: !chosen.size, 'data-testid': 'loss-try', onclick: () => void tryOut() }, t('planning.try'))))
  }

  async function tryOut() {
    answer.replaceChildren(loading())
    try {
      const { data } = await ask('/coverage/what-if', { method: 'POST', json: { ou, remove: [...chosen.keys()] } })
      // Who came by address was known by code only.
      for (const one of data.removed) chosen.set(one.code, one.name)
      draw()
      answer.replaceChildren(...told(data))
    } catch (error) {
      answer.replaceChildren(refused(error))
    }
  }

  draw()
  if (chosen.size) void tryOut()
  return el('section', { 'data-testid': 'loss' }, el('h2', {}, t('planning.loss')), form, hits, list, answer)
}

/** @param {any} data */
function told(data) {
  /** @param {any[]} stages */
  const service = (stages) => stages.find((one) => one.stage === 'service')
  const [all, poor] = [service(data.all), service(data.poor)]
  /** @param {any} one */
  const change = (one) => t('planning.before_after', { before: asPercent(one.before.share), after: asPercent(one.after.share) })
  /** @param {any} one */
  const below = (one) => (one.after.share !== null && one.after.share < data.target.value && one.before.share >= data.target.value
    ? t('planning.below_target', { target: asPercent(data.target.value) }) : null)
  const gone = data.removed.filter((/** @type {any} */ one) => !one.counts)
  return [el('div', { class: 'numbers' },
    number('loss-villages', t('planning.lost'), asNumber(data.lost), how('single_point')),
    number('loss-poor', t('planning.lost_poor'), asNumber(data.lost_poor)),
    number('loss-people', t('planning.lost_people'), asNumber(data.lost_people), t('planning.known_people')),
    number('loss-share', t('planning.service_share'), change(all), below(all), ' ', how('service_coverage')),
    number('loss-poor-share', t('planning.poor_share'), change(poor), below(poor), ' ', how('poor_coverage'))),
  gone.length ? el('p', { class: 'note' }, t('planning.not_alive', { names: listed(gone.map((/** @type {any} */ one) => one.name)) })) : el('span'),
  beside(data.frame, 'loss-frame'),
  data.villages.length ? villages(data) : el('p', { class: 'said', 'data-testid': 'no-loss' }, t('planning.no_loss'))]
}

/** @param {any} data */
function villages(data) {
  /** @type {import('./sorting.js').Column[]} */
  const columns = [
    { key: 'name', heading: t('planning.village'), cell: (row) => el('span', {}, row.name, ' ', el('small', { class: 'quiet' }, row.code)) },
    { key: 'poor', heading: t('planning.poor'), value: (row) => Number(row.is_poor), cell: (row) => yes(row.is_poor) },
    { key: 'people', heading: t('planning.people'), isFigure: true, value: (row) => row.people, cell: (row) => (row.people === null ? '—' : asNumber(row.people)) },
    { key: 'nearest', heading: t('planning.nearest'), value: (row) => row.nearest, cell: (row) => (row.nearest_station === null ? '—'
      : el('span', {}, el('a', { href: `/stations/${encodeURIComponent(row.nearest_station)}` }, row.nearest_station), ` ${distance(row.nearest, data.unit)}`)) }]
  return sortable(t('planning.lost'), columns, data.villages, 'losing-villages')
}
