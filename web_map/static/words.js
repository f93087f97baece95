// The page's words, in its language; whoever asks for an unknown key sees the key, so that it is found.
// @ts-check

/** @type {Record<string, string>} */
const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}')

export const lang = document.body.dataset.lang === 'en' ? 'en' : 'zh'

/**
 * @param {string} key
 * @param {Record<string, string | number>} [filled] what stands in the braces
 */
export function t(key, filled = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in filled ? String(filled[name]) : whole))
}

/** A word of a closed list, or the bare value where the list has grown. @param {string} list @param {string | null | undefined} value */
export function word(list, value) {
  if (!value) return '—'
  return words[`${list}.${value}`] ?? value
}

const percent = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { style: 'percent', maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en')
// Days are days in China, wherever the browser stands.
const minute = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** Several words in a row, as the language sets them apart. @param {string[]} many */
export const listed = (many) => many.join(lang === 'zh' ? '、' : ', ')

/** @param {number | null} share */
export const asPercent = (share) => (share === null ? '—' : percent.format(share))
/** @param {number} n */
export const asNumber = (n) => whole.format(n)
/** @param {string | null | undefined} instant */
export const asMinute = (instant) => (instant ? minute.format(new Date(instant)) : '—')
