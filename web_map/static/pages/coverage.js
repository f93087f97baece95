// Coverage of a unit on a day: which villages are covered, what others lack, how logistics agree, how soon parcels come.
// @ts-check
import { get } from '../api.js'
import { byId, el } from '../dom.js'
import { t } from '../words.js'
import { beside, printIt } from './beside.js'
import { alignment } from './coverage_alignment.js'
import { form, question } from './coverage_asking.js'
import { delivery } from './coverage_delivery.js'
import { access, funnel, headline, near, paper, sure } from './coverage_funnel.js'
import { gaps } from './coverage_gaps.js'
import { countedBy, notes } from './coverage_said.js'
import { redundant, single, units, wayUp } from './coverage_stations.js'
import { loading, refused } from './planning_said.js'

/** A part that asks for itself. @param {string} testid @param {string} title @param {() => Promise<Node[]>} make */
function part(testid, title, make) {
  const inside = el('div', {}, loading())
  make().then((made) => inside.replaceChildren(...made), (error) => inside.replaceChildren(refused(error)))
  return el('section', { 'data-testid': testid }, el('h2', {}, t(title)), inside)
}

async function show() {
  const answer = await get(`/coverage?${question}`)
  const { frame } = answer
  // Without a village every share is of nothing: the notes say why, and no empty table is drawn.
  const counted = answer.villages ? [headline(answer), beside(frame, 'frame'), countedBy(frame), funnel(answer), paper(answer), ...gaps(answer),
    el('div', { class: 'two' }, sure(answer), near(answer)), access(answer), single(answer), redundant(answer), units(answer)] : [beside(frame, 'frame'), countedBy(frame)]
  byId('body').replaceChildren(
    el('div', { class: 'bar' }, el('h2', { 'data-testid': 'unit' }, frame.unit.name), wayUp(frame.unit) ?? '', el('span', { class: 'end' }, printIt())),
    form(frame), notes(frame), ...counted,
    part('alignment', 'align.title', async () => alignment(await get(`/alignment?${question}`))),
    part('delivery', 'deliver.title', delivery))
}

show().catch((error) => byId('body').replaceChildren(form(null), refused(error)))
