// Visits that wait for a reviewer, one at a time: the keyboard alone suffices, and what comes next is here already.
// @ts-check
import { get, inWords } from '../../api.js'
import { byId, el } from '../../dom.js'
import { t } from '../../words.js'
import { actionBar, showHelp } from './bar.js'
import { askReopen, askReturn, askSign } from './deeds.js'
import { filterForm, headline } from './filters.js'
import { listenForKeys } from './keys.js'
import { Queue } from './queue.js'
import { visitView } from './view.js'

const asked = new URLSearchParams(location.search)
const wish = new URLSearchParams([...asked].filter(([name, value]) => ['ou', 'reason'].includes(name) && value))
const queue = new Queue(wish)
const said = el('div', { class: 'review-said', role: 'status', 'data-testid': 'review-said' })
const troubles = el('div', { role: 'alert', 'data-testid': 'review-troubles' })
const head = el('div', { class: 'review-top' })
const stage = el('div', { class: 'review-stage' })
let at = -1
/** What was approved here and can be taken back, the newest last. @type {{id: string, name: string, done: Promise<any>}[]} */
const approved = []
// What the server has not answered yet; leaving now would lose it.
let waiting = 0

/** Show a place of the queue. @param {number} to @param {KeyboardEvent | MouseEvent} [event] what asked for it @returns {Promise<void>} */
async function show(to, event) {
  const line = queue.lines[to]
  if (!line) {
    await showEnd()
    return
  }
  at = to
  const held = queue.ready.get(line.id)
  if (held) {
    paint(held, 'memory')
    // How long it took from the key to the picture: read by the benchmark, sent nowhere.
    if (event) requestAnimationFrame(() => setTimeout(() => performance.measure('review-next', { start: event.timeStamp, end: performance.now() })))
  } else {
    stage.replaceChildren(el('p', { class: 'hint' }, t('map.loading')))
    try {
      const ready = await queue.fetch(line.id)
      // Somebody may have gone on meanwhile.
      if (queue.lines[at] === line) paint(ready, 'line')
    } catch (error) {
      stage.replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error)), bar(null))
    }
  }
  queue.ahead(to)
}

/** @param {import('./queue.js').Ready} ready @param {string} from */
function paint(ready, from) {
  const place = t('review.place_in_queue', { n: at + 1 })
  const view = visitView(ready, { place, from })
  stage.replaceChildren(view, bar(ready.item))
  document.title = `${ready.item.station.name} · ${t('review.title')}`
  const address = new URLSearchParams(wish)
  address.set('visit', ready.item.visit.id)
  history.replaceState(null, '', `/review?${address}`)
  view.focus({ preventScroll: true })
  scrollTo(0, 0)
}

/** @param {any} item */
const bar = (item) => actionBar(item, { approve, giveBack, correct, undo, next, previous, help: showHelp, mayUndo: approved.length > 0 || Boolean(item?.permissions.may_reopen) })

/** Nothing known is behind the last one: ask for more, then for what was passed over. @returns {Promise<void>} */
async function showEnd() {
  await queue.more().catch(() => null)
  const behind = queue.lines.findIndex((line, n) => n > at && !line.done)
  const left = behind < 0 ? queue.lines.findIndex((line) => !line.done) : behind
  if (left >= 0) {
    await show(left)
    return
  }
  at = queue.lines.length
  stage.replaceChildren(el('div', { class: 'card', 'data-testid': 'review-empty' }, el('h2', {}, t('review.empty')), el('p', { class: 'hint' }, t('review.empty_hint')),
    el('p', { class: 'row' }, el('a', { class: 'button', href: `/review?${wish}` }, t('review.look_again')))), bar(null))
}

const here = () => {
  const line = queue.lines[at]
  return line ? queue.ready.get(line.id)?.item ?? null : null
}

/** @param {KeyboardEvent | MouseEvent} [event] */
function next(event) {
  const to = queue.lines.findIndex((line, n) => n > at && !line.done)
  void (to < 0 ? showEnd() : show(to, event))
}

/** @param {KeyboardEvent | MouseEvent} [event] */
function previous(event) {
  if (at > 0) void show(at - 1, event)
}

/** @param {string} text */
function say(text) {
  said.replaceChildren(text ? el('p', { class: 'said' }, text) : '')
}

/** Say that a deed is not allowed now. @param {any} item @param {string} permission */
function mayNot(item, permission) {
  if (!item || item.permissions[permission]) return !item
  say(t(item.permissions.is_own ? 'review.is_own' : 'review.no_deed'))
  return true
}

/**
 * Send a decision and go on at once; whoever is told later that it was not done reads so, with the way back.
 * @param {any} item @param {string} deed @param {any} json @param {KeyboardEvent | MouseEvent} [event]
 */
function decide(item, deed, json, event) {
  const line = queue.lines[at]
  const name = item.station.name
  if (line) line.done = deed
  queue.ready.delete(item.visit.id)
  waiting += 1
  const done = queue.tell(item, deed, json)
  done.then(() => tellCounts(), (error) => {
    if (line) delete line.done
    const place = queue.lines.findIndex((one) => one.id === item.visit.id)
    troubles.append(el('p', { class: 'refused' }, `${t('review.not_saved', { name })} ${inWords(error)} `,
      el('button', { type: 'button', class: 'small', onclick: () => { troubles.replaceChildren(); void show(place) } }, t('review.go_back'))))
  }).finally(() => { waiting -= 1 })
  next(event)
  return done
}

/** @param {KeyboardEvent | MouseEvent} [event] */
function approve(event) {
  const item = here()
  if (mayNot(item, 'may_approve')) return
  const name = item.station.name
  const done = decide(item, 'approve', {}, event)
  const entry = { id: item.visit.id, name, done }
  approved.push(entry)
  done.catch(() => approved.splice(approved.indexOf(entry), 1))
  say(t('review.approved_said', { name }))
}

async function giveBack() {
  const item = here()
  if (mayNot(item, 'may_return')) return
  const told = await askReturn(item)
  if (told === null || here() !== item) return
  decide(item, 'return', told).catch(() => null)
  say(t('review.returned_said', { name: item.station.name }))
}

async function correct() {
  const item = here()
  if (mayNot(item, 'may_correct_sign')) return
  const told = await askSign(item)
  if (told === null) return
  try {
    await takeUp(await queue.tell(item, 'sign', told), t('review.corrected_said'))
  } catch (error) {
    await refused(item, error)
  }
}

/** Take back the approval of the visit that is shown, else the last one given here; one not given here needs a reason. */
async function undo() {
  const shown = here()
  const last = shown?.permissions.may_reopen ? { id: shown.visit.id, name: shown.station.name, done: Promise.resolve(shown) } : approved.pop()
  if (!last) {
    say(t('review.nothing_to_undo'))
    return
  }
  const told = shown?.permissions.may_reopen && !(await isOurs(shown)) ? await askReopen() : { why: t('review.undo_why') }
  if (told === null || (shown && here() !== shown)) return
  try {
    const item = await last.done
    const opened = await queue.tell(item, 'reopen', told)
    approved.splice(0, approved.length, ...approved.filter((one) => one.id !== last.id))
    at = queue.lines.findIndex((line) => line.id === last.id)
    const line = queue.lines[at]
    if (line) delete line.done
    await takeUp(opened, t('review.undone_said'))
  } catch (error) {
    troubles.append(el('p', { class: 'refused' }, `${t('review.not_saved', { name: last.name })} ${inWords(error)}`))
  }
}

/** Tell whether the approval that is shown is one given here, and no later one. @param {any} shown */
async function isOurs(shown) {
  const given = await Promise.all(approved.filter((one) => one.id === shown.visit.id).map((one) => one.done.catch(() => null)))
  return given.some((item) => item?.visit.revision === shown.visit.revision)
}

/** Show a visit as the server now has it. @param {any} item @param {string} text */
async function takeUp(item, text) {
  const ready = await queue.keep(item)
  paint(ready, 'memory')
  say(text)
  tellCounts()
}

/** Somebody else was quicker: say so, and show what there is now. @param {any} item @param {unknown} error */
async function refused(item, error) {
  troubles.replaceChildren(el('p', { class: 'refused' }, `${t('review.not_saved', { name: item.station.name })} ${inWords(error)}`))
  queue.ready.delete(item.visit.id)
  await show(at)
}

function tellCounts() {
  get(`/review/counts?${new URLSearchParams([...wish].filter(([name]) => name === 'ou'))}`).then((counts) => head.replaceChildren(headline(counts)), () => null)
}

function nextPhoto() {
  stage.querySelector('[data-testid=review-photo]')?.dispatchEvent(new Event('next-photo'))
}

async function start() {
  tellCounts()
  const body = byId('body')
  const [filters] = await Promise.all([filterForm(wish), queue.more()])
  body.replaceChildren(el('div', { class: 'review-tools' }, head, filters), said, troubles, stage)
  const first = asked.get('visit')
  if (first) queue.putFirst(first)
  listenForKeys({ a: approve, r: () => void giveBack(), s: () => void correct(), z: () => void undo(), j: next, k: previous, arrowright: next, arrowleft: previous,
    p: nextPhoto, '?': showHelp })
  addEventListener('beforeunload', (event) => { if (waiting) event.preventDefault() })
  await show(0)
}

start().catch((error) => byId('body').replaceChildren(el('p', { class: 'refused', role: 'alert' }, inWords(error))))
