/** Small hooks: reading stored things again after each change, and the address in the fragment. */

import { createContext } from 'preact'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import { decodeText } from '../place/plaque'
import { stored } from '../store/connection'
import { onChange, type Topic } from '../store/changes'
import type { Database } from '../store/database'

/** Read from the database now and after each change of the topics; undefined until the first answer. */
export function useStored<T>(topics: Topic[], read: (database: Database) => Promise<T>, keys: unknown[] = []): T | undefined {
  const [value, setValue] = useState<T | undefined>(undefined)
  useEffect(() => {
    let alive = true
    const refresh = (): void => {
      stored()
        .then(read)
        .then((found) => alive && setValue(() => found))
        .catch((reason: unknown) => console.error(reason))
    }
    refresh()
    const stops = topics.map((topic) => onChange(topic, refresh))
    return () => {
      alive = false
      stops.forEach((stop) => stop())
    }
  }, keys)
  return value
}

export type Screen = 'home' | 'stations' | 'map' | 'found' | 'visit' | 'month' | 'outbox' | 'about'

export type Place = { screen: Screen; station: string; period: string; enrol: string; saved: boolean }

const SCREENS: Screen[] = ['stations', 'map', 'found', 'visit', 'month', 'outbox', 'about']

/** `#/visit/JY001`, `#/month/202610`, `#/outbox/saved`; anything else is home: the months of an owner, else the list. */
export function readPlace(hash: string): Place {
  const enrol = /^#enrol=(.+)$/.exec(hash)?.[1] ?? ''
  const [, name = '', rest = ''] = /^#\/([a-z]+)(?:\/(.+))?$/.exec(hash) ?? []
  const screen = SCREENS.find((one) => one === name) ?? 'home'
  return {
    screen: screen === 'visit' && !rest ? 'home' : screen,
    station: screen === 'visit' ? decodeText(rest) : '',
    period: screen === 'month' ? rest : '',
    enrol: decodeText(enrol),
    saved: hash === '#/outbox/saved',
  }
}

/** Where «back» leads: the last of the screens with a door below that was open. */
let door: Screen | null = null

export const lastDoor = (): Screen | null => door

const DOORS: Screen[] = ['stations', 'map', 'month', 'outbox']

function passDoor(place: Place): Place {
  if (DOORS.includes(place.screen)) door = place.screen
  if (place.screen === 'home') door = null
  return place
}

/** The role of whom this phone is enrolled for; decides which doors there are. */
export const Role = createContext<string>('inspector')

export const useRole = (): string => useContext(Role)

export function usePlace(): Place {
  const [place, setPlace] = useState(() => passDoor(readPlace(location.hash)))
  const read = useRef(location.hash)
  useEffect(() => {
    const moved = (): void => {
      if (location.hash === read.current) return
      read.current = location.hash
      setPlace(passDoor(readPlace(location.hash)))
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', moved)
    // The address may have changed between the first drawing and this.
    moved()
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  return place
}

export function go(path: string): void {
  location.hash = path
}
