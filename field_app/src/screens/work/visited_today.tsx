/** A word of warning where somebody was at the station today already; it hinders nobody. */

import type { Station } from '../../api/wire'
import { type VisitedBy, visitedToday } from '../../place/today'
import { say } from '../../words'
import { useStored } from '../hooks'
import { Notice } from '../parts'
import { readOwnToday, waitsHere } from './held'

type Props = { station: Pick<Station, 'code' | 'last_observed_at'> }

/** For the top of a visit. */
export function VisitedToday({ station }: Props) {
  const held = useStored(['outbox'], async (database) => ({
    waits: await waitsHere(database, station.code),
    ...(await readOwnToday(database, new Date())),
  }), [station.code])
  if (held?.waits) return <Notice kind="plain" testid="waits-here">{say('work.waits_here')} <a class="link" href="#/outbox">{say('nav.outbox')}</a></Notice>
  const by = held && visitedToday(station, held.own, held.now)
  return by ? <Notice kind="plain" testid="visited-today">{sayVisited(by)}</Notice> : null
}

export const sayVisited = (by: Exclude<VisitedBy, null>): string => say(by === 'me' ? 'work.today_me' : 'work.today_somebody')
