/** The map of one's own area, drawn from what the phone keeps. */

import { say } from '../../words'
import { Shell } from '../shell'

export function AreaMap() {
  return <Shell title={say('nav.stations')} here="map" back>{null}</Shell>
}
