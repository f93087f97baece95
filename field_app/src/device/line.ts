/** What carries the bytes, as far as the phone says; most phones with a WebView of Android do, others never. */

import type { LineKind } from '../sync/parts'

type Connection = { type?: string }

export function readLine(): LineKind {
  const type = (navigator as { connection?: Connection }).connection?.type
  if (type === 'wifi' || type === 'ethernet') return 'wifi'
  return type === 'cellular' || type === 'wimax' || type === 'bluetooth' ? 'mobile' : 'unknown'
}
