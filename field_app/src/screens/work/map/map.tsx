/** The map of one's own area, drawn from what the phone keeps: outlines, villages, stations; no tiles, no network. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Ground } from '../../../api/wire'
import { distanceTo } from '../../../place/finding'
import { around, fit, isInside, onScreen, type Size, toSpot, type View, zoom } from '../../../place/view'
import { writeDistance } from '../../../place/distance'
import { readGround } from '../../../store/downloads'
import { say } from '../../../words'
import { useStored } from '../../hooks'
import { Icon, Notice, Vitality } from '../../parts'
import { Shell } from '../../shell'
import { whereOf } from '../cards'
import { useIndex } from '../held'
import { useHere } from '../here'
import { MapCanvas } from './canvas'
import { listCorners, makeScene, type Placed } from './paint'
import { VisitedToday } from '../visited_today'
import { WayTo } from '../way_to'

const AT_ONCE = 40
const NOWHERE: View = { center: { x: 0.5, y: 0.5 }, scale: 1e5 }

// The last window, kept while the app is open: coming back from a visit does not lose the place.
let lastView: View | null = null
let lastChosen: string | null = null

export function AreaMap() {
  const index = useIndex()
  const ground = useStored<{ now: Ground | null }>(['stations'], async (database) => ({ now: await readGround(database) }))
  return (
    <Shell title={say('map.title')} here="map">
      {index && ground && <Drawn key={`${index.length} ${ground.now ? 1 : 0}`} index={index} ground={ground.now} />}
    </Shell>
  )
}

function Drawn({ index, ground }: { index: NonNullable<ReturnType<typeof useIndex>>; ground: Ground | null }) {
  const scene = useMemo(() => makeScene(ground, index.map(({ station }) => station)), [index, ground])
  const corners = useMemo(() => listCorners(ground, scene), [scene])
  const place = useHere()
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const [moved, setMoved] = useState(lastView)
  const [settled, setSettled] = useState(lastView)
  const [chosen, setChosen] = useState(lastChosen)
  const [listed, setListed] = useState(0)
  const view = moved ?? fit(corners, size) ?? NOWHERE
  const change = (next: View, rests: boolean): void => {
    lastView = next
    setMoved(next)
    if (rests) setSettled(next)
  }
  const choose = (placed: Placed | null, center: boolean): void => {
    lastChosen = placed?.station.code ?? null
    setChosen(lastChosen)
    setListed(center ? listed + 1 : 0)
    if (placed && center) change({ ...view, center: placed.spot }, true)
  }
  const showAll = (): void => {
    const all = size.width > 0 ? fit(corners, size) : null
    if (all) change(all, true)
  }
  const goHere = (): void => {
    if (place.here) change(around(toSpot(place.here), size), true)
    else place.listen()
  }
  const placed = scene.stations.find(({ station }) => station.code === chosen) ?? null
  const middle = { x: size.width / 2, y: size.height / 2 }
  const button = (name: string, does: () => void, word: string) => (
    <button type="button" data-testid={`map-${name}`} aria-label={say(word)} onClick={does}><Icon name={name} /></button>
  )
  return (
    <>
      <div class="map">
        <MapCanvas scene={scene} view={view} size={size} chosen={chosen} here={place.here} move={change} resize={setSize} tap={(one) => choose(one, false)} />
        <div class="map-buttons">
          {button('whole', showAll, 'map.everything')}
          {button('fix', goHere, 'map.here')}
          {button('plus', () => change(zoom(view, size, 2, middle), true), 'map.closer')}
          {button('minus', () => change(zoom(view, size, 0.5, middle), true), 'map.farther')}
        </div>
      </div>
      {place.trouble && <p class="trouble" role="alert">{say(`fix.${place.trouble}`)}</p>}
      {!ground && <Notice kind="plain">{say('map.no_ground')}</Notice>}
      {scene.stations.length === 0 && <Notice kind="plain">{say('map.no_places')}</Notice>}
      {placed && <Chosen placed={placed} listed={listed} here={place.here} close={() => choose(null, false)} />}
      <InView all={scene.stations} view={settled ?? view} size={size} here={place.here} chosen={chosen} choose={(one) => choose(one, true)} />
      <p class="hint">
        {index.length > scene.stations.length && <>{say('map.unplaced', { count: index.length - scene.stations.length })}<br /></>}
        {ground && ground.villages_left_out > 0 && <>{say('map.left_out')}<br /></>}
        {ground?.approval_no && <span data-testid="map-approval">{say('map.approval', { number: ground.approval_no })}</span>}
      </p>
    </>
  )
}

type ChosenProps = {
  placed: Placed
  /** Counts the choices made in the list, each of which leads the eye and the focus up here; 0 after a tap on the map. */
  listed: number
  here: ReturnType<typeof useHere>['here']
  close: () => void
}

function Chosen({ placed: { station }, listed, here, close }: ChosenProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (listed === 0) return
    window.scrollTo(0, 0)
    panel.current?.focus({ preventScroll: true })
  }, [listed])
  return (
    <section class="chosen" aria-label={station.name} tabIndex={-1} ref={panel} data-testid="map-chosen">
      <div class="section-head">
        <h2>{station.name}</h2>
        <button type="button" class="quiet" data-testid="map-close" onClick={close}>{say('map.close')}</button>
      </div>
      <p><Vitality value={station.vitality} /> <span class="hint">{whereOf(station)}</span></p>
      <VisitedToday key={station.code} station={station} />
      <WayTo key={`way ${station.code}`} station={station} here={here} />
      <a class="button primary wide" href={`#/visit/${encodeURIComponent(station.code)}`} data-testid="map-open">{say('map.open')}</a>
    </section>
  )
}

type InViewProps = { all: Placed[]; view: View; size: Size; here: ReturnType<typeof useHere>['here']; chosen: string | null; choose: (placed: Placed) => void }

/** The same as the picture, for fingers that miss, for keys and for screen readers: the nearest to its middle first. */
function InView({ all, view, size, here, chosen, choose }: InViewProps) {
  const [shown, setShown] = useState(AT_ONCE)
  const inside = useMemo(() => {
    const far = ({ spot }: Placed): number => Math.hypot(spot.x - view.center.x, spot.y - view.center.y)
    return all.filter(({ spot }) => isInside(size, onScreen(view, size, spot))).sort((one, other) => far(one) - far(other))
  }, [all, view.center.x, view.center.y, view.scale, size.width, size.height])
  return (
    <section>
      <h2><span role="status" data-testid="map-count">{inside.length > 0 ? say('map.in_view', { count: inside.length }) : say('map.none_in_view')}</span></h2>
      <ul class="cards">
        {inside.slice(0, shown).map((placed) => {
          const { station } = placed
          const distance = here && distanceTo(station, here)
          return (
            <li key={station.code}>
              <button type="button" class="wide row" aria-pressed={station.code === chosen} data-testid={`map-station-${station.code}`} onClick={() => choose(placed)}>
                <span class="name">{station.name}</span>
                <span class="aside">
                  {distance !== null && <span class="distance">{writeDistance(distance)}</span>}
                  <Vitality value={station.vitality} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {inside.length > shown && (
        <button type="button" class="wide" onClick={() => setShown(shown + AT_ONCE)}>{say('stations.more', { count: inside.length - shown })}</button>
      )}
    </section>
  )
}
