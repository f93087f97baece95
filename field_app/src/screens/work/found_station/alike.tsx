/** Before a new station: everything it might be, within 2 km and in the same village. «None of these» goes on.

    It is offered once a place or a village was looked at, or once it is clear that the phone cannot say where it is. */

import { useMemo, useState } from 'preact/hooks'
import type { Form } from '../../../api/wire'
import { listAlike } from '../../../place/finding'
import { say } from '../../../words'
import { Icon } from '../../parts'
import { type Around, Card } from '../cards'
import type { useIndex } from '../held'
import type { Here } from '../here'
import { VillageChoice } from './village'

/** The server takes so many codes of stations that were shown as near. */
const MOST_NEARBY = 50

type Props = {
  index: NonNullable<ReturnType<typeof useIndex>>
  place: Here
  around: Around
  form: Form | null
  /** It is none of those shown; their codes, and the village if it was said. */
  goOn: (nearby: string[], village: string | null) => void
}

export function Alike({ index, place, around, form, goOn }: Props) {
  const { here, listening, trouble, listen } = place
  const [village, setVillage] = useState<string | null>(null)
  const alike = useMemo(() => listAlike(index, here, village).slice(0, MOST_NEARBY), [index, here, village])
  const looked = here !== null || village !== null
  return (
    <>
      <h2>{say('found.check_title')}</h2>
      <p class="hint">{say('found.check_hint')}</p>
      {!here && (
        <section class="question">
          {!looked && <p class="hint">{say('found.check_no_place')}</p>}
          <button type="button" class="wide" data-testid="found-locate" aria-disabled={listening} onClick={listen}>
            <Icon name="fix" />
            {say(listening ? 'fix.listening' : 'work.near_ask')}
          </button>
          {trouble && <p class="trouble" role="alert">{say(`fix.${trouble}`)}</p>}
          <h2>{say('found.check_village')}</h2>
          <VillageChoice id="check-village" value={village ?? undefined} give={(code) => setVillage(code ?? null)} here={here} />
        </section>
      )}
      <ul class="cards" data-testid="alike">
        {alike.map((one) => <Card key={one.station.code} found={one} around={around} />)}
      </ul>
      {looked && alike.length === 0 && <p role="status">{say('found.check_nothing')}</p>}
      {form && (looked || trouble !== null) && (
        <button type="button" class="wide" data-testid="none-of-these" onClick={() => goOn(alike.map(({ station }) => station.code), village)}>
          {say('found.none_of_these')}
        </button>
      )}
      {!form && <p class="trouble" role="alert">{say('found.no_form')}</p>}
    </>
  )
}
