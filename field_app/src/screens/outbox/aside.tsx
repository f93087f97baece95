/** A record that the server keeps aside: why, who settles it, and a corrected one begun from it. */

import { useState } from 'preact/hooks'
import type { Form, Problem } from '../../api/wire'
import { beginCorrected, isSaved } from '../../outbox/mending'
import { stored } from '../../store/connection'
import type { Database, OutboxRecord } from '../../store/database'
import { findForm } from '../../store/downloads'
import { currentLanguage, explain, knows, label, say } from '../../words'
import { go, useStored } from '../hooks'
import { listErrors } from '../parts'

/** What was begun from it: nothing, a draft to go on with, or one that is saved. */
type Mended = 'not' | 'begun' | 'saved'

export function KeptAside({ record }: { record: OutboxRecord }) {
  const [failed, setFailed] = useState(false)
  const held = useStored(['outbox', 'stations'], async (database) => ({
    form: await findForm(database, formOf(record)),
    mended: await readMended(database, record.mended_by),
  }), [record.id, record.mended_by])
  const begin = async (): Promise<void> => {
    const database = await stored()
    if (held?.form && (await beginCorrected(database, record.id, held.form, new Date()))) {
      go(record.kind === 'visit' ? `/visit/${encodeURIComponent(record.station_code)}` : '/found')
    }
  }
  return (
    <>
      <Why reason={record.problem} form={held?.form ?? null} />
      <p class="where">{say('aside.held')}</p>
      {held && record.kind !== 'month' && held.mended === 'saved' && <p class="where" data-testid="aside-mended">{say('aside.mended')}</p>}
      {held && record.kind !== 'month' && held.mended !== 'saved' && !held.form && <p class="where">{say('visit.no_form')}</p>}
      {held?.form && record.kind !== 'month' && held.mended !== 'saved' && (
        <>
          {failed && <p class="trouble" role="alert">{say('visit.not_kept')}</p>}
          <button type="button" data-testid={`again-${record.station_code || record.id}`} onClick={() => void begin().catch((reason: unknown) => { console.error(reason); setFailed(true) })}>
            {say(held.mended === 'begun' ? 'aside.go_on' : 'aside.again')}
          </button>
          <p class="hint">{say('aside.again_hint')}</p>
        </>
      )}
    </>
  )
}

const formOf = ({ kind }: OutboxRecord): string => (kind === 'visit' ? 'inspection' : kind === 'found' ? 'found_station' : 'month')

async function readMended(database: Database, id: string | undefined): Promise<Mended> {
  if (!id) return 'not'
  if ((await database.getKey('drafts', id)) !== undefined) return 'begun'
  return (await isSaved(database, id)) ? 'saved' : 'not'
}

/** The reason in words: what, which question, and what to do next. The refusal's own hint speaks to who can change it at once. */
function Why({ reason, form }: { reason: Problem | null; form: Form | null }) {
  if (!reason) return <p class="trouble" data-testid="aside-why">{say('aside.no_reason')}</p>
  const next = knows(`aside.next.${reason.code}`) ? reason.code : 'other'
  return (
    <div class="trouble" data-testid="aside-why">
      <p><strong>{explain(reason).sentence}</strong></p>
      {listErrors(reason.errors ?? {}).map(({ key, message }) => <p key={key + message}>{namePart(form, key)}: {inOwnLanguage(message)}</p>)}
      <p>{say(`aside.next.${next}`)}</p>
    </div>
  )
}

/** A question by its label, a check by its own, a part of the record by our word for it. */
function namePart(form: Form | null, key: string): string {
  const fields = form?.fields ?? []
  const field = fields.find((one) => one.name === key)
  if (field) return label(field)
  const item = fields.map((one) => one.items?.find(({ value }) => value === key)).find((one) => one !== undefined)
  if (item) return label(item)
  return knows(`aside.part.${key}`) ? say(`aside.part.${key}`) : key
}

/** The server writes both languages in a row: «在将来 / in the future». */
function inOwnLanguage(message: string): string {
  const both = message.split(' / ')
  return both.length === 2 ? (both[currentLanguage() === 'zh' ? 0 : 1] as string) : message
}
