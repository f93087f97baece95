// Sign in, then go where the person was going.
// @ts-check
import { ask, inWords } from '../api.js'
import { byId } from '../dom.js'

const form = /** @type {HTMLFormElement} */ (byId('login'))
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const said = new FormData(form)
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))
  button.disabled = true
  byId('refused').hidden = true
  try {
    const { data } = await ask('/session', { method: 'POST', json: { username: said.get('username'), password: said.get('password') } })
    const next = new URLSearchParams(location.search).get('next') ?? '/'
    // Only an address of our own: one slash, then no other slash or backslash.
    const own = /^\/(?![/\\])/.test(next) ? next : '/'
    location.assign(data.account.role === 'owner' ? '/app/' : own)
  } catch (error) {
    byId('refused').textContent = inWords(error)
    byId('refused').hidden = false
    button.disabled = false
  }
})
