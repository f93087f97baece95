/** A station that is on no list: first what it might be, then its form. */

import { useEffect, useState } from 'preact/hooks'
import { beginDraft, findDraft, isTouched, keepAnswer } from '../../../outbox/drafts'
import { stored } from '../../../store/connection'
import type { Draft } from '../../../store/database'
import { findForm } from '../../../store/downloads'
import { currentAccountId } from '../../../store/enrolment'
import { say } from '../../../words'
import { useStored } from '../../hooks'
import { Notice } from '../../parts'
import { Shell } from '../../shell'
import { Alike } from './alike'
import { FoundPaper } from './paper'
import { readOwnToday, useIndex } from '../held'
import { useHere } from '../here'

/** The one begun and not saved, if any: it is gone on with, not asked about again. */
async function findBegun(): Promise<Draft | null> {
  const database = await stored()
  const account = await currentAccountId(database)
  const begun = account === null ? null : await findDraft(database, '', account, 'found')
  return begun && isTouched(begun) ? begun : null
}

export function Found() {
  const index = useIndex()
  const place = useHere()
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined)
  const [failed, setFailed] = useState(false)
  const held = useStored(['stations', 'outbox'], async (database) => ({
    form: await findForm(database, 'found_station'),
    visit_form: await findForm(database, 'inspection'),
    today: await readOwnToday(database, new Date()),
  }))
  const fail = (reason: unknown): void => {
    console.error(reason)
    setFailed(true)
  }
  useEffect(() => void findBegun().then(setDraft).catch(fail), [])

  async function begin(nearby: string[], village: string | null): Promise<void> {
    const database = await stored()
    const account_id = await currentAccountId(database)
    const form = held?.form
    if (!form || account_id === null) return
    const now = new Date()
    const begun = await beginDraft(database, { kind: 'found', station: null, account_id, form, now, nearby })
    const asked = form.fields.find((field) => field.type === 'village')
    setDraft(village && asked ? await keepAnswer(database, begun.id, asked.name, village, now) : begun)
    window.scrollTo(0, 0)
  }

  const around = { form: held?.visit_form ?? null, begun: new Set<string>(), today: held?.today.own ?? new Set<string>(), now: held?.today.now ?? new Date() }
  return (
    <Shell title={say('found.title')} here="found" back>
      {failed && <Notice kind="bad">{say('visit.not_kept')}</Notice>}
      {draft && <FoundPaper key={draft.id} begun={draft} />}
      {draft === null && index && held && (
        <Alike index={index} place={place} around={around} form={held.form} goOn={(nearby, village) => void begin(nearby, village).catch(fail)} />
      )}
    </Shell>
  )
}
