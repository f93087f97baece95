/** A picture that may not be readable: shown with why, and the person decides. */

import { useEffect, useRef } from 'preact/hooks'
import type { Doubt } from '../../../device/photo/judgement'
import { drawWhole, type Picture } from '../../../device/photo/picture'
import { say } from '../../../words'

type Props = { picture: Picture; doubts: Doubt[]; again: () => void; keep: () => void }

export function Doubtful({ picture, doubts, again, keep }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const words = useRef<HTMLDivElement>(null)
  useEffect(() => {
    words.current?.focus()
    if (canvas.current) void drawWhole(canvas.current, picture.bytes, picture.mime).catch(() => undefined) // the words are enough
  }, [picture])
  return (
    <div class="doubtful" data-testid="photo-doubtful">
      <canvas ref={canvas} role="img" aria-label={say('camera.this_picture')} />
      <div class="why" ref={words} tabIndex={-1} role="alert">
        {doubts.map((doubt) => <p key={doubt} data-testid={`doubt-${doubt}`}>{say(`doubt.${doubt}`)}</p>)}
      </div>
      <div class="camera-buttons">
        <button type="button" data-testid="photo-keep-anyway" onClick={keep}>{say('camera.keep_anyway')}</button>
        <button type="button" class="strong" data-testid="photo-again" onClick={again}>{say('camera.again')}</button>
      </div>
    </div>
  )
}
