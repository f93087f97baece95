/** What carries the bytes, as far as the phone says; most phones with a WebView of Android do, others never. */

import type { LineKind } from '../sync/parts'

type Connection = { type?: string }

export function readLine(): LineKind {
  const type = (navigator as { connection?: Connection }).connection?.type
  if (type === 'wifi' || type === 'ethernet') return 'wifi'
  return type === 'cellular' || type === 'wimax' || type === 'bluetooth' ? 'mobile' : 'unknown'
}

/** Call `arrived` when the phone says that it has come onto Wi-Fi. Where it does not say, nothing is called. */
export function onWifi(arrived: () => void): void {
  let before = readLine()
  // The same event tells of every change in speed; only the one of kind is wanted.
  ;(navigator as { connection?: EventTarget }).connection?.addEventListener?.('change', () => {
    const now = readLine()
    if (now === 'wifi' && before !== 'wifi') arrived()
    before = now
  })
}
