// Stops the page dead at a named point: it says what is on the screen, and then never gives its thread back.
// Put into the page by the tests; the product knows nothing of it.
(() => {
  window.__stop = null
  let passed = 0

  const shown = () => ({
    answers: [...document.querySelectorAll('.choice.is-chosen')].map((one) => one.dataset.testid),
    shots: [...document.querySelectorAll('li[data-testid^="shot-"]')].map((one) => one.dataset.testid),
  })

  const stop = (what) => {
    window.__stop = null
    console.debug('STOPPED ' + JSON.stringify({ what, shown: shown() }))
    for (;;) { /* the test kills this process now */ }
  }

  const hit = (hook, on, value) => {
    const wanted = window.__stop
    if (!wanted || wanted.hook !== hook || !on.startsWith(wanted.on)) return
    const at = (path) => path.split('.').reduce((found, key) => (found ? found[key] : undefined), value)
    if (wanted.where && !Object.entries(wanted.where).every(([path, is]) => at(path) === is)) return
    if (passed++ < (wanted.skip || 0)) return
    passed = 0
    stop(`${hook} ${on}`)
  }

  for (const verb of ['put', 'delete']) {
    const real = IDBObjectStore.prototype[verb]
    IDBObjectStore.prototype[verb] = function (...given) {
      hit(`before ${verb}`, this.name, given[0])
      const asked = real.apply(this, given)
      hit(`after ${verb}`, this.name, given[0])
      const { name } = this
      this.transaction.addEventListener('complete', () => hit(`kept ${verb}`, name, given[0]))
      return asked
    }
  }

  const digest = crypto.subtle.digest
  crypto.subtle.digest = function (name, bytes) {
    const asked = digest.call(crypto.subtle, name, bytes)
    hit('hashing', bytes.byteLength > 10000 ? 'photo' : 'text', null)
    return asked
  }

  const real = window.fetch
  window.fetch = function (address, init) {
    const call = `${(init && init.method) || 'GET'} ${String(address)}`
    hit('before fetch', call, null)
    return real.call(window, address, init).then((answer) => {
      hit('answered', call, null)
      return answer
    })
  }
})()
