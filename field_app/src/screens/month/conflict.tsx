/** The month was filed elsewhere in the meantime: both versions side by side, and the person says which stands. */

import type { Form, MyMonth } from '../../api/wire'
import { readFigure } from '../../months/amounts'
import { listFigures } from '../../months/checks'
import { label, name } from '../../words'
import { Notice } from '../parts'
import { Drop } from './filed'
import { amount, tell } from './saying'

/** One side: figures by the form's names as they travel, or as typed. */
export type Side = { figures: Record<string, unknown>; is_nil: boolean }
export type Theirs = Side & { version: number; source: string; accepted: boolean }

type Props = { form: Form; mine: Side; theirs: Theirs; can_file: boolean; takeMine: () => void; takeTheirs: () => Promise<unknown> }

export function Conflict({ form, mine, theirs, can_file, takeMine, takeTheirs }: Props) {
  const rows = listFigures(form).map((field) => {
    const say = (side: Side): string => {
      const value = side.is_nil ? null : readFigure(side.figures[field.name] as string | number | null | undefined, field.type)
      return side.is_nil ? tell('history.nil') : value === null ? tell('empty') : amount(value, field)
    }
    return { field, mine: say(mine), theirs: say(theirs) }
  }).filter((row) => row.mine !== tell('empty') || row.theirs !== tell('empty'))
  return (
    <section data-testid="month-conflict">
      <Notice kind="bad">
        <p><strong>{tell('conflict')}</strong></p>
        <p>{tell('conflict_hint')}</p>
        <p>{tell('conflict.whose', { version: theirs.version, source: name('report_source', theirs.source) })}</p>
      </Notice>
      <table class="both">
        <thead>
          <tr>
            <th scope="col">{tell('conflict.item')}</th>
            <th scope="col">{tell('conflict.mine')}</th>
            <th scope="col">{tell('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field.name} class={row.mine === row.theirs ? '' : 'differs'}>
              <th scope="row">{label(row.field)}</th>
              <td>{row.mine}</td>
              <td>{row.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {can_file && !theirs.accepted
        ? <button type="button" class="wide strong" data-testid="use-mine" onClick={takeMine}>{tell('conflict.use_mine')}</button>
        : <p class="hint">{tell('conflict.closed')}</p>}
      <Drop drop={takeTheirs} words="conflict.use_theirs" />
    </section>
  )
}

type Current = { version: number; state: string; is_nil: boolean; source: string; values: Record<string, unknown> }

/** The other version, as the server's refusal carries it, or as the months show it. */
export function readTheirs(details: unknown, month: MyMonth | null): Theirs | null {
  const current = (details as { current?: Current | null } | undefined)?.current
  if (current) return { version: current.version, is_nil: current.is_nil, source: current.source, figures: current.values, accepted: current.state === 'accepted' }
  if (month?.figures && month.version !== null) {
    const { figures, version, report_state } = month
    return { version, is_nil: figures.is_nil, source: figures.source, figures: { ...figures }, accepted: report_state === 'accepted' }
  }
  return null
}
