/** A station in a list: one tap leads to its visit. */

import type { ComponentChildren } from 'preact'
import type { Form, Station } from '../../api/wire'
import { writeDistance } from '../../place/distance'
import type { Found } from '../../place/finding'
import { visitedToday } from '../../place/today'
import { label, say, writeDay } from '../../words'
import { Vitality } from '../parts'

/** What all cards of a list share. */
export type Around = { form: Form | null; begun: ReadonlySet<string>; today: ReadonlySet<string>; now: Date }

type Props = { found: Found; around: Around; children?: ComponentChildren }

export function Card({ found: { station, distance_m }, around, children }: Props) {
  const visited = visitedToday(station, around.today, around.now)
  return (
    <li>
      <a href={`#/visit/${encodeURIComponent(station.code)}`} data-testid={`station-${station.code}`}>
        <span class="name">{station.name}</span>
        {children}
        <span class="aside">
          {distance_m !== null && <span class="distance">{writeDistance(distance_m)}</span>}
          <Vitality value={station.vitality} />
        </span>
        <span class="where">{whereOf(station)}</span>
        <span class="where">
          {station.last_observed_at
            ? say('stations.last', { day: writeDay(station.last_observed_at), state: stateLabel(around.form, station.last_observed_state) })
            : say('stations.never')}
        </span>
        {visited && <span class="tag" data-testid={`today-${station.code}`}>{say('work.today_tag')}</span>}
        {around.begun.has(station.code) && <span class="tag">{say('stations.begun')}</span>}
      </a>
    </li>
  )
}

export const whereOf = (station: Station): string => [station.township_name, station.village_name].filter(Boolean).join(' · ')

/** A state as the form itself names it, so the words are written once. */
export function stateLabel(form: Form | null, state: string | null): string {
  return choiceLabel(form, 'observed_state', state)
}

export function choiceLabel(form: Form | null, field: string, value: string | null): string {
  const choice = form?.fields.find((one) => one.name === field)?.choices?.find((one) => one.value === value)
  return choice ? label(choice) : (value ?? '')
}
