/** The first file that runs: language, screens, service worker, sync. */

import './device/older'
import { render } from 'preact'
import { runner, syncSoon } from './app'
import { onOtherWindow, startShutting } from './device/shutting'
import { startTriggers } from './device/triggers'
import { registerWorker } from './device/worker'
import { About } from './screens/about'
import { Enrol } from './screens/enrol'
import { type Place, Role, usePlace, useStored } from './screens/hooks'
import { applyLanguage } from './screens/language'
import { LockScreen } from './screens/lock'
import { NoStore } from './screens/no_store'
import { Month } from './screens/month/month'
import { Outbox } from './screens/outbox/outbox'
import { Found } from './screens/work/found_station/found'
import { AreaMap } from './screens/work/map/map'
import { Stations } from './screens/work/stations'
import { Visit } from './screens/visit/visit'
import { announce } from './store/changes'
import { stored } from './store/connection'
import { readSetting } from './store/database'
import { shut } from './store/locking'
import { isLocked } from './store/vault'
import { currentLanguage } from './words'
import './style/base.css'
import './style/screens.css'
import './style/month.css'
import './style/visit.css'
import './style/work.css'

function App() {
  const place = usePlace()
  const enrolment = useStored(['enrolment'], async (database) => ({
    now: await readSetting(database, 'enrolment'),
    is_locked: await isLocked(database),
  }))
  if (!enrolment) return null
  const language = currentLanguage()
  if (enrolment.is_locked) return <LockScreen key={language} />
  // A code scanned on a phone that is enrolled already is asked about, never taken silently.
  if (!enrolment.now || place.enrol) return <Enrol key={language} given={place.enrol} holder={enrolment.now} />
  const { role } = enrolment.now.account
  return <Role.Provider value={role}>{show(place, role, language)}</Role.Provider>
}

/** The home of an owner is the month, of everybody else the list. */
function show(place: Place, role: string, language: string) {
  switch (place.screen === 'home' ? (role === 'owner' ? 'month' : 'stations') : place.screen) {
    case 'visit':
      return <Visit key={`${language}-${place.station}`} station_code={place.station} />
    case 'map':
      return <AreaMap key={language} />
    case 'found':
      return <Found key={language} />
    case 'month':
      return <Month key={`${language}-${place.period}`} period={place.period} />
    case 'outbox':
      return <Outbox key={language} saved={place.saved} />
    case 'about':
      return <About key={language} />
    default:
      return <Stations key={language} />
  }
}

async function start(): Promise<void> {
  applyLanguage((await readSetting(await stored(), 'language')) ?? 'zh')
  render(<App />, document.getElementById('app') as HTMLElement)
  void registerWorker()
  startShutting(shut)
  onOtherWindow(() => {
    shut()
    announce('enrolment')
  })
  startTriggers(() => {
    if (!runner.isRunning()) syncSoon()
  })
}

start().catch((reason: unknown) => {
  console.error(reason)
  render(<NoStore />, document.getElementById('app') as HTMLElement)
  // A newer version may be what is needed.
  void registerWorker()
})
