/** Choosing a village out of what the phone keeps: nearest first, searched by name or township; it may stay open. */

import { useMemo, useState } from 'preact/hooks'
import type { Ground } from '../../../api/wire'
import { type Point, writeDistance } from '../../../place/distance'
import { distanceTo, fold } from '../../../place/finding'
import { readGround } from '../../../store/downloads'
import { say } from '../../../words'
import { useStored } from '../../hooks'

type Village = Ground['villages'][number]
type Props = { value: string | undefined; give: (code: string | undefined) => void; here: Point | null; id: string }

/** As many as a thumb reaches without scrolling far. */
const AT_ONCE = 6

export function VillageChoice({ value, give, here, id }: Props) {
  const [wish, setWish] = useState('')
  const villages = useStored(['stations'], async (database) => (await readGround(database))?.villages ?? [])
  const index = useMemo(() => (villages ? sortVillages(villages, here) : []), [villages, here])
  if (!villages) return null
  if (villages.length === 0) return <p class="hint" data-testid="village-none">{say('found.no_villages')}</p>
  const chosen = value === undefined ? null : villages.find((one) => one.code === value)
  if (chosen) {
    return (
      <>
        <p data-testid="village-chosen"><strong>{nameOf(chosen)}</strong></p>
        <button type="button" class="quiet" data-testid="village-change" onClick={() => give(undefined)}>{say('found.village_change')}</button>
      </>
    )
  }
  const words = fold(wish).split(/\s+/).filter(Boolean)
  const found = index.filter(({ text }) => words.every((word) => text.includes(word)))
  return (
    <>
      <label class="unseen" for={id}>{say('found.village_search')}</label>
      <input id={id} type="search" data-testid="village-search" value={wish} placeholder={say('found.village_search')} onInput={(event) => setWish(event.currentTarget.value)} />
      {/* Without a place and without a word no village is likelier than another: none is offered. */}
      <ul class="villages">
        {(here || words.length > 0 ? found.slice(0, AT_ONCE) : []).map(({ village, far }) => (
          <li key={village.code}>
            <button type="button" data-testid={`village-${village.code}`} onClick={() => give(village.code)}>
              {nameOf(village)}
              {far !== null && <span class="distance">{writeDistance(far)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {words.length > 0 && found.length === 0 && <p class="hint" role="status">{say('stations.none_found')}</p>}
    </>
  )
}

const nameOf = (village: Village): string => [village.township_name, village.name].filter(Boolean).join(' · ')

/** Nearest first; without a place, in the order of their codes. */
function sortVillages(villages: Village[], here: Point | null): { village: Village; text: string; far: number | null }[] {
  return villages
    .map((village) => ({ village, text: fold(`${village.name} ${village.township_name ?? ''} ${village.code}`), far: here && distanceTo(village, here) }))
    .sort((one, other) => (one.far ?? Infinity) - (other.far ?? Infinity) || (one.village.code < other.village.code ? -1 : 1))
}
