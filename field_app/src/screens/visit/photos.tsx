/** The photos a visit needs, each with why; taken in the page or chosen from the phone. */

import { useState } from 'preact/hooks'
import type { LastVisit, PhotoRule } from '../../api/wire'
import { hasCamera } from '../../device/camera/opening'
import { makeClaim } from '../../device/photo/claim'
import { judge } from '../../device/photo/judgement'
import { NotAPicture, readPicture } from '../../device/photo/picture'
import { dropPhoto, keepPhoto } from '../../outbox/photo_keeping'
import type { Draft } from '../../store/database'
import { currentLanguage, label, say } from '../../words'
import { Icon } from '../parts'
import { Camera, type Shot } from './shots/camera'
import { LastPhoto } from './shots/last_photo'
import { KeptShot } from './shots/shot'
import type { Write } from './use_draft'

type Props = {
  draft: Draft
  rule: PhotoRule
  required: boolean
  lacking: boolean
  write: Write
  last?: LastVisit | null
  /** Photos that a reviewer marked, by their hash, each with what for. */
  marks?: Record<string, string>
}

type State = 'idle' | 'camera' | 'working'

/** Purposes whose picture has edges to fit into a frame. */
const FRAMED = ['sign', 'plaque_removed']

export function PhotoQuestion({ draft, rule, required, lacking, write, last = null, marks = {} }: Props) {
  const [state, setState] = useState<State>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const mine = draft.photos.filter((photo) => photo.purpose === rule.purpose)
  const why = currentLanguage() === 'zh' ? rule.why_zh : (rule.why_en ?? rule.why_zh)
  const wanted = mine.map((photo) => marks[photo.sha256]).filter((note): note is string => note !== undefined)
  const take = say(mine.length === 0 ? 'photo.take' : wanted.length > 0 ? 'camera.again' : 'photo.another')
  const standing = lacking ? 'is-wrong' : wanted.length > 0 ? 'is-marked' : ''

  async function keep(shot: Shot): Promise<void> {
    setState('working')
    const claim = await makeClaim(shot.picture, { ...shot, purpose: rule.purpose })
    const kept = await write(async (database, id, now) => {
      const { draft: after, already } = await keepPhoto(database, id, claim, shot.picture.bytes, shot.picture.preview, now)
      setTrouble(already === null ? null : 'photo.already')
      // The one that was marked is made good by this one; the returned visit itself keeps it.
      const replaced = already === null ? after.photos.find((photo) => photo.purpose === rule.purpose && photo.sha256 in marks) : undefined
      return replaced ? dropPhoto(database, id, replaced.sha256, now) : after
    })
    // Why is said above; here, where the person looks, that it is not there.
    if (kept === null) setTrouble('photo.failed')
    setState('idle')
  }

  function chosen(input: HTMLInputElement): void {
    const file = input.files?.[0]
    if (!file) return
    setState('working')
    setTrouble(null)
    readPicture(file)
      .then(async (picture) => {
        await keep({ picture, taken_at: new Date(Math.min(file.lastModified, Date.now())).toISOString(), tilt_deg: null, kept_anyway: false })
        // It was chosen, not just taken: it is kept, and a doubt is only said.
        const doubt = judge({ ...picture, tilt_deg: null })[0]
        if (doubt) setTrouble((before) => before ?? `doubt.${doubt}`)
      })
      .catch((reason: unknown) => {
        setState('idle')
        setTrouble(reason instanceof NotAPicture ? 'photo.unreadable' : 'photo.failed')
      })
      // The same file chosen again would otherwise fire no event.
      .finally(() => (input.value = ''))
  }

  return (
    <section id={`photo-${rule.purpose}`} class={`question ${standing}`} tabIndex={-1} data-testid={`photo-${rule.purpose}`}>
      <h2>
        {label(rule)}
        {!required && <span class="optional">{say('field.optional')}</span>}
      </h2>
      {why && <p class="hint">{say('photo.why', { why })}</p>}
      {wanted.map((note) => (
        <p class="mark" key={note} data-testid={`mark-${rule.purpose}`}>{say(note ? 'returned.photo_note' : 'returned.photo', { note })}</p>
      ))}
      {lacking && <p class="fault">{say('fault.photo')}</p>}
      {last?.photo?.purpose === rule.purpose && <LastPhoto last={last} title={label(rule)} />}
      <ul class="photos">
        {mine.map((photo) => (
          <KeptShot key={photo.sha256} draft={draft} photo={photo} title={label(rule)} write={write} />
        ))}
      </ul>
      <div class="pair">
        {hasCamera() && (
          <button
            type="button"
            class={mine.length === 0 || wanted.length > 0 ? 'strong' : ''}
            aria-label={`${label(rule)}: ${take}`}
            data-testid={`photo-${rule.purpose}-camera`}
            onClick={() => setState('camera')}
          >
            <Icon name="camera" />
            {take}
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
          framed={FRAMED.includes(rule.purpose)}
          taken={(shot) => void keep(shot).catch(() => {
            setState('idle')
            setTrouble('photo.failed')
          })}
          close={(unavailable) => {
            setState('idle')
            setTrouble(unavailable ? 'camera.unavailable' : null)
          }}
        />
      )}
    </section>
  )
}
