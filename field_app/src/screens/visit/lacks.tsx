/** The end of the paper: what still lacks, what is sent along all the same, and how to throw it away. */

import { useEffect, useState } from 'preact/hooks'
import type { Lack } from '../../forms/missing'
import { listPhotoRules } from '../../forms/visible'
import { dropDraft } from '../../outbox/drafts'
import { stored } from '../../store/connection'
import type { Draft } from '../../store/database'
import { label, say } from '../../words'
import { go } from '../hooks'
import { showPart } from './returned'

export function Lacks({ lacks, draft }: { lacks: Lack[]; draft: Draft }) {
  const name = (lack: Lack): string => {
    const things = lack.kind === 'field'
      ? draft.form.fields.filter((one) => one.name === lack.name)
      : draft.form.photo_rules.filter((one) => one.purpose === lack.name)
    return things[0] ? label(things[0]) : lack.name
  }
  return (
    <div class="notice is-bad" id="lacks" tabIndex={-1} role="alert" data-testid="lacks">
      <p><strong>{say('visit.lacks', { count: lacks.length })}</strong></p>
      {lacks.map((lack) => (
        <button key={`${lack.kind}-${lack.name}`} type="button" class="quiet" onClick={() => showPart(`${lack.kind}-${lack.name}`)}>{name(lack)}</button>
      ))}
    </div>
  )
}

/** Photos taken for a purpose that the answers no longer ask for are sent along, and the person is told so. */
export function LeftOver({ draft }: { draft: Draft }) {
  const asked = new Set(listPhotoRules(draft.form, draft.answers).map(({ rule }) => rule.purpose))
  const count = draft.photos.filter((photo) => !asked.has(photo.purpose)).length
  return count > 0 ? <p class="hint">{say('photo.left_over', { count })}</p> : null
}

export function Discard({ id, close, word = 'visit.discard' }: { id: string; close: () => void; word?: string }) {
  const [sure, setSure] = useState(false)
  useEffect(() => setSure(false), [id])
  const drop = (): void => {
    close()
    void stored().then((database) => dropDraft(database, id)).then(() => go('/stations'))
  }
  return (
    <div class="discard">
      {sure && <p role="alert">{say('visit.discard_sure')}</p>}
      {sure && <button type="button" onClick={() => setSure(false)}>{say('visit.discard_no')}</button>}
      <button type="button" class={sure ? 'danger' : 'quiet'} data-testid="discard-draft" onClick={() => (sure ? drop() : setSure(true))}>
        {say(sure ? 'visit.discard_yes' : word)}
      </button>
    </div>
  )
}
