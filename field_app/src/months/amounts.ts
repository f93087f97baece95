/** What a person types as money or pieces, read without guessing. Pure; money is whole fen (1 元 = 100 fen). */

import { foldDigits } from '../forms/missing'

export type AmountFault = 'not_an_amount' | 'not_whole' | 'too_large'

export type Amount =
  | { kind: 'empty' }
  /** `in_wan`: written in 万, so it is asked about before it counts. */
  | { kind: 'read'; value: number; in_wan: boolean }
  | { kind: 'fault'; fault: AmountFault }

type Limits = { type: string; max: number | null }

const GROUPED = /^\d{1,3}(,\d{3})+(\.\d*)?$/
const PLAIN = /^(\d+\.?\d*|\.\d+)$/
/** 元, 块, ¥, 件 say nothing new; 万, 万元 and w multiply by ten thousand. */
const UNITS = /^[¥￥]?(.*?)(万元|万块|万件|万|w|W)?(?:元|块钱|块|件|个)?$/

const fault = (which: AmountFault): Amount => ({ kind: 'fault', fault: which })

/** Read what was typed in a box of money (fen) or of pieces: «12000», «１２，０００.5», «1.2万», «35件». */
export function readAmount(typed: string, { type, max }: Limits): Amount {
  const text = foldDigits(typed.replace(/，/g, ',').replace(/。/g, '.')).replace(/\s+/g, '')
  if (text === '') return { kind: 'empty' }
  const [, digits = '', wan] = UNITS.exec(text) ?? []
  const plain = GROUPED.test(digits) ? digits.replace(/,/g, '') : digits
  if (!PLAIN.test(plain)) return fault('not_an_amount')
  const in_wan = wan !== undefined
  const scaled = shift(plain, (type === 'money' ? 2 : 0) + (in_wan ? 4 : 0))
  if (scaled === null) return fault('not_whole')
  const value = Number(scaled)
  if (!Number.isSafeInteger(value) || (max !== null && value > max * (type === 'money' ? 100 : 1))) return fault('too_large')
  return { kind: 'read', value, in_wan }
}

/** Move the decimal point to the right in the text itself, so that no float is ever in between; null if a rest is left. */
function shift(plain: string, places: number): string | null {
  const [whole = '', rest = ''] = plain.split('.')
  const kept = rest.replace(/0+$/, '')
  if (kept.length > places) return null
  return (whole + kept.padEnd(places, '0')).replace(/^0+(?=\d)/, '')
}

/** Money as it travels, «12000.00», from fen. */
export function writeWire(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

/** Money or pieces as one types it: «12000», «12000.50», «35». */
export function writeTyped(value: number, type: string): string {
  if (type !== 'money') return String(value)
  return value % 100 === 0 ? String(value / 100) : writeWire(value)
}

/** With thousand separators, «12,000» or «12,000.50»; the unit stands in the words around it. */
export function writeGrouped(value: number, type: string): string {
  const [whole = '', rest] = writeTyped(value, type).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined ? grouped : `${grouped}.${rest}`
}

/** What the server says of a figure («12000.00», 35 or nothing) as fen or pieces. */
export function readFigure(value: string | number | null | undefined, type: string): number | null {
  if (value === null || value === undefined) return null
  if (type !== 'money') return Number(value)
  const [whole = '0', rest = ''] = String(value).split('.')
  return Number(whole) * 100 + Number(rest.padEnd(2, '0').slice(0, 2) || '0')
}
