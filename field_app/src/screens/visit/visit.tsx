/** A visit: the form as the server wrote it, the place, the photos, and one button. */

import { useEffect, useState } from 'preact/hooks'
import { syncSoon } from '../../app'
import { type Lack, listMissing } from '../../forms/missing'
import { listPhotoRules, listVisible } from '../../forms/visible'
import { DraftGone, dropDraft, keepAnswer, keepCheck } from '../../outbox/drafts'
import { saveVisit } from '../../outbox/saving'
import { stored } from '../../store/connection'
import type { Draft } from '../../store/database'
import { readClock } from '../../sync/clock'
import { label, say, writeDay, writeMoment } from '../../words'
import { Field } from './field'
import { go } from '../hooks'
import { Notice, Vitality } from '../parts'
import { PhotoQuestion } from './photos'
import { PlaceOfVisit } from './place'
import { Shell } from '../shell'
import { stateLabel } from '../work/stations'
import { useDraft, type Visit as Opened, type Write } from './use_draft'

export function Visit({ station_code }: { station_code: string }) {
  const { visit, write, unsaved, close } = useDraft(station_code)
  const title = visit.kind === 'open' ? visit.station.name : say('visit.title')
  return (
    <Shell title={title} back here="visit">
      {unsaved && <Notice kind="bad" testid="not-kept">{say('visit.not_kept')}</Notice>}
      {visit.kind === 'no_form' && <Notice kind="bad">{say('visit.no_form')}</Notice>}
      {visit.kind === 'no_station' && <Notice kind="bad">{say('visit.no_station')}</Notice>}
      {visit.kind === 'open' && <Paper key={visit.draft.id} visit={visit} write={write} close={close} />}
    </Shell>
  )
}

function Paper({ visit, write, close }: { visit: Extract<Opened, { kind: 'open' }>; write: Write; close: () => void }) {
  const { draft, station, form } = visit
  const [judged, setJudged] = useState(false)
  const [saving, setSaving] = useState(false)
  const lacks = listMissing(form, draft.answers, draft.photos)
  const shown = judged ? lacks : []

  async function save(): Promise<void> {
    if (saving) return
    // A box still being typed in is kept first: leaving it does that, and writes are in a row.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setSaving(true)
    let missing: Lack[] = []
    let saved = false
    // Judged and saved in the row of writes: no fix or answer of this page can come between the two.
    await write(async (database, id, now) => {
      const latest = await database.get('drafts', id)
      if (!latest) throw new DraftGone(id)
      missing = listMissing(form, latest.answers, latest.photos)
      if (missing.length === 0) {
        await saveVisit(database, latest, await readClock(database, now), now)
        saved = true
        close()
      }
      return latest
    })
    if (saved) {
      syncSoon()
      go('/outbox/saved')
      return
    }
    setSaving(false)
    setJudged(true)
    if (missing.length > 0) setTimeout(() => document.getElementById('lacks')?.focus(), 0)
  }

  return (
    <form class="paper" noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
      <div class="subject">
        <p>{[station.township_name, station.village_name].filter(Boolean).join(' · ')}<br /><span class="code">{station.code}</span></p>
        <Vitality value={station.vitality} />
        {station.last_observed_at && (
          <p class="hint">{say('stations.last', { day: writeDay(station.last_observed_at), state: stateLabel(form, station.last_observed_state) })}</p>
        )}
      </div>
      <p class="hint" data-testid="draft-kept">{say('visit.kept', { at: writeMoment(draft.changed_at) })}</p>
      {shown.length > 0 && <Lacks lacks={shown} draft={draft} />}
      <PlaceOfVisit draft={draft} station={station} write={write} />
      {listVisible(form, draft.answers).map((field) => (
        <Field
          key={field.name}
          field={field}
          value={draft.answers[field.name]}
          fault={shown.find((lack): lack is Extract<Lack, { kind: 'field' }> => lack.kind === 'field' && lack.name === field.name)?.fault ?? null}
          give={(value) => void write((database, id, now) => keepAnswer(database, id, field.name, value, now))}
          giveCheck={(check, value) => void write((database, id, now) => keepCheck(database, id, field.name, check, value, now))}
        />
      ))}
      {listPhotoRules(form, draft.answers).map(({ rule, required }) => (
        <PhotoQuestion
          key={rule.purpose}
          draft={draft}
          rule={rule}
          required={required}
          lacking={shown.some((lack) => lack.kind === 'photo' && lack.name === rule.purpose)}
          write={write}
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

function Lacks({ lacks, draft }: { lacks: Lack[]; draft: Draft }) {
  const name = (lack: Lack): string => {
    const things = lack.kind === 'field' ? draft.form.fields.filter((one) => one.name === lack.name) : draft.form.photo_rules.filter((one) => one.purpose === lack.name)
    return things[0] ? label(things[0]) : lack.name
  }
  const show = (lack: Lack): void => {
    const target = document.getElementById(`${lack.kind}-${lack.name}`)
    target?.scrollIntoView({ block: 'center' })
    target?.focus({ preventScroll: true })
  }
  return (
    <div class="notice is-bad" id="lacks" tabIndex={-1} role="alert" data-testid="lacks">
      <p><strong>{say('visit.lacks', { count: lacks.length })}</strong></p>
      {lacks.map((lack) => (
        <button key={`${lack.kind}-${lack.name}`} type="button" class="quiet" onClick={() => show(lack)}>{name(lack)}</button>
      ))}
    </div>
  )
}

/** Photos taken for a purpose that the answers no longer ask for are sent along, and the person is told so. */
function LeftOver({ draft }: { draft: Draft }) {
  const asked = new Set(listPhotoRules(draft.form, draft.answers).map(({ rule }) => rule.purpose))
  const count = draft.photos.filter((photo) => !asked.has(photo.purpose)).length
  return count > 0 ? <p class="hint">{say('photo.left_over', { count })}</p> : null
}

function Discard({ id, close }: { id: string; close: () => void }) {
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
        {say(sure ? 'visit.discard_yes' : 'visit.discard')}
      </button>
    </div>
  )
}
