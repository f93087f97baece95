// What every page does: say who is signed in, and let them leave.
// @ts-check
import { ask, get } from './api.js'
import { byId } from './dom.js'
import { word } from './words.js'

const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.menu'))
if (menu) {
  // On a wide screen the menu is a row and stays open.
  const wide = matchMedia('(min-width: 1240px)')
  const follow = () => { menu.open = wide.matches }
  wide.addEventListener('change', follow)
  follow()
}

if (document.getElementById('sign-out')) {
  get('/session').then(({ account }) => {
    byId('who-name').textContent = `${account.name} · ${account.unit_name}`
  }, () => { byId('who-name').textContent = word('role', document.body.dataset.role) })
  byId('sign-out').addEventListener('click', async () => {
    await ask('/session', { method: 'DELETE' }).catch(() => null)
    location.assign('/login')
  })
}
