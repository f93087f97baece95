/** Whole numbers in Chinese words, as they are spoken: 12000 is 一万二千. Pure. */

const DIGITS = '零一二三四五六七八九'
const PLACES = ['', '十', '百', '千']
const GROUPS = ['', '万', '亿']

/** Up to 999,999,999,999; what is no whole number below that gives an empty text. */
export function sayNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 1e12) return ''
  if (value === 0) return '零'
  let said = ''
  let gap = false
  for (let group = 2; group >= 0; group -= 1) {
    const part = Math.floor(value / 10 ** (4 * group)) % 10_000
    if (part === 0) {
      gap = gap || said !== ''
      continue
    }
    // One 零 for any gap between what was said and what follows.
    const zero = said !== '' && (gap || part < 1000)
    said += (zero ? '零' : '') + sayFour(part) + GROUPS[group]
    gap = false
  }
  // 一十二 is said 十二, at the beginning only.
  return said.replace(/^一十/, '十')
}

function sayFour(part: number): string {
  let said = ''
  let gap = false
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(part / 10 ** place) % 10
    if (digit === 0) {
      gap = gap || said !== ''
      continue
    }
    said += (gap ? '零' : '') + DIGITS[digit] + PLACES[place]
    gap = false
  }
  return said
}

/** Fen in words: 一万二千元, 十二元五角, 三角四分. */
export function sayMoney(fen: number): string {
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor(fen / 10) % 10
  const rest = fen % 10
  const small = (jiao ? `${DIGITS[jiao]}角` : rest && yuan ? '零' : '') + (rest ? `${DIGITS[rest]}分` : '')
  if (small === '') return `${sayNumber(yuan)}元`
  return (yuan ? `${sayNumber(yuan)}元` : '') + small
}
