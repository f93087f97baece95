/** Who this phone is for, what it keeps, which language; nothing here counts or ranks anybody. */

import { useEffect, useState } from 'preact/hooks'
import { type Room, readRoom } from '../device/storage'
import { readSetting } from '../store/database'
import { name, say, writeDay, writeMoment } from '../words'
import { useStored } from './hooks'
import { LanguageChoice } from './language'
import { PinChoice } from './lock'
import { Shell } from './shell'

export function About() {
  const held = useStored(['enrolment', 'stations', 'sync'], async (database) => ({
    enrolment: await readSetting(database, 'enrolment'),
    as_of: await readSetting(database, 'stations_as_of'),
    server_time: await readSetting(database, 'server_time'),
    stations: await database.count('stations'),
    form: await database.get('forms', 'inspection'),
  }))
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => void readRoom().then(setRoom), [])
  if (!held?.enrolment) return <Shell title={say('nav.about')} here="about">{null}</Shell>
  const { account, device_id } = held.enrolment
  return (
    <Shell title={say('nav.about')} here="about">
      <h2>{say('about.language')}</h2>
      <LanguageChoice />
      <h2>{say('about.lock')}</h2>
      <PinChoice />
      <h2>{say('about.who')}</h2>
      <dl>
        <Row term={say('about.account')} value={`${account.name} (${name('role', account.role)})`} />
        <Row term={say('about.unit')} value={account.unit_name} />
        <Row term={say('about.device')} value={device_id} />
      </dl>
      <h2>{say('about.data')}</h2>
      <dl>
        <Row term={say('about.stations')} value={String(held.stations)} />
        {held.as_of && <Row term={say('about.as_of')} value={writeDay(held.as_of)} />}
        {held.form && <Row term={say('about.form')} value={String(held.form.version)} />}
        {held.server_time && <Row term={say('about.server_time')} value={writeMoment(held.server_time.server_time)} />}
        <Row term={say('about.persisted')} value={say(`about.persisted_${judgePersisted(room)}`)} />
        {room?.free_bytes != null && <Row term={say('about.room')} value={`${Math.round(room.free_bytes / 1e6)} MB`} />}
      </dl>
      <h2>{say('about.promises')}</h2>
      <ul class="promises">
        <li>{say('promise.offline')}</li>
        <li>{say('promise.no_tracking')}</li>
        <li>{say('promise.photos')}</li>
        <li>{say('promise.complain')}</li>
      </ul>
    </Shell>
  )
}

/** Not every system says; and until it has said nothing is promised and nothing denied. */
const judgePersisted = (room: Room | null): 'yes' | 'no' | 'unknown' =>
  room?.persisted == null ? 'unknown' : room.persisted ? 'yes' : 'no'

function Row({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}
