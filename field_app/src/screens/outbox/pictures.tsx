/** The photos of a record that are still on the phone, each to be looked at over the whole screen. */

import { useState } from 'preact/hooks'
import type { Form } from '../../api/wire'
import { readPhoto } from '../../outbox/drafts'
import { readPlace } from '../../outbox/mending'
import type { OutboxLine } from '../../outbox/records'
import { stored } from '../../store/connection'
import type { PhotoLine } from '../../store/database'
import { label, say } from '../../words'
import { Viewer } from '../visit/shots/viewer'

type Looked = { photo: PhotoLine; bytes: ArrayBuffer; position: Awaited<ReturnType<typeof readPlace>> }

export function Pictures({ line: { record, photos }, form }: { line: OutboxLine; form: Form | null }) {
  const [looked, setLooked] = useState<Looked | null>(null)
  const look = async (photo: PhotoLine): Promise<void> => {
    const bytes = await readPhoto(await stored(), record.id, photo.sha256)
    // It may have arrived at the server this moment.
    if (bytes) setLooked({ photo, bytes, position: await readPlace(record) })
  }
  const titleOf = ({ purpose }: PhotoLine): string => {
    const rule = form?.photo_rules.find((one) => one.purpose === purpose)
    return rule ? label(rule) : ''
  }
  return (
    <div class="photos">
      {photos.map((photo, turn) => (
        <button key={photo.sha256} type="button" class="quiet" data-testid={`look-${photo.purpose}`} onClick={() => void look(photo).catch((reason: unknown) => console.error(reason))}>
          {say('outbox.look', { turn: turn + 1, title: titleOf(photo) })}
        </button>
      ))}
      {looked && (
        <Viewer
          shown={{ station_code: record.station_code, station_name: record.station_name, changed_at: record.captured_at, position: looked.position }}
          photo={looked.photo}
          bytes={looked.bytes}
          title={titleOf(looked.photo)}
          close={() => setLooked(null)}
        />
      )}
    </div>
  )
}
