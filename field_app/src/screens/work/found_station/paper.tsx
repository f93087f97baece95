/** The form of a station that is on no list, as the server wrote it; kept as it is given. */

import { useState } from 'preact/hooks'
import { listMissing } from '../../../forms/missing'
import { listPhotoRules, listVisible } from '../../../forms/visible'
import { keepAnswer, keepCheck, keepPosition } from '../../../outbox/drafts'
import { saveFound } from '../../../outbox/saving'
import { writeDistance } from '../../../place/distance'
import type { Draft } from '../../../store/database'
import { readClock } from '../../../sync/clock'
import { say } from '../../../words'
import { Icon, Notice } from '../../parts'
import { Field } from '../../visit/field'
import { Discard, Lacks } from '../../visit/lacks'
import { PhotoQuestion } from '../../visit/photos'
import { useSaving } from '../../visit/use_saving'
import { useWrites, type Write } from '../../visit/use_writes'
import { useListening } from '../here'
import { VillageChoice } from './village'

export function FoundPaper({ begun }: { begun: Draft }) {
  const [draft, setDraft] = useState(begun)
  const { write, unsaved, close } = useWrites(begun.id, setDraft)
  const { judged, saving, save } = useSaving({
    write, close,
    judge: (latest) => listMissing(latest.form, latest.answers, latest.photos, latest.not_answered),
    keep: async (database, latest, now) => saveFound(database, latest, await readClock(database, now), now),
  })
  const { form, answers } = draft
  const shown = judged ? listMissing(form, answers, draft.photos, draft.not_answered) : []

  return (
    <form class="paper" noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
      {unsaved && <Notice kind="bad" testid="not-kept">{say(unsaved)}</Notice>}
      {shown.length > 0 && <Lacks lacks={shown} draft={draft} />}
      <PlaceOfFound draft={draft} write={write} />
      {listVisible(form, answers).map((field) => {
        const lack = shown.find((one) => one.kind === 'field' && one.name === field.name)
        return (
          <Field
            key={field.name}
            field={field}
            value={answers[field.name]}
            fault={lack?.kind === 'field' ? lack.fault : null}
            give={(value) => void write((database, id, now) => keepAnswer(database, id, field.name, value, now))}
            giveCheck={(check, value) => void write((database, id, now) => keepCheck(database, id, field.name, check, value, now))}
            chooser={(value, give) => <VillageChoice id={`input-${field.name}`} value={value} give={give} here={draft.position} />}
          />
        )
      })}
      {listPhotoRules(form, answers).map(({ rule, required }) => (
        <PhotoQuestion
          key={rule.purpose}
          draft={draft}
          rule={rule}
          required={required}
          lacking={shown.some((lack) => lack.kind === 'photo' && lack.name === rule.purpose)}
          write={write}
        />
      ))}
      <Discard id={draft.id} close={close} word="found.discard" />
      <div class="save">
        <button type="submit" class="primary" data-testid="save-found" aria-disabled={saving}>
          {say(saving ? 'visit.saving' : 'found.save')}
        </button>
      </div>
    </form>
  )
}

/** Where it stands: the best of several fixes, never a condition for saving. */
function PlaceOfFound({ draft, write }: { draft: Draft; write: Write }) {
  const { listening, trouble, listen } = useListening(
    (position) => void write((database, id, now) => keepPosition(database, id, position, now)),
    draft.position === null,
  )
  const fix = draft.position
  return (
    <section class="question" data-testid="fix">
      <h2>{say('found.fix')}</h2>
      {fix ? <p data-testid="fix-found">{say('found.fix_found', { accuracy: writeDistance(fix.accuracy_m) })}</p> : <p class="hint">{say('found.fix_why')}</p>}
      {trouble && <p class="trouble" role="alert">{say(`fix.${trouble}`)} {say('fix.not_needed')}</p>}
      <button type="button" data-testid="take-fix" aria-disabled={listening} onClick={listen}>
        <Icon name="fix" />
        {say(listening ? 'fix.listening' : fix ? 'fix.again' : 'fix.take')}
      </button>
    </section>
  )
}
