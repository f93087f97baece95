/** The PIN: asked for when the app is opened, set and taken off in «about». Nobody else can be asked for it. */

import { useEffect, useState } from 'preact/hooks'
import { syncSoon } from '../app'
import { tellOtherWindows } from '../device/shutting'
import { isFull } from '../device/storage'
import { countUnsent } from '../outbox/records'
import { stored } from '../store/connection'
import { readSetting } from '../store/database'
import { eraseEverything, givePin, PinExists, type Refused, readWait, setPin, takePinOff } from '../store/locking'
import { SHORTEST_PIN } from '../store/sealing'
import { say } from '../words'
import { useStored } from './hooks'

/** Digits only, full-width ones folded, as a Chinese keyboard may give them. */
const readDigits = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '').slice(0, 12)

function PinBox({ id, label, value, type, wrong }: { id: string; label: string; value: string; type: (digits: string) => void; wrong?: boolean }) {
  return (
    <>
      <label for={id}>{label}</label>
      <input id={id} type="password" inputMode="numeric" autocomplete="off" data-testid={id} value={value} aria-invalid={wrong ?? false}
        aria-describedby={wrong ? `${id}-wrong` : undefined} onInput={(event) => type(readDigits(event.currentTarget.value))} />
    </>
  )
}

/** The word for what went wrong with the phone's own storage. */
function nameFailure(reason: unknown): string {
  console.error(reason)
  if (reason instanceof PinExists) return 'lock.exists'
  return isFull(reason) ? 'lock.full' : 'lock.failed'
}

/** Asking for the PIN in force: how a guess ended, what went wrong, and how long the next one waits. */
function useGuess(id: string, act: (pin: string) => Promise<Refused | null>, done: () => void) {
  const [pin, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [until, setUntil] = useState(0)
  const [left_s, setLeft] = useState(0)

  const waitFor = (wait_ms: number): void => {
    setUntil(performance.now() + wait_ms)
    setLeft(Math.ceil(wait_ms / 1000))
  }
  useEffect(() => {
    stored().then((database) => readWait(database, performance.now())).then(waitFor, (reason: unknown) => setFailure(nameFailure(reason)))
  }, [])
  useEffect(() => {
    if (left_s <= 0) return
    const timer = setTimeout(() => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000))), 1000)
    return () => clearTimeout(timer)
  }, [left_s, until])

  async function guess(event: Event): Promise<void> {
    event.preventDefault()
    if (busy || pin === '') return
    setBusy(true)
    setFailure(null)
    try {
      const refused = await act(pin)
      setTyped('')
      setWrong(refused !== null)
      waitFor(refused?.wait_ms ?? 0)
      if (refused) document.getElementById(id)?.focus()
      else done()
    } catch (reason) {
      setFailure(nameFailure(reason))
    }
    setBusy(false)
  }

  const notes = (
    <>
      {wrong && <p class="fault" id={`${id}-wrong`} role="alert" data-testid="pin-wrong">{say('lock.wrong')}</p>}
      {left_s > 0 && <p class="hint" data-testid="pin-wait">{say('lock.wait', { minutes: Math.floor(left_s / 60), seconds: left_s % 60 })}</p>}
      {failure && <p class="fault" role="alert" data-testid="pin-failed">{say(failure)}</p>}
    </>
  )
  return { pin, setTyped, busy, wrong, notes, guess }
}

/** All that is seen while the phone is locked. */
export function LockScreen() {
  const { pin, setTyped, busy, wrong, notes, guess } = useGuess('pin', async (typed) => givePin(await stored(), typed, performance.now()), syncSoon)
  const revoked = useStored(['enrolment'], (database) => readSetting(database, 'revoked'))
  return (
    <main class="enrol is-locked" data-testid="locked">
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width="80" height="80" />
      <h1>{say('lock.title')}</h1>
      {revoked && <p class="notice is-bad" data-testid="locked-revoked"><strong>{say('revoked.title')}</strong> {say('revoked.erased')}</p>}
      <form onSubmit={guess} noValidate>
        <PinBox id="pin" label={say('lock.pin')} value={pin} type={setTyped} wrong={wrong} />
        {notes}
        <button class="primary" type="submit" data-testid="pin-open" aria-disabled={busy}>{say(busy ? 'lock.opening' : 'lock.open')}</button>
      </form>
      <Forgotten />
    </main>
  )
}

/** A forgotten PIN opens nothing: all that is left is to begin again, and what that costs is said first. */
function Forgotten() {
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const erase = (): void => void stored().then(eraseEverything).then(tellOtherWindows, (reason: unknown) => setFailure(nameFailure(reason)))
  const unsent = useStored(['outbox'], countUnsent)
  const count = unsent ? unsent.records + unsent.drafts : 0
  if (!asked) return <button type="button" class="quiet" data-testid="pin-forgotten" onClick={() => setAsked(true)}>{say('lock.forgotten')}</button>
  return (
    <div class="notice is-bad" role="alert">
      <p>{say('lock.erase_sure')} {count > 0 && say('lock.erase_unsent', { count })}</p>
      <button type="button" data-testid="pin-erase-no" onClick={() => setAsked(false)}>{say('lock.erase_no')}</button>
      <button type="button" class="danger" data-testid="pin-erase" onClick={erase}>{say('lock.erase')}</button>
      {failure && <p class="fault" data-testid="pin-failed">{say(failure)}</p>}
    </div>
  )
}

/** In «about»: set a PIN, shut the app now, or take the PIN off. */
export function PinChoice() {
  const has = useStored(['enrolment'], async (database) => (await readSetting(database, 'lock')) !== null)
  if (has === undefined) return null
  return has ? <PinIsSet /> : <NewPin />
}

function NewPin() {
  const [asked, setAsked] = useState(false)
  const [one, setOne] = useState('')
  const [other, setOther] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const handed_over = useStored(['enrolment'], (database) => readSetting(database, 'handed_over'))
  useEffect(() => {
    if (fault) document.getElementById('pin-new')?.focus()
  }, [fault])

  async function set(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    const found = one.length < SHORTEST_PIN ? 'lock.short' : one !== other ? 'lock.differ' : null
    setFault(found)
    if (found) return
    setBusy(true)
    try {
      await setPin(await stored(), one)
      tellOtherWindows()
    } catch (reason) {
      setFault(nameFailure(reason))
      setBusy(false)
    }
  }

  if (!asked) {
    return (
      <>
        {handed_over && <p class="notice is-plain" role="status" data-testid="pin-handed-over">{say('lock.handed_over')}</p>}
        <p class="hint">{say('lock.why')}</p>
        <button type="button" class="wide" data-testid="pin-begin" onClick={() => setAsked(true)}>{say('lock.set')}</button>
      </>
    )
  }
  return (
    <form class="card" onSubmit={set} noValidate>
      <p class="hint">{say('lock.warn')}</p>
      <PinBox id="pin-new" label={say('lock.new', { least: SHORTEST_PIN })} value={one} type={setOne} wrong={fault !== null} />
      <PinBox id="pin-again" label={say('lock.again')} value={other} type={setOther} />
      {fault && <p class="fault" id="pin-new-wrong" role="alert">{say(fault, { least: SHORTEST_PIN })}</p>}
      <button class="primary" type="submit" data-testid="pin-set" aria-disabled={busy}>{say(busy ? 'lock.setting' : 'lock.set')}</button>
    </form>
  )
}

function PinIsSet() {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <p class="hint" data-testid="pin-is-set">{say('lock.is_set')}</p>
      {asked ? <PinOff /> : <button type="button" class="wide" data-testid="pin-off" onClick={() => setAsked(true)}>{say('lock.off')}</button>}
    </>
  )
}

/** Who holds an open phone for a minute must not lay everything open: taking the PIN off asks for it. */
function PinOff() {
  const { pin, setTyped, busy, wrong, notes, guess } = useGuess('pin-old', async (typed) => takePinOff(await stored(), typed, performance.now()), tellOtherWindows)
  return (
    <form class="card" onSubmit={guess} noValidate>
      <PinBox id="pin-old" label={say('lock.old')} value={pin} type={setTyped} wrong={wrong} />
      {notes}
      <button class="wide" type="submit" data-testid="pin-off-sure" aria-disabled={busy}>{say(busy ? 'lock.opening' : 'lock.off')}</button>
    </form>
  )
}
