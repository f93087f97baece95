/** The inspector's home: what came back, what was asked for, what is near, then all; search and scan above. All local. */

import { useMemo, useState } from 'preact/hooks'
import { runner, syncSoon } from '../../app'
import { listDrafts } from '../../outbox/drafts'
import { codesOf, type Duties } from '../../place/duties'
import { distanceTo, findStations, type Found, type Indexed, keepNear } from '../../place/finding'
import { findByCode, readPlaque } from '../../place/plaque'
import { readSetting } from '../../store/database'
import { findForm } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { say, writeDay } from '../../words'
import { go, useStored } from '../hooks'
import { Icon, Notice } from '../parts'
import { RoomNotice } from '../outbox/room'
import { Shell } from '../shell'
import { type Around, Card } from './cards'
import { DutyList } from './duties'
import { readDuties, readOwnToday, useIndex } from './held'
import { type Here, useHere } from './here'
import { canScan, Scanner } from './scan'

export { stateLabel } from './cards'

const AT_ONCE = 40
const NEAR_AT_ONCE = 5

// What the person sought, kept while the app is open: coming back from a visit does not lose it.
let lastWish = ''

type Held = { around: Around; duties: Duties; as_of: string | null }

export function Stations() {
  const index = useIndex()
  const place = useHere()
  const [wish, setWish] = useState(lastWish)
  const held = useStored<Held>(['stations', 'outbox'], async (database) => {
    const account = await currentAccountId(database)
    const { now, own } = await readOwnToday(database, new Date())
    return {
      around: {
        form: await findForm(database, 'inspection'),
        begun: new Set(account ? (await listDrafts(database, account)).map((draft) => draft.station_code) : []),
        today: own,
        now,
      },
      duties: await readDuties(database),
      as_of: await readSetting(database, 'stations_as_of'),
    }
  })
  lastWish = wish
  return (
    <Shell title={say('nav.stations')} here="stations">
      <RoomNotice />
      <Search wish={wish} change={setWish} index={index ?? []} />
      {index && held && (index.length === 0 ? <Empty /> : <Lists index={index} wish={wish} place={place} held={held} />)}
    </Shell>
  )
}

function Lists({ index, wish, place, held }: { index: Indexed[]; wish: string; place: Here; held: Held }) {
  const { here } = place
  const { around, duties } = held
  const found = useMemo(() => findStations(index, wish, here), [index, wish, here])
  const seeking = wish.trim() !== ''
  const apart = useMemo(() => (seeking ? new Set<string>() : codesOf(duties)), [seeking, duties])
  const near = useMemo(() => (seeking ? [] : keepNear(found).filter(({ station }) => !apart.has(station.code))), [found, apart])
  const rest = useMemo(() => {
    const told = new Set([...apart, ...near.map(({ station }) => station.code)])
    return told.size === 0 ? found : found.filter(({ station }) => !told.has(station.code))
  }, [found, apart, near])
  const byCode = useMemo(() => new Map(index.map(({ station }) => [station.code, station])), [index])
  const find = (code: string): Found | null => {
    const station = byCode.get(code)
    return station ? { station, distance_m: here && distanceTo(station, here) } : null
  }
  return (
    <>
      {!seeking && <DutyList duties={duties} find={find} around={around} />}
      {!seeking && <Near near={near} place={place} around={around} />}
      <section>
        {!seeking && <h2>{say('work.all')}</h2>}
        <p class="hint" role="status" data-testid="station-count">
          {say('stations.count', { count: found.length })}
          {held.as_of && ` · ${say('stations.as_of', { at: writeDay(held.as_of) })}`}
        </p>
        {found.length === 0 && <Notice kind="plain">{say('stations.none_found')}</Notice>}
        <Window key={wish} found={rest} around={around} step={AT_ONCE} word="stations.more" />
        {seeking && <OfferNew />}
      </section>
    </>
  )
}

/** A long list some at a time: a phone draws forty cards at once, not three thousand. */
function Window({ found, around, step, word }: { found: Found[]; around: Around; step: number; word: string }) {
  const [shown, setShown] = useState(step)
  return (
    <>
      <ul class="cards">
        {found.slice(0, shown).map((one) => <Card key={one.station.code} found={one} around={around} />)}
      </ul>
      {found.length > shown && (
        <button type="button" class="wide" data-testid={word.replace('.', '-')} onClick={() => setShown(shown + AT_ONCE)}>
          {say(word, { count: found.length - shown })}
        </button>
      )}
    </>
  )
}

function Near({ near, place, around }: { near: Found[]; place: Here; around: Around }) {
  const { here, listening, trouble, listen } = place
  return (
    <section data-testid="near">
      <div class="section-head">
        <h2>{here ? say('work.near', { count: near.length }) : say('work.near_title')}</h2>
        {here && (
          <button type="button" class="quiet" data-testid="nearest-first" aria-disabled={listening} onClick={listen}>
            {say(listening ? 'fix.listening' : 'fix.again')}
          </button>
        )}
      </div>
      {!here && (
        <button type="button" class="wide" data-testid="nearest-first" aria-disabled={listening} onClick={listen}>
          <Icon name="fix" />
          {say(listening ? 'fix.listening' : 'work.near_ask')}
        </button>
      )}
      {trouble && <p class="trouble" role="alert">{say(`fix.${trouble}`)}</p>}
      {here && near.length === 0 && <p class="hint">{say('work.near_none')}</p>}
      <Window found={near} around={around} step={NEAR_AT_ONCE} word="work.near_more" />
      {here && <OfferNew />}
    </section>
  )
}

/** Never a form at once: it leads to the list of what the station might be. */
const OfferNew = () => (
  <p class="offer"><a class="link" href="#/found" data-testid="offer-new">{say('work.found_offer')}</a></p>
)

function Search({ wish, change, index }: { wish: string; change: (wish: string) => void; index: Indexed[] }) {
  const [scanning, setScanning] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const read = (text: string): string | null => {
    const scanned = readPlaque(text)
    if (scanned.kind === 'other') return say('scan.other')
    setScanning(false)
    if (scanned.kind === 'enrol') go(`enrol=${encodeURIComponent(scanned.code)}`)
    else {
      const station = findByCode(index.map((one) => one.station), scanned.code)
      if (station) go(`/visit/${encodeURIComponent(station.code)}`)
      else setTrouble(say('work.scan_unknown', { code: scanned.code }))
    }
    return null
  }
  return (
    <>
      <div class="finder">
        <label class="unseen" for="search">{say('stations.search')}</label>
        <Icon name="search" />
        <input
          id="search"
          type="search"
          data-testid="station-search"
          value={wish}
          placeholder={say('stations.search')}
          onInput={(event) => change(event.currentTarget.value)}
        />
        {canScan() && (
          <button type="button" data-testid="scan" onClick={() => { setTrouble(null); setScanning(true) }}>
            <Icon name="scan" />
            <span class="unseen">{say('work.scan')}</span>
          </button>
        )}
      </div>
      {trouble && <p class="trouble" role="alert">{trouble}</p>}
      {scanning && (
        <Scanner
          title={say('scan.title')}
          read={read}
          close={(unavailable) => {
            setScanning(false)
            setTrouble(unavailable ? say('scan.unavailable') : null)
          }}
        />
      )}
    </>
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
