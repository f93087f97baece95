/** The photos a visit needs, each with why; taken in the page or chosen from the phone. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { PhotoClaim, PhotoRule } from '../../api/wire'
import { drawPreview, NotAPicture, type Picture, readPicture } from '../../device/picture'
import { hashBytes } from '../../outbox/canonical'
import { dropPhoto, keepPhoto, readPhoto } from '../../outbox/drafts'
import { stored } from '../../store/connection'
import type { Draft } from '../../store/database'
import { currentLanguage, label, say } from '../../words'
import { Camera, hasCamera } from './camera'
import { Icon } from '../parts'
import type { Write } from './use_draft'

type Props = { draft: Draft; rule: PhotoRule; required: boolean; lacking: boolean; write: Write }

type State = 'idle' | 'camera' | 'working'

export function PhotoQuestion({ draft, rule, required, lacking, write }: Props) {
  const [state, setState] = useState<State>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const mine = draft.photos.filter((photo) => photo.purpose === rule.purpose)
  const why = currentLanguage() === 'zh' ? rule.why_zh : (rule.why_en ?? rule.why_zh)

  async function keep(picture: Picture, taken_at: string): Promise<void> {
    const claim: PhotoClaim = {
      sha256: await hashBytes(picture.bytes),
      purpose: rule.purpose,
      size: picture.bytes.byteLength,
      mime: picture.mime,
      taken_at,
    }
    await write(async (database, id, now) => {
      const { draft: after, already } = await keepPhoto(database, id, claim, picture.bytes, now)
      setTrouble(already === null ? null : 'photo.already')
      return after
    })
    setState('idle')
  }

  function chosen(input: HTMLInputElement): void {
    const file = input.files?.[0]
    if (!file) return
    setState('working')
    setTrouble(null)
    readPicture(file)
      .then((picture) => keep(picture, new Date(Math.min(file.lastModified, Date.now())).toISOString()))
      .catch((reason: unknown) => {
        setState('idle')
        setTrouble(reason instanceof NotAPicture ? 'photo.unreadable' : 'photo.failed')
      })
      // The same file chosen again would otherwise fire no event.
      .finally(() => (input.value = ''))
  }

  return (
    <section id={`photo-${rule.purpose}`} class={lacking ? 'question is-wrong' : 'question'} tabIndex={-1} data-testid={`photo-${rule.purpose}`}>
      <h2>
        {label(rule)}
        {!required && <span class="optional">{say('field.optional')}</span>}
      </h2>
      {why && <p class="hint">{say('photo.why', { why })}</p>}
      {lacking && <p class="fault">{say('fault.photo')}</p>}
      <ul class="photos">
        {mine.map((photo) => (
          <Shot key={photo.sha256} draft_id={draft.id} photo={photo} title={label(rule)} write={write} />
        ))}
      </ul>
      <div class="pair">
        {hasCamera() && (
          <button type="button" class={mine.length === 0 ? 'strong' : ''} data-testid={`photo-${rule.purpose}-camera`} onClick={() => setState('camera')}>
            <Icon name="camera" />
            {say(mine.length === 0 ? 'photo.take' : 'photo.another')}
          </button>
        )}
        <label class="button">
          {say('photo.choose')}
          <input
            type="file"
            accept="image/*"
            class="unseen"
            aria-label={`${label(rule)}: ${say('photo.choose')}`}
            data-testid={`photo-${rule.purpose}-file`}
            onChange={(event) => chosen(event.currentTarget)}
          />
        </label>
      </div>
      {state === 'working' && <p class="hint" role="status">{say('photo.working')}</p>}
      {trouble && <p class="trouble" role="alert">{say(trouble)}</p>}
      {state === 'camera' && (
        <Camera
          title={label(rule)}
          taken={(picture) => {
            setState('working')
            void keep(picture, new Date().toISOString()).catch(() => setTrouble('photo.failed'))
          }}
          close={(unavailable) => {
            setState('idle')
            setTrouble(unavailable ? 'camera.unavailable' : null)
          }}
        />
      )}
    </section>
  )
}

function Shot({ draft_id, photo, title, write }: { draft_id: string; photo: PhotoClaim; title: string; write: Write }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    void stored()
      .then((database) => readPhoto(database, draft_id, photo.sha256))
      .then((bytes) => (bytes && canvas.current ? drawPreview(canvas.current, bytes, photo.mime) : undefined))
      .catch(() => undefined) // a preview is a comfort; the photo itself is kept
  }, [draft_id, photo.sha256])
  return (
    <li data-testid={`shot-${photo.purpose}`}>
      <canvas ref={canvas} width={176} height={132} role="img" aria-label={title} />
      <span class="hint">{say('photo.kept', { size: Math.max(1, Math.round(photo.size / 1000)) })}</span>
      <button type="button" class="quiet" aria-label={`${say('photo.remove')}: ${title}`} onClick={() => void write((database, id, now) => dropPhoto(database, id, photo.sha256, now))}>
        <Icon name="bin" />
      </button>
    </li>
  )
}
