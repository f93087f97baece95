/** Typed answers: kept after a short pause in typing, and at once on leaving the box or the page. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, Checks, FormField } from '../../../api/wire'
import { type Fault, foldDigits } from '../../../forms/missing'
import type { Give } from './choices'

const PAUSE_MS = 300

const NUMBERS: FormField['type'][] = ['integer', 'decimal', 'money']

/** A text longer than this is written into a box of several lines. */
const LINE_SIGNS = 60

type Props = { field: FormField; value: Answer | Checks | undefined; fault: Fault | null; give: Give }

export function Typed({ field, value, fault, give }: Props) {
  const given = value === undefined ? '' : String(value)
  const [text, setText] = useState(given)
  const pending = useRef<{ timer: number; text: string } | null>(null)
  const latest = useRef(give)
  latest.current = give
  const keep = (): void => {
    if (!pending.current) return
    clearTimeout(pending.current.timer)
    const typed = pending.current.text
    pending.current = null
    const kept = NUMBERS.includes(field.type) ? foldDigits(typed) : typed
    latest.current(kept === '' ? undefined : kept)
  }
  useEffect(() => {
    const leaving = (): void => keep()
    document.addEventListener('visibilitychange', leaving)
    window.addEventListener('pagehide', leaving)
    return () => {
      document.removeEventListener('visibilitychange', leaving)
      window.removeEventListener('pagehide', leaving)
      keep()
    }
  }, [])
  // An answer taken back from outside the box («not seen») empties it; what is being typed is left alone.
  useEffect(() => {
    if (!pending.current) setText(given)
  }, [given])
  const typed = (next: string): void => {
    setText(next)
    if (pending.current) clearTimeout(pending.current.timer)
    pending.current = { text: next, timer: window.setTimeout(keep, PAUSE_MS) }
  }
  const shared = {
    id: `input-${field.name}`,
    'data-testid': `field-${field.name}`,
    value: text,
    onBlur: keep,
    'aria-describedby': `hint-${field.name} fault-${field.name}`,
    'aria-invalid': fault !== null,
  }
  if (field.type === 'text' && (field.max_length ?? 0) > LINE_SIGNS) {
    return <textarea {...shared} rows={3} maxLength={field.max_length ?? 2000} onInput={(event) => typed(event.currentTarget.value)} />
  }
  if (field.type === 'date') return <input {...shared} type="date" onInput={(event) => typed(event.currentTarget.value)} />
  return (
    <input
      {...shared}
      type="text"
      inputMode={field.type === 'integer' ? 'numeric' : NUMBERS.includes(field.type) ? 'decimal' : undefined}
      maxLength={field.type === 'text' ? (field.max_length ?? undefined) : undefined}
      autocomplete="off"
      onInput={(event) => typed(event.currentTarget.value)}
    />
  )
}
