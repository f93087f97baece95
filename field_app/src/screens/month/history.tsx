/** The own twelve months as bars, and as a table for whoever reads rather than looks. Compared with nobody. */

import { useState } from 'preact/hooks'
import type { Form, FormField, MyMonth } from '../../api/wire'
import { figureOf, listFigures } from '../../months/checks'
import { type Bar, drawBars } from '../../months/bars'
import { label } from '../../words'
import { amount, short, tell, title } from './saying'

const WIDTH = 336
const HEIGHT = 132
const BASE = 108
const SLOT = WIDTH / 12

type Props = { form: Form; months: MyMonth[]; here: string }

export function History({ form, months, here }: Props) {
  const fields = listFigures(form).filter((field) => months.some((month) => figureOf(month.figures, field) !== null))
  const [chosen, choose] = useState<string | null>(null)
  const field = fields.find((one) => one.name === chosen) ?? fields[0]
  const bars = field ? drawBars(months, field) : []
  if (!field || bars.length === 0) return null
  return (
    <section class="history" data-testid="month-history">
      <h2>{tell('history')}</h2>
      <p class="hint">{tell('history.note')}</p>
      {fields.length > 1 && (
        <div class="chips" role="group" aria-label={tell('history')}>
          {fields.map((one) => (
            <button key={one.name} type="button" class="chip" aria-pressed={one === field} onClick={() => choose(one.name)}>{label(one)}</button>
          ))}
        </div>
      )}
      <Chart field={field} bars={bars} here={here} />
      <p class="legend hint" aria-hidden="true">○ {tell('history.nil')} · ? {tell('history.missing')} · – {tell('history.excused')}</p>
      <details>
        <summary>{tell('history.table')}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={tell('history.table')}>
          <Table fields={fields} months={months} bars={bars} />
        </div>
      </details>
    </section>
  )
}

function Chart({ field, bars, here }: { field: FormField; bars: Bar[]; here: string }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value ?? 0))
  const best = bars.find((bar) => bar.value === most)
  const count = (kind: Bar['kind']): number => bars.filter((bar) => bar.kind === kind).length
  const said = tell('history.chart', { label: label(field), count: count('figure'), nil: count('nil'), missing: count('missing') })
  return (
    <figure class="chart">
      {best && <p class="hint">{tell('history.best', { value: amount(most, field), month: short(best.period) })}</p>}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said} focusable="false">
        <line class="base" x1="0" x2={WIDTH} y1={BASE} y2={BASE} />
        {bars.map((bar, place) => {
          const middle = place * SLOT + SLOT / 2
          return (
            <g key={bar.period} class={bar.period === here ? 'is-here' : ''}>
              <Mark bar={bar} middle={middle} most={most} />
              <text class="month-number" x={middle} y={HEIGHT - 6} text-anchor="middle">{Number(bar.period.slice(4))}</text>
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

/** A bar for a figure; a ring for nothing; a dashed box with a question mark for a month that is missing. */
function Mark({ bar, middle, most }: { bar: Bar; middle: number; most: number }) {
  switch (bar.kind) {
    case 'figure': {
      const height = Math.max(2, Math.round(((bar.value ?? 0) / most) * (BASE - 12)))
      return <rect class="bar" x={middle - 9} y={BASE - height} width="18" height={height} rx="2" />
    }
    case 'nil':
      return <circle class="ring" cx={middle} cy={BASE - 10} r="5" />
    case 'missing':
      return (
        <>
          <rect class="gap" x={middle - 9} y={BASE - 34} width="18" height="34" />
          <text x={middle} y={BASE - 12} text-anchor="middle">?</text>
        </>
      )
    case 'excused':
      return <text x={middle} y={BASE - 6} text-anchor="middle">–</text>
    default:
      return null
  }
}

function Table({ fields, months, bars }: { fields: FormField[]; months: MyMonth[]; bars: Bar[] }) {
  const known = new Map(months.map((month) => [month.period, month]))
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{tell('history.month')}</th>
          {fields.map((field) => <th key={field.name} scope="col">{label(field)}</th>)}
        </tr>
      </thead>
      <tbody>
        {bars.filter((bar) => bar.kind !== 'none').map((bar) => (
          <tr key={bar.period}>
            <th scope="row"><a href={`#/month/${bar.period}`}>{title(bar.period)}</a></th>
            {fields.map((field) => {
              const value = figureOf(known.get(bar.period)?.figures ?? null, field)
              const word = tell(`history.${bar.kind === 'figure' ? 'empty' : bar.kind}`)
              return <td key={field.name}>{value === null ? word : amount(value, field)}</td>
            })}
          </tr>
        )).reverse()}
      </tbody>
    </table>
  )
}
