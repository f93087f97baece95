/** The list of stations: search, nearest first, one tap to a visit. All from the phone's own store. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { runner, syncSoon } from '../../app'
import type { Form } from '../../api/wire'
import { listenForPosition, type Trouble } from '../../device/position'
import { listDrafts } from '../../outbox/drafts'
import { writeDistance } from '../../place/distance'
import { findStations, type Found } from '../../place/finding'
import type { Position } from '../../store/database'
import { readSetting } from '../../store/database'
import { findForm, listStations } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { label, say, writeDay } from '../../words'
import { useStored } from '../hooks'
import { Icon, Notice, Vitality } from '../parts'
import { Shell } from '../shell'

const AT_ONCE = 40

// Where the person was and what they sought, kept while the app is open: coming back from a visit loses neither.
let lastHere: Position | null = null
let lastWish = ''

export function Stations() {
  const [wish, setWish] = useState(lastWish)
  const [shown, setShown] = useState(AT_ONCE)
  const [here, setHere] = useState<Position | null>(lastHere)
  const all = useStored(['stations', 'outbox'], async (database) => {
    const account = await currentAccountId(database)
    return {
      stations: await listStations(database),
      as_of: await readSetting(database, 'stations_as_of'),
      form: await findForm(database, 'inspection'),
      begun: new Set(account ? (await listDrafts(database, account)).map((draft) => draft.station_code) : []),
    }
  })
  const found = useMemo(() => (all ? findStations(all.stations, wish, here) : []), [all, wish, here])
  lastWish = wish
  lastHere = here
  if (!all) return <Shell title={say('nav.stations')} here="stations">{null}</Shell>
  return (
    <Shell title={say('nav.stations')} here="stations">
      <div class="finder">
        <label class="unseen" for="search">{say('stations.search')}</label>
        <Icon name="search" />
        <input
          id="search"
          type="search"
          data-testid="station-search"
          value={wish}
          placeholder={say('stations.search')}
          onInput={(event) => {
            setWish(event.currentTarget.value)
            setShown(AT_ONCE)
          }}
        />
      </div>
      <Nearest here={here} heard={setHere} />
      <p class="hint" role="status" data-testid="station-count">
        {say('stations.count', { count: found.length })}
        {all.as_of && ` · ${say('stations.as_of', { at: writeDay(all.as_of) })}`}
      </p>
      {all.stations.length === 0 ? <Empty /> : found.length === 0 && <Notice kind="plain">{say('stations.none_found')}</Notice>}
      <ul class="cards">
        {found.slice(0, shown).map((one) => (
          <Card key={one.station.code} found={one} form={all.form} begun={all.begun.has(one.station.code)} />
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" class="wide" data-testid="stations-more" onClick={() => setShown(shown + AT_ONCE)}>
          {say('stations.more', { count: found.length - shown })}
        </button>
      )}
    </Shell>
  )
}

function Empty() {
  const running = useStored(['sync'], async () => runner.isRunning()) ?? false
  return (
    <Notice kind="plain">
      <p>{say(running ? 'stations.loading' : 'stations.empty')}</p>
      {!running && <button type="button" onClick={syncSoon}>{say('outbox.sync')}</button>}
    </Notice>
  )
}

function Card({ found, form, begun }: { found: Found; form: Form | null; begun: boolean }) {
  const { station, distance_m } = found
  return (
    <li>
      <a href={`#/visit/${encodeURIComponent(station.code)}`} data-testid={`station-${station.code}`}>
        <span class="name">{station.name}</span>
        <span class="aside">
          {distance_m !== null && <span class="distance">{writeDistance(distance_m)}</span>}
          <Vitality value={station.vitality} />
        </span>
        <span class="where">{[station.township_name, station.village_name].filter(Boolean).join(' · ')}</span>
        <span class="where">
          {station.last_observed_at
            ? say('stations.last', { day: writeDay(station.last_observed_at), state: stateLabel(form, station.last_observed_state) })
            : say('stations.never')}
        </span>
        {begun && <span class="tag">{say('stations.begun')}</span>}
      </a>
    </li>
  )
}

/** A state as the form itself names it, so the words are written once. */
export function stateLabel(form: Form | null, state: string | null): string {
  const field = form?.fields.find((one) => one.name === 'observed_state')
  const choice = field?.choices?.find((one) => one.value === state)
  return choice ? label(choice) : (state ?? '')
}

function Nearest({ here, heard }: { here: Position | null; heard: (position: Position) => void }) {
  const [listening, setListening] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])
  const listen = (): void => {
    setListening(true)
    setTrouble(null)
    stop.current = listenForPosition(heard, (what) => {
      setListening(false)
      setTrouble(what)
    })
  }
  return (
    <div class="nearest">
      <button type="button" data-testid="nearest-first" aria-disabled={listening} onClick={() => listening || listen()}>
        <Icon name="fix" />
        {say(listening ? 'fix.listening' : here ? 'stations.nearest_again' : 'stations.nearest')}
      </button>
      {trouble && <p class="trouble" role="alert">{say(`fix.${trouble}`)}</p>}
    </div>
  )
}
