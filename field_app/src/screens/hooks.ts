/** Small hooks: reading stored things again after each change, and the address in the fragment. */

import { useEffect, useState } from 'preact/hooks'
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

export type Place = { screen: 'stations' | 'visit' | 'outbox' | 'about'; station: string; enrol: string; saved: boolean }

export function readPlace(hash: string): Place {
  const enrol = /^#enrol=(.+)$/.exec(hash)?.[1] ?? ''
  const visit = /^#\/visit\/(.+)$/.exec(hash)?.[1] ?? ''
  const screen = visit ? 'visit' : hash.startsWith('#/outbox') ? 'outbox' : hash === '#/about' ? 'about' : 'stations'
  return { screen, station: decodeURIComponent(visit), enrol: decodeURIComponent(enrol), saved: hash === '#/outbox/saved' }
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => readPlace(location.hash))
  useEffect(() => {
    const moved = (): void => {
      setPlace(readPlace(location.hash))
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', moved)
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  return place
}

export function go(path: string): void {
  location.hash = path
}
