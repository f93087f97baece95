/** The photo of last time, small, beside the one to be taken: the same corner, the same sign. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { showLastPhoto } from '../../../app'
import type { LastVisit } from '../../../api/wire'
import { drawPreview } from '../../../device/photo/picture'
import { say, writeDay } from '../../../words'

export function LastPhoto({ last, title }: { last: LastVisit; title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const draw = async (): Promise<void> => {
      const small = await showLastPhoto(last)
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
