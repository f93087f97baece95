// The days on which something changed, as steps of a slider: drag it, or use the arrow keys; each step is an as-of day.
// @ts-check
import { get, inWords } from '../../api.js'
import { byId, el } from '../../dom.js'
import { asNumber, t, word } from '../../words.js'

const WAIT_MS = 150 // a hand on the slider passes many days
const today = document.body.dataset.today ?? ''

/** @typedef {{day: string, changes: number, counts: Record<string, number>}} Step */

/** @param {{unit: () => string, day: () => string, query: () => URLSearchParams, setDay: (day: string) => void}} filters */
export function makeDays(filters) {
  const frame = /** @type {HTMLDetailsElement} */ (byId('days'))
  const slider = /** @type {HTMLInputElement} */ (byId('day-slider'))
  const said = byId('day-said')
  /** @type {Step[]} */
  let steps = []
  let loadedFor = ''
  let timer = 0
  frame.hidden = false

  async function load() {
    if (!frame.open || loadedFor === filters.unit()) return
    loadedFor = filters.unit()
    try {
      const { days } = await get(`/maps/days.json?unit=${encodeURIComponent(filters.unit())}`)
      steps = days
      if (steps[steps.length - 1]?.day !== today) steps.push({ day: today, changes: 0, counts: {} })
      slider.max = String(steps.length - 1)
      slider.disabled = steps.length < 2
      byId('day-ticks').replaceChildren(...steps.map((_, index) => el('option', { value: index })))
      follow()
    } catch (error) {
      loadedFor = ''
      said.textContent = inWords(error)
    }
  }

  /** Show the day on the slider: the last step not after it. */
  function follow() {
    if (loadedFor !== filters.unit()) return void load()
    if (!steps.length) return
    const day = filters.day()
    slider.value = String(Math.max(0, steps.filter((one) => one.day <= day).length - 1))
    tell()
  }

  function tell() {
    const { day, changes, counts } = steps[Number(slider.value)]
    const parts = Object.entries(counts).map(([state, n]) => `${word('vitality', state)} ${asNumber(n)}`)
    const line = changes ? t('map.day_changes', { day, n: asNumber(changes), parts: parts.join(' · ') }) : t('map.day_quiet', { day })
    said.textContent = line
    slider.setAttribute('aria-valuetext', line)
  }

  /** @param {number} by */
  function step(by) {
    slider.value = String(Number(slider.value) + by)
    chosen()
  }

  function chosen() {
    tell()
    clearTimeout(timer)
    timer = window.setTimeout(() => filters.setDay(steps[Number(slider.value)].day), WAIT_MS)
  }

  slider.addEventListener('input', chosen)
  byId('day-before').addEventListener('click', () => step(-1))
  byId('day-after').addEventListener('click', () => step(1))
  byId('compare').addEventListener('click', () => {
    const query = filters.query()
    const earlier = steps.length > 1 ? steps[0].day : today
    query.set('a', query.get('as_of') ?? earlier)
    query.set('b', today)
    query.delete('as_of')
    location.assign(`/maps/compare?${query}`)
  })
  frame.addEventListener('toggle', () => void load())
  if (filters.day() !== today) frame.open = true
  return { follow }
}
