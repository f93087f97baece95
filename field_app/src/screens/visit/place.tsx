/** Where the visit is made: listened for, shown with its distance, never a condition for saving. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Station } from '../../api/wire'
import { listenForPosition, mayListen, type Trouble } from '../../device/position'
import { keepPosition } from '../../outbox/drafts'
import { writeDistance } from '../../place/distance'
import { distanceTo } from '../../place/finding'
import type { Draft, Position } from '../../store/database'
import { say, writeMoment } from '../../words'
import { Icon } from '../parts'
import type { Write } from './use_draft'

export function PlaceOfVisit({ draft, station, write }: { draft: Draft; station: Station; write: Write }) {
  const [listening, setListening] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  // The fix that was there when the person asked for a new one.
  const [before, setBefore] = useState<Position | null>(null)
  const stop = useRef<() => void>(() => undefined)

  const listen = (): void => {
    setListening(true)
    setTrouble(null)
    setBefore(draft.position)
    stop.current = listenForPosition(
      (position) => void write((database, id, now) => keepPosition(database, id, position, now)),
      (what) => {
        setListening(false)
        setTrouble(what)
      },
      draft.position,
    )
  }
  useEffect(() => {
    let here = true
    // No question pops up unasked; where the person already allowed it, the visit needs no tap for its place.
    if (!draft.position) void mayListen().then((may) => may && here && listen())
    return () => {
      here = false
      stop.current()
    }
  }, [])

  const fix = draft.position
  return (
    <section class="question" data-testid="fix">
      <h2>{say('fix.title')}</h2>
      {fix ? <p data-testid="fix-found">{describe(draft, station)}</p> : <p class="hint">{say('fix.why')}</p>}
      {fix && !listening && !trouble && before?.at === fix.at && <p class="hint" role="status" data-testid="fix-kept">{say('fix.kept_better')}</p>}
      {trouble && <p class="trouble" role="alert">{say(`fix.${trouble}`)} {say('fix.not_needed')}</p>}
      <button type="button" data-testid="take-fix" aria-disabled={listening} onClick={() => listening || listen()}>
        <Icon name="fix" />
        {say(listening ? 'fix.listening' : fix ? 'fix.again' : 'fix.take')}
      </button>
    </section>
  )
}

function describe(draft: Draft, station: Station): string {
  const fix = draft.position
  if (!fix) return ''
  const distance = distanceTo(station, fix)
  const accuracy = writeDistance(fix.accuracy_m)
  const at = writeMoment(fix.at)
  return distance === null
    ? say('fix.found', { accuracy, at })
    : say('fix.found_far', { distance: writeDistance(distance), accuracy, at })
}
