/** Something that fills the screen until it is closed: the focus stays inside; Escape and the phone's own «back» close it. */

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type Props = { label: string; kind: string; close: () => void; children: ComponentChildren }

export function Dialog({ label, kind, close, children }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    const before = document.activeElement
    frame.current?.focus()
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') latest.current()
      else if (event.key === 'Tab' && frame.current) turnRound(frame.current, event)
    }
    const back = (): void => latest.current()
    document.addEventListener('keydown', key)
    // «Back» then only leaves the entry made here. It stays behind when the dialog is closed otherwise, and the next one
    // uses it: going back by itself later could undo a step the person has made in the meantime.
    if ((history.state as { dialog?: boolean } | null)?.dialog !== true) history.pushState({ dialog: true }, '')
    window.addEventListener('popstate', back)
    return () => {
      document.removeEventListener('keydown', key)
      window.removeEventListener('popstate', back)
      if (before instanceof HTMLElement && document.contains(before)) before.focus()
    }
  }, [])
  return (
    <div class={kind} role="dialog" aria-modal="true" aria-label={label} tabIndex={-1} ref={frame} data-testid={kind}>
      {children}
    </div>
  )
}

/** From the last control to the first and back: what lies behind the dialog is out of reach. */
function turnRound(frame: HTMLElement, event: KeyboardEvent): void {
  const controls = Array.from(frame.querySelectorAll<HTMLElement>('button, a[href], input'))
  const [first, last] = [controls[0], controls[controls.length - 1]]
  if (!first || !last) return
  const at = document.activeElement
  if (event.shiftKey && (at === first || at === frame)) last.focus()
  else if (!event.shiftKey && at === last) first.focus()
  else return
  event.preventDefault()
}
