// The report channels of one's own unit and of those below it: seen at a glance, changed by whoever is in charge.
// @ts-check
import { ask, get } from '../api.js'
import { byId, el, labelled, select, table } from '../dom.js'
import { t } from '../words.js'
import { tryingInto } from './trying.js'

const said = el('div', { 'aria-live': 'polite', tabindex: -1 })
const trying = tryingInto(said)
const list = el('div', {})
const today = document.body.dataset.today ?? ''

async function show() {
  const { channels } = await get('/report-channels')
  list.replaceChildren(table(t('channel.title'), [t('channel.unit'), t('channel.office'), t('channel.phone'), t('channel.url'), t('channel.valid_from')],
    channels.map(row), 'channels'))
  return channels
}

/** @param {any} one */
function row(one) {
  const unit = `${one.unit_name} · ${t(`channel.level.${one.level}`)}`
  return one.office === null ? [unit, t('channel.none'), '—', '—', '—']
    : [unit, one.office, one.phone ?? '—', one.url ?? '—', one.valid_from]
}

/** @param {any[]} channels */
function form(channels) {
  const unit = select({ 'data-testid': 'channel-unit' }, channels.map((one) => [one.unit_code, one.unit_name]))
  const office = el('input', { required: true, minlength: 2, maxlength: 60, 'data-testid': 'channel-office' })
  const phone = el('input', { type: 'tel', maxlength: 40, 'data-testid': 'channel-phone' })
  const url = el('input', { type: 'url', maxlength: 300, 'data-testid': 'channel-url' })
  const from = el('input', { type: 'date', required: true, value: today, 'data-testid': 'channel-from' })
  const made = el('form', { class: 'card stacked' }, el('h2', {}, t('channel.set')), labelled(t('channel.unit'), unit), labelled(t('channel.office'), office),
    labelled(t('channel.phone'), phone), labelled(t('channel.url'), url), labelled(t('channel.valid_from'), from),
    el('button', { 'data-testid': 'channel-save' }, t('channel.save')))
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    const json = { office: office.value, phone: phone.value || null, url: url.value || null, valid_from: from.value }
    void trying(async () => {
      await ask(`/report-channels/${encodeURIComponent(unit.value)}`, { method: 'PUT', json })
      await show()
      said.replaceChildren(el('p', { class: 'done', 'data-testid': 'channel-saved' }, t('channel.saved')))
    })
  })
  return made
}

await trying(async () => {
  const channels = await show()
  byId('body').replaceChildren(said, list, form(channels))
})
if (!byId('body').contains(said)) byId('body').replaceChildren(said)
