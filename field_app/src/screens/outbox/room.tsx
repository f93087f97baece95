/** Says that room runs short before it hurts; shown where photos are begun and where they wait. */

import { readRoom, roomNeeded } from '../../device/storage'
import { weighPhotos } from '../../outbox/records'
import { say } from '../../words'
import { useStored } from '../hooks'
import { Notice } from '../parts'

const inMegabytes = (bytes: number): number => Math.round(bytes / 1e6)

export function RoomNotice() {
  const short = useStored(['outbox'], async (database) => {
    const need = roomNeeded(await weighPhotos(database))
    const free = (await readRoom()).free_bytes
    return free !== null && free < need ? { free: inMegabytes(free), need: inMegabytes(need) } : null
  })
  return short ? <Notice kind="bad" testid="little-room">{say('storage.little', short)}</Notice> : null
}
