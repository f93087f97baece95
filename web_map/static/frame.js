// What every page does: say who is signed in, and let them leave.
// @ts-check
import { ask, get } from './api.js'
import { byId, el } from './dom.js'
import { asNumber, word } from './words.js'

const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.menu'))
if (menu) {
  // On a wide screen the menu is a row and stays open, and what is seldom used unfolds on asking; else all is one list.
  const wide = matchMedia('(min-width: 1240px)')
  const more = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.more'))
  const follow = () => {
    menu.open = wide.matches
    if (more) more.open = !wide.matches
  }
  document.addEventListener('click', ({ target }) => { if (more && wide.matches && !more.contains(/** @type {Node} */ (target))) more.open = false })
  wide.addEventListener('change', follow)
  follow()
}

// The other language is the same question: what the address asks goes along.
const language = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-testid=language]'))
language?.addEventListener('click', () => {
  const query = new URLSearchParams(location.search)
  query.set('lang', new URL(language.href).searchParams.get('lang') ?? '')
  language.search = query.toString()
})

if (document.getElementById('sign-out')) {
  get('/session').then(({ account }) => {
    byId('who-name').textContent = `${account.name} · ${account.unit_name}`
  }, () => { byId('who-name').textContent = word('role', document.body.dataset.role) })
  byId('sign-out').addEventListener('click', async () => {
    await ask('/session', { method: 'DELETE' }).catch(() => null)
    location.assign('/login')
  })
}

// How many visits wait stands at the reviewers' door.
const reviewDoor = document.querySelector('[data-testid=nav-review]')
if (reviewDoor) {
  get('/review/counts').then(({ total }) => {
    if (total) reviewDoor.append(' ', el('span', { class: 'count', 'data-testid': 'nav-review-count' }, asNumber(total)))
  }, () => null)
}
