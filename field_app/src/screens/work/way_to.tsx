/** The way to a station: how far, which way, and over to the phone's own navigation. */

import { useState } from 'preact/hooks'
import type { Station } from '../../api/wire'
import { measureBearing, nameWind, turnArrow } from '../../place/bearing'
import { measureDistance, type Point, writeDistance } from '../../place/distance'
import { addressOf, type Guide, GUIDES, isGuide } from '../../place/handover'
import { say } from '../../words'
import { Icon } from '../parts'
import { useHeading, useLivePoint } from './compass'

type Props = { station: Pick<Station, 'code' | 'name' | 'lon' | 'lat'>; here: Point | null }

/** One line; nothing at all for a station without a place. */
export function WayTo({ station, here }: Props) {
  const heading = useHeading()
  const from = useLivePoint(here)
  if (station.lon === null || station.lat === null) return null
  const there = { lon: station.lon, lat: station.lat }
  return (
    <div class="way" data-testid="way">
      {from ? <Direction from={from} there={there} heading={heading} /> : <p class="hint">{say('way.unknown')}</p>}
      <HandOver there={there} name={station.name} />
    </div>
  )
}

function Direction({ from, there, heading }: { from: Point; there: Point; heading: number | null }) {
  const bearing = measureBearing(from, there)
  const distance = measureDistance(from, there)
  return (
    <p class="direction">
      <svg viewBox="0 0 24 24" width="32" height="32" aria-hidden="true" focusable="false">
        <path transform={`rotate(${turnArrow(bearing, heading)} 12 12)`} d="M12 2l7 19-7-4.5L5 21z" fill="currentColor" />
      </svg>
      <span>
        <strong data-testid="way-direction">{say('way.direction', { wind: say(`wind.${nameWind(bearing)}`), distance: writeDistance(distance) })}</strong>
        <span class="hint">{say(heading === null ? 'way.north_up' : 'way.turns')}</span>
      </span>
    </p>
  )
}

const REMEMBERED = 'cunzhan.guide'

/** The app chosen last on this phone; a phone that forbids such notes is asked each time. */
function readGuide(): Guide | null {
  try {
    const kept = localStorage.getItem(REMEMBERED)
    return isGuide(kept) ? kept : null
  } catch {
    return null
  }
}

function keepGuide(guide: Guide): void {
  try {
    localStorage.setItem(REMEMBERED, guide)
  } catch {
    // It will be asked again.
  }
}

/** The remembered app is one tap; the others, and the first choice, are two. */
function HandOver({ there, name }: { there: Point; name: string }) {
  const [guide, setGuide] = useState(readGuide)
  const [choosing, setChoosing] = useState(false)
  const choose = (one: Guide): void => {
    keepGuide(one)
    setGuide(one)
    setChoosing(false)
  }
  return (
    <div class="guides">
      <div class="guide-now">
        {guide && !choosing && (
          <a class="button" href={addressOf(guide, there, name)} data-testid="guide">
            <Icon name="go" />
            {say(`guide.${guide}`)}
          </a>
        )}
        <button type="button" class={guide ? 'quiet' : ''} aria-expanded={choosing} data-testid="guide-choose" onClick={() => setChoosing(!choosing)}>
          {!guide && <Icon name="go" />}
          {say(guide ? 'way.other' : 'way.navigate')}
        </button>
      </div>
      {choosing && (
        <ul class="guide-list">
          {GUIDES.map((one) => (
            <li key={one}>
              <a class="button" href={addressOf(one, there, name)} data-testid={`guide-${one}`} onClick={() => choose(one)}>
                {say(`guide.${one}`)}
              </a>
            </li>
          ))}
          <li class="hint">{say('way.no_app')}</li>
        </ul>
      )}
    </div>
  )
}
