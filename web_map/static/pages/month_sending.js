// What comes and goes by itself: automatic feeds of a county, and the reminders of a month.
// @ts-check
import { ask, get, inWords } from '../api.js'
import { el, labelled, table } from '../dom.js'
import { asMinute, asNumber, listed, t, word } from '../words.js'
import { deed } from './month_around.js'
import { askPage, pager } from './paging.js'

/** @param {unknown} error */
const refused = (error) => el('p', { class: 'refused', role: 'alert' }, inWords(error))

/** The feeds of a county: who sends, what waits, a new one, and an end to one. @param {string} county */
export function feedsCard(county) {
  const list = el('div')
  const below = el('div', { tabindex: -1, class: 'opened', 'aria-live': 'polite' })

  async function draw() {
    try {
      const { feeds } = await get('/feeds')
      list.replaceChildren(feeds.length ? feedTable(feeds) : el('p', { class: 'hint', 'data-testid': 'no-feeds' }, t('feeds.none')))
    } catch (error) {
      list.replaceChildren(refused(error))
    }
  }

  /** @param {any[]} feeds */
  function feedTable(feeds) {
    const headings = ['name', 'created', 'last', 'transactions', 'rejected', 'state'].map((name) => t(`feeds.${name}`))
    return table(t('feeds.order'), headings, feeds.map((one) => [one.name, asMinute(one.created_at), asMinute(one.last_received_at), asNumber(one.transactions),
      el('button', { type: 'button', class: 'small', 'data-testid': `rejections-${one.id}`, onclick: () => void rejections(one, 1) }, t('feeds.rejections', { n: asNumber(one.rejected) })),
      one.revoked_at ? t('feeds.revoked', { at: asMinute(one.revoked_at) }) : el('button', { type: 'button', class: 'small danger',
        'aria-label': t('feeds.revoke_one', { name: one.name }), onclick: () => void revoke(one) }, t('feeds.revoke'))]), 'feeds-list')
  }

  /** @param {any} one */
  async function revoke(one) {
    if (!confirm(t('feeds.revoke_sure', { name: one.name }))) return
    try {
      await ask(`/feeds/${encodeURIComponent(one.id)}`, { method: 'DELETE' })
      below.replaceChildren()
      await draw()
    } catch (error) {
      below.replaceChildren(refused(error))
    }
  }

  /** @param {any} one @param {number} page */
  async function rejections(one, page) {
    try {
      const found = await askPage(`/feeds/${encodeURIComponent(one.id)}/rejections`, page)
      const headings = ['received', 'item', 'kind', 'amount', 'reason'].map((name) => t(`feeds.${name}`))
      headings.splice(2, 0, t('figures.station'))
      below.replaceChildren(el('h3', {}, t('feeds.rejections_of', { name: one.name })), ...(found.rows.length
        ? [table(t('feeds.rejections_order'), headings, found.rows.map(rejection), 'rejections'), pager(found, page, (to) => void rejections(one, to))]
        : [el('p', { class: 'said' }, t('feeds.rejections_none'))]))
    } catch (error) {
      below.replaceChildren(refused(error))
    }
    below.focus()
  }

  const name = el('input', { type: 'text', required: true, maxlength: 120, autocomplete: 'off' })
  /** @type {any} */
  let made = null
  const adding = deed([labelled(t('feeds.name'), name)], t('feeds.add'), 'feed-form',
    async () => { made = (await ask('/feeds', { method: 'POST', json: { name: name.value, unit_code: county } })).data },
    async () => {
      name.value = ''
      below.replaceChildren(secretOnce(made))
      below.focus()
      await draw()
    })
  void draw()
  return el('section', { class: 'card no-print', 'data-testid': 'feeds' }, el('h2', {}, t('feeds.title')), el('p', { class: 'hint' }, t('feeds.lead')), list, below, adding)
}

/** One thing that was not taken in; the sender wrote `item`, so any of it may be missing. @param {any} row */
function rejection({ item, code, received_at: at, settled_at: settled }) {
  const said = (/** @type {unknown} */ value) => (value === null || value === undefined || value === '' ? '—' : String(value))
  const amount = item.amount ?? (item.quantity || null)
  const later = settled ? el('small', {}, ` ${t('feeds.settled', { at: asMinute(settled) })}`) : null
  return [asMinute(at), said(item.id), said(item.station), word('transaction_kind', item.kind), said(amount), el('span', {}, word('refusal', code), later)]
}

/** The secret, shown this once. @param {any} made */
function secretOnce(made) {
  const secret = el('input', { type: 'text', readonly: true, value: made.secret, 'data-testid': 'feed-secret' })
  const said = el('span', { class: 'hint', role: 'status' })
  async function copy() {
    secret.select()
    try {
      await navigator.clipboard.writeText(made.secret)
      said.textContent = t('feeds.copied')
    } catch {
      // Without HTTPS a browser has no clipboard for pages, and a person may refuse it.
      said.textContent = t('feeds.copy_by_hand')
    }
  }
  return el('div', { class: 'note', 'data-testid': 'feed-made' }, el('h3', {}, t('feeds.secret_of', { name: made.name })), el('p', {}, t('feeds.secret_once')),
    el('p', {}, `${t('feeds.id')}: `, el('code', {}, made.id)), labelled(t('feeds.secret'), secret),
    el('p', { class: 'row' }, el('button', { type: 'button', 'data-testid': 'copy-secret', onclick: () => void copy() }, t('feeds.copy')), said))
}

/** How many were reminded of the month, and where the office's list goes. @param {string} county @param {string} period */
export function remindersCard(county, period) {
  const body = el('div')
  const news = el('div', { 'aria-live': 'polite' })
  const ou = new URLSearchParams({ ou: county })

  async function draw() {
    try {
      const [sent, box] = await Promise.all([get(`/reminders?${ou}&period=${period}&page_size=1`), get(`/reminders/mailbox?${ou}`)])
      const kinds = Object.entries(sent.frame.sources).map(([kind, n]) => `${word('reminder_kind', kind)} ${asNumber(n)}`)
      body.replaceChildren(el('p', { 'data-testid': 'reminded' }, sent.count ? t('reminders.count', { n: asNumber(sent.count), kinds: listed(kinds) }) : t('reminders.none')),
        box.permissions.may_edit ? editing(box) : el('p', {}, box.address ? t('reminders.goes_to', { address: box.address }) : t('reminders.no_mailbox')))
    } catch (error) {
      body.replaceChildren(refused(error))
    }
  }

  /** @param {any} box */
  function editing(box) {
    const address = el('input', { type: 'email', maxlength: 254, value: box.address ?? '', autocomplete: 'off', 'data-testid': 'mailbox' })
    const told = () => address.value.trim() || null
    return deed([labelled(t('reminders.mailbox'), address)], t('reminders.save'), 'mailbox-form',
      () => ask(`/reminders/mailbox?${ou}`, { method: 'PUT', json: { address: told() } }),
      async () => {
        const now = told()
        await draw()
        news.replaceChildren(el('p', { class: 'said', role: 'status' }, now ? t('reminders.saved', { address: now }) : t('reminders.cleared')))
      })
  }

  void draw()
  return el('section', { class: 'card no-print', 'data-testid': 'reminders' }, el('h2', {}, t('reminders.title')), body, news)
}
