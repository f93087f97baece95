/** The photo of last time, small, beside the one to be taken: the same corner, the same sign. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../../../app'
import type { LastVisit } from '../../../api/wire'
import { drawPreview } from '../../../device/picture'
import { stored } from '../../../store/connection'
import { readLastPhoto } from '../../../store/downloads'
import { say, writeDay } from '../../../words'

export function LastPhoto({ last, title }: { last: LastVisit; title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const draw = async (): Promise<void> => {
      if (!last.photo) return
      const kept = await readLastPhoto(await stored(), last.inspection_id)
      const small = kept ?? (await api.smallPhoto(last.inspection_id, last.photo.sha256))
      if (!small || !canvas.current) return
      await drawPreview(canvas.current, small.bytes, small.mime)
      setShown(true)
    }
    draw().catch(() => undefined) // without a signal the visit goes on without it
  }, [last.inspection_id])
  const caption = say('photo.last', { day: writeDay(last.captured_at) })
  return (
    <figure class={shown ? 'last-photo' : 'last-photo is-empty'} data-testid="last-photo">
      <canvas ref={canvas} width={176} height={132} role="img" aria-label={`${title}, ${caption}`} />
      <figcaption class="hint">{shown ? caption : say('photo.last_not_here', { day: writeDay(last.captured_at) })}</figcaption>
    </figure>
  )
}
