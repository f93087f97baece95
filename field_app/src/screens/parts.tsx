/** Pieces that several screens share. */

import type { ComponentChildren } from 'preact'
import type { Form, Problem } from '../api/wire'
import { explain, label, name } from '../words'

/** The five shapes differ as much as the five colours, so that nobody needs the colour; 16 by 16. */
export const SHAPES: Record<string, string> = {
  alive: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  weak: 'M8 1 15.5 14.5H.5z',
  dormant: 'M8 .5 15.5 8 8 15.5.5 8z',
  presumed_dead: 'M1.5 1.5h13v13h-13zM4 4v8h8V4z',
  dead: 'M3.2.8 8 5.6 12.8.8l2.4 2.4L10.4 8l4.8 4.8-2.4 2.4L8 10.4l-4.8 4.8-2.4-2.4L5.6 8 .8 3.2z',
  unknown: 'M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8zm0 2.4a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6z',
}

export function Vitality({ value }: { value: string }) {
  return (
    <span class={`vitality is-${value}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path fill-rule="evenodd" d={SHAPES[value] ?? (SHAPES['unknown'] as string)} fill="currentColor" />
      </svg>
      {name('vitality', value)}
    </span>
  )
}

export function Trouble({ problem, form }: { problem: Problem; form?: Form | null }) {
  const { sentence, hint } = explain(problem)
  const errors = listErrors(problem.errors ?? {})
  const asked = (key: string): string => {
    const field = form?.fields.find((one) => one.name === key)
    return field ? label(field) : key
  }
  return (
    <div class="trouble">
      <p><strong>{sentence}</strong> {hint}</p>
      {errors.map(({ key, message }) => <p key={key + message}>{asked(key)}: {message}</p>)}
    </div>
  )
}

/** Messages per field, however deep they lie; the innermost name that is not a number counts. */
export function listErrors(errors: unknown, key = ''): { key: string; message: string }[] {
  if (typeof errors === 'string') return [{ key, message: errors }]
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors).flatMap(([inner, value]) => listErrors(value, /^\d+$/.test(inner) ? key : inner))
}

export function Notice({ kind, children, testid }: { kind: 'good' | 'bad' | 'plain'; children: ComponentChildren; testid?: string }) {
  return (
    <div class={`notice is-${kind}`} role={kind === 'bad' ? 'alert' : 'status'} data-testid={testid}>
      {children}
    </div>
  )
}

const LINES: Record<string, string> = {
  back: 'M15 5l-7 7 7 7',
  stations: 'M4 10.5 12 4l8 6.5M6 9.5V20h12V9.5M10 20v-6h4v6',
  month: 'M5 6h14v14H5zM5 10h14M9 3v5M15 3v5',
  outbox: 'M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15v5h16v-5',
  about: 'M12 11v6M12 7v.5M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  fix: 'M12 2v4m0 12v4M2 12h4m12 0h4M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10z',
  camera: 'M4 8h3.5L9.5 5h5l2 3H20v11H4zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  map: 'M9 4 3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20',
  go: 'M4 11 20 4l-7 16-2.5-6.5z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 13h3v3h-3zM13 8h3M8 13v3',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm5 12 5 5',
  bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  sync: 'M20 11a8 8 0 0 0-14-4L4 9m0-5v5h5M4 13a8 8 0 0 0 14 4l2-2m0 5v-5h-5',
}

export function Icon({ name: which }: { name: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={LINES[which]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
