/** A station that is on no list; reached only from the list of what is near. */

import { say } from '../../words'
import { Shell } from '../shell'

export function Found() {
  return <Shell title={say('nav.stations')} here="found" back>{null}</Shell>
}
