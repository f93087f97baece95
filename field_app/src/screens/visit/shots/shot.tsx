/** One photo of a visit: kept on the phone, or held by the server from the visit that came back. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../../../app'
import type { PhotoClaim } from '../../../api/wire'
import { drawPreview } from '../../../device/photo/picture'
import { readPhoto } from '../../../outbox/drafts'
import { dropPhoto } from '../../../outbox/photo_keeping'
import { stored } from '../../../store/connection'
import type { Draft } from '../../../store/database'
import { say } from '../../../words'
import { Icon } from '../../parts'
import type { Write } from '../use_draft'
import { Viewer } from './viewer'

type Small = { bytes: ArrayBuffer; mime: string }

type Props = { draft: Draft; photo: PhotoClaim; title: string; write: Write }

export function KeptShot({ draft, photo, title, write }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [bytes, setBytes] = useState<ArrayBuffer | null>(null)
  const [small, setSmall] = useState<Small | null>(null)
  const [open, setOpen] = useState(false)
  const [sure, setSure] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  const held = draft.held_photos.includes(photo.sha256)
  useEffect(() => {
    const read = async (): Promise<void> => {
      const own = await readPhoto(await stored(), draft.id, photo.sha256)
      setBytes(own)
      if (own) setSmall({ bytes: own, mime: photo.mime })
      else if (held && draft.replaces) setSmall(await api.smallPhoto(draft.replaces, photo.sha256))
    }
    read().catch(() => undefined) // a preview is a comfort; the photo itself is kept
  }, [draft.id, photo.sha256])
  useEffect(() => {
    if (small && canvas.current) void drawPreview(canvas.current, small.bytes, small.mime).catch(() => undefined)
  }, [small])
  useEffect(() => {
    if (sure) keep.current?.focus()
  }, [sure])
  const picture = <canvas ref={canvas} width={176} height={132} role="img" aria-label={title} />
  return (
    <li data-testid={`shot-${photo.purpose}`}>
      {bytes ? (
        <button
          type="button"
          class="look"
          aria-label={`${say('photo.look')}: ${title}`}
          data-testid={`shot-${photo.purpose}-open`}
          onClick={() => setOpen(true)}
        >
          {picture}
        </button>
      ) : picture}
      <span class="hint">
        {held ? say('photo.on_server') : say('photo.kept', { size: Math.max(1, Math.round(photo.size / 1000)) })}
        {photo.capture?.kept_anyway && <span> · {say('photo.kept_anyway')}</span>}
      </span>
      {sure ? (
        <span class="sure" role="group" aria-label={`${say('photo.remove_sure')}: ${title}`}>
          <button type="button" ref={keep} data-testid={`shot-${photo.purpose}-keep`} onClick={() => setSure(false)}>{say('photo.remove_no')}</button>
          <button type="button" class="danger" data-testid={`shot-${photo.purpose}-remove-sure`} onClick={() => void write((database, id, now) => dropPhoto(database, id, photo.sha256, now))}>
            {say('photo.remove_yes')}
          </button>
        </span>
      ) : (
        <button type="button" class="quiet" aria-label={`${say('photo.remove')}: ${title}`} data-testid={`shot-${photo.purpose}-remove`} onClick={() => setSure(true)}>
          <Icon name="bin" />
        </button>
      )}
      {open && bytes && <Viewer shown={draft} photo={photo} bytes={bytes} title={title} close={() => setOpen(false)} />}
    </li>
  )
}
