/** The frame of every screen after enrolment: title, sync at a glance, the doors below, within reach of one thumb. */

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { runner, syncSoon } from '../app'
import { hasNewVersion, onNewVersion, takeNewVersion } from '../device/worker'
import { countWaiting } from '../outbox/records'
import { currentAccountId } from '../store/enrolment'
import { say } from '../words'
import { lastDoor, type Screen, useRole, useStored } from './hooks'
import { Icon } from './parts'

type Props = { title: string; back?: boolean; here: Screen; children: ComponentChildren }

export function Shell({ title, back, here, children }: Props) {
  const waiting = useWaiting()
  const owner = useRole() === 'owner'
  return (
    <div class={`shell is-${here}`}>
      <a class="skip" href="#main" onClick={skipToMain}>{say('skip')}</a>
      <header>
        {back && (
          <a class="back" href={`#/${lastDoor() ?? (owner ? 'month' : 'stations')}`} aria-label={say('work.back')} data-testid="back">
            <Icon name="back" />
          </a>
        )}
        <h1>{title}</h1>
        <Line />
      </header>
      <NewVersion />
      <main id="main" tabIndex={-1}>{children}</main>
      {here !== 'visit' && here !== 'found' && (
        <nav aria-label={say('nav')}>
          {owner ? <Door to="month" here={here} /> : <Door to="stations" here={here} />}
          {!owner && <Door to="map" here={here} />}
          <Door to="outbox" here={here} count={waiting} />
          <Door to="about" here={here} />
        </nav>
      )}
    </div>
  )
}

/** The fragment is our address, so the skip link moves the focus itself. */
function skipToMain(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

export function useWaiting(): number {
  return (
    useStored(['outbox', 'enrolment'], async (database) => {
      const account = await currentAccountId(database)
      return account ? countWaiting(database, account) : 0
    }) ?? 0
  )
}

function Door({ to, here, count }: { to: 'stations' | 'map' | 'month' | 'outbox' | 'about'; here: string; count?: number }) {
  const badge = count ?? 0
  return (
    <a href={`#/${to}`} aria-current={here === to ? 'page' : undefined} data-testid={`nav-${to}`}>
      <Icon name={to} />
      <span>{say(`nav.${to}`)}</span>
      {badge > 0 && <span class="badge" data-testid="nav-count">{badge}</span>}
    </a>
  )
}

/** Online or not, and whether a round is running. */
function Line() {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  const running = useStored(['sync'], async () => runner.isRunning()) ?? false
  const state = running ? 'running' : online ? 'online' : 'offline'
  return (
    <button type="button" class={`line is-${state}`} data-testid="line-state" onClick={syncSoon}>
      <span class="dot" aria-hidden="true" />
      {say(`line.${state}`)}
    </button>
  )
}

function NewVersion() {
  const [ready, setReady] = useState(hasNewVersion())
  useEffect(() => onNewVersion(() => setReady(hasNewVersion())), [])
  if (!ready) return null
  return (
    <div class="notice is-plain" role="status">
      <p>{say('version.ready')}</p>
      <button type="button" data-testid="take-new-version" onClick={takeNewVersion}>{say('version.take')}</button>
    </div>
  )
}
