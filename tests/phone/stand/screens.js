// What is wrong with the screen for a hand, an eye in the sun or a reader's voice. Put into the page by the tests.
(() => {
  const LEAST_PX = 48, LEAST_CONTRAST = 7
  const CONTROLS = 'a[href], button, input:not([type=hidden]), textarea, select, summary'

  const named = (one) => {
    const test = one.closest('[data-testid]')
    return `${one.tagName.toLowerCase()}.${one.className && one.className.baseVal === undefined ? one.className : ''} ` +
      `[${test ? test.dataset.testid : ''}] «${(one.textContent || '').trim().slice(0, 24)}»`
  }
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden'

  // A box within its label is hit by hitting the label.
  const target = (one) => one.closest('label') || one
  const inSentence = (one) => getComputedStyle(one).display === 'inline' &&
    [...one.parentNode.childNodes].some((near) => near.nodeType === 3 && near.textContent.trim())

  const small = () => [...document.querySelectorAll(CONTROLS)].filter(seen).filter((one) => {
    const { width, height } = target(one).getBoundingClientRect()
    return Math.min(width, height) < LEAST_PX - 0.05 && !inSentence(one)
  }).map((one) => {
    const { width, height } = target(one).getBoundingClientRect()
    return `small ${width.toFixed(1)} x ${height.toFixed(1)}: ${named(one)}`
  })

  const nameOf = (one) => {
    const by = (one.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id))
    const said = [one.getAttribute('aria-label'), ...by.map((near) => near && near.textContent),
      ...[...(one.labels || [])].map((label) => label.textContent)]
    if (one.tagName !== 'INPUT' && one.tagName !== 'TEXTAREA') said.push(one.textContent)
    return said.filter(Boolean).join('').trim()
  }
  const nameless = () => [...document.querySelectorAll(CONTROLS)].filter(seen).filter((one) => !nameOf(one))
    .map((one) => `nameless: ${named(one)}`)

  const wide = () => {
    const found = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : []
    const out = [...document.querySelectorAll('body *')].filter((one) => seen(one) && !one.closest('.unseen, .scroll, .map, svg') &&
      (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5))
    const cut = [...document.querySelectorAll('button, .button, label, h1, h2, nav span, .name')].filter((one) =>
      seen(one) && !one.closest('.unseen') && getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1)
    return [...found, ...out.map((one) => `sticks out: ${named(one)}`), ...cut.map((one) => `too long: ${named(one)}`)]
  }

  const channels = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number)
    return [r, g, b, a]
  }
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const ground = channels(getComputedStyle(at).backgroundColor)
      if (ground[3] === 1) return ground
      if (ground[3] > 0) return null
    }
    return [255, 255, 255, 1]
  }
  const contrast = (one) => {
    const ground = behind(one)
    if (!ground) return 21
    const pair = [light(channels(getComputedStyle(one).color)), light(ground)].sort((a, b) => b - a)
    return (pair[0] + 0.05) / (pair[1] + 0.05)
  }
  const faint = () => {
    const texts = [...document.querySelectorAll('body *')].filter((one) => seen(one) && !one.closest('svg, .unseen') &&
      (one.matches('input, textarea') || [...one.childNodes].some((near) => near.nodeType === 3 && near.textContent.trim())))
    return texts.filter((one) => contrast(one) < LEAST_CONTRAST).map((one) => `faint ${contrast(one).toFixed(2)}: ${named(one)}`)
  }

  window.__wrong = () => [...small(), ...nameless(), ...wide(), ...faint()]
})()
