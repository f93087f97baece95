/** The owner's one screen: the month, what is still open, and the own history. */

import { say } from '../../words'
import { Shell } from '../shell'

export function Month({ period: _period }: { period: string }) {
  return <Shell title={say('nav.month')} here="month">{null}</Shell>
}
