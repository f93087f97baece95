/** The paper of a visit: the questions of its form, the photos it needs, and saving it. */

import type { FormField } from '../../api/wire'
import { type Earlier, findEarlier, repeatEarlier } from '../../forms/earlier'
import { listMissing } from '../../forms/missing'
import { listMarks, readReturned } from '../../forms/returned'
import { leftOpen, listPhotoRules, listVisible } from '../../forms/visible'
import { keepAnswer, keepCheck, keepNotAnswered, takeUpReturned } from '../../outbox/drafts'
import { saveVisit } from '../../outbox/saving'
import { readClock } from '../../sync/clock'
import { say, writeDay, writeMoment } from '../../words'
import { Field } from './field'
import { Discard, Lacks, LeftOver } from './lacks'
import { Notice, Vitality } from '../parts'
import { PhotoQuestion } from './photos'
import { PlaceOfVisit } from './place'
import { ReturnNote } from './returned'
import { Shell } from '../shell'
import { stateLabel } from '../work/cards'
import { VisitedToday } from '../work/visited_today'
import { WayTo } from '../work/way_to'
import { useDraft, type Visit as Opened, type Write } from './use_draft'
import { useSaving } from './use_saving'

export function Visit({ station_code }: { station_code: string }) {
  const { visit, write, unsaved, close } = useDraft(station_code)
  const title = visit.kind === 'open' ? visit.station.name : say('visit.title')
  return (
    <Shell title={title} back here="visit">
      {unsaved && <Notice kind="bad" testid="not-kept">{say(unsaved)}</Notice>}
      {visit.kind === 'no_form' && <Notice kind="bad">{say('visit.no_form')}</Notice>}
      {visit.kind === 'no_station' && <Notice kind="bad">{say('visit.no_station')}</Notice>}
      {visit.kind === 'open' && <Paper key={visit.draft.id} visit={visit} write={write} close={close} />}
    </Shell>
  )
}

type Paper = { visit: Extract<Opened, { kind: 'open' }>; write: Write; close: () => void }

function Paper({ visit, write, close }: Paper) {
  const { draft, station, form, preset, returned } = visit
  const { judged, saving, save } = useSaving({
    write, close,
    judge: (latest) => listMissing(form, { ...preset, ...latest.answers }, latest.photos, latest.not_answered),
    keep: async (database, latest, now) => {
      let whole = latest
      for (const [name, value] of Object.entries(preset)) {
        if (whole.answers[name] === undefined) whole = await keepAnswer(database, latest.id, name, value, now)
      }
      await saveVisit(database, whole, await readClock(database, now), now)
    },
  })
  const answers = { ...preset, ...draft.answers }
  const shown = judged ? listMissing(form, answers, draft.photos, draft.not_answered) : []
  const answered = returned !== null && draft.replaces === returned.id ? returned : null
  const marks = answered ? listMarks(answered, readReturned(form, answered), draft) : []

  const repeat = (field: FormField, earlier: Earlier): void => {
    const value = repeatEarlier(earlier, draft.answers, field)
    void write((database, id, now) => keepAnswer(database, id, field.name, value, now))
  }
  const question = (field: FormField) => {
    const earlier = findEarlier(field, station)
    const lack = shown.find((one) => one.kind === 'field' && one.name === field.name)
    const mark = marks.find((one) => one.kind === 'field' && one.name === field.name)
    return (
      <Field
        key={field.name}
        field={field}
        value={answers[field.name]}
        fault={lack?.kind === 'field' ? lack.fault : null}
        give={(value) => void write((database, id, now) => keepAnswer(database, id, field.name, value, now))}
        giveCheck={(check, value) => void write((database, id, now) => keepCheck(database, id, field.name, check, value, now))}
        left={leftOpen(field, answers, draft.not_answered)}
        leave={(value) => void write((database, id, now) => keepNotAnswered(database, id, field.name, value, now))}
        earlier={earlier}
        {...(earlier && { repeat: () => repeat(field, earlier) })}
        mark={mark?.note ?? null}
      />
    )
  }

  return (
    <form class="paper" noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
      {returned && (
        <ReturnNote
          returned={returned}
          marks={marks}
          form={form}
          takeUp={answered ? null : () => void write((database, id, now) => takeUpReturned(database, id, returned, now))}
        />
      )}
      {visit.unlisted && <Notice kind="bad" testid="unlisted">{say('visit.unlisted')}</Notice>}
      <VisitedToday station={station} />
      <Subject visit={visit} />
      {shown.length > 0 && <Lacks lacks={shown} draft={draft} />}
      <PlaceOfVisit draft={draft} station={station} write={write} />
      {listVisible(form, answers).map(question)}
      {listPhotoRules(form, answers).map(({ rule, required }) => (
        <PhotoQuestion
          key={rule.purpose}
          draft={draft}
          rule={rule}
          required={required}
          lacking={shown.some((lack) => lack.kind === 'photo' && lack.name === rule.purpose)}
          write={write}
          last={station.last_visit}
          marks={notesOfPhotos(marks)}
        />
      ))}
      <LeftOver draft={draft} />
      <Discard id={draft.id} close={close} />
      <div class="save">
        <button type="submit" class="primary" data-testid="save-visit" aria-disabled={saving}>
          {say(saving ? 'visit.saving' : 'visit.save')}
        </button>
      </div>
    </form>
  )
}

function notesOfPhotos(marks: ReturnType<typeof listMarks>): Record<string, string> {
  const notes: Record<string, string> = {}
  for (const mark of marks) if (mark.kind === 'photo') notes[mark.name] = mark.note
  return notes
}

/** Which station it is, what was found there last, and the way. */
function Subject({ visit: { draft, station, form, unlisted } }: Pick<Paper, 'visit'>) {
  return (
    <div class="subject">
      <p>{[station.township_name, station.village_name].filter(Boolean).join(' · ')}<br /><span class="code">{station.code}</span></p>
      {!unlisted && <Vitality value={station.vitality} />}
      {station.last_observed_at && (
        <p class="hint">{say('stations.last', { day: writeDay(station.last_observed_at), state: stateLabel(form, station.last_observed_state) })}</p>
      )}
      <WayTo station={station} here={draft.position} />
      <p class="hint" data-testid="draft-kept">{say('visit.kept', { at: writeMoment(draft.changed_at) })}</p>
    </div>
  )
}
