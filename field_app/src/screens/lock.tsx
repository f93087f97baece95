/** The PIN: asked for when the app is opened, set and taken off in «about». Nobody else can be asked for it. */

import { useEffect, useState } from 'preact/hooks'
import { syncSoon } from '../app'
import { countUnsent } from '../outbox/records'
import { stored } from '../store/connection'
import { readSetting } from '../store/database'
import { eraseEverything, givePin, setPin, takePinOff } from '../store/locking'
import { SHORTEST_PIN } from '../store/sealing'
import { say, writeMoment } from '../words'
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

/** All that is seen while the phone is locked. */
export function LockScreen() {
  const [pin, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ wait_until: number } | null>(null)

  async function open(event: Event): Promise<void> {
    event.preventDefault()
    if (busy || pin === '') return
    setBusy(true)
    const refused = await givePin(await stored(), pin, new Date())
    setBusy(false)
    setTyped('')
    setWrong(refused)
    if (!refused) syncSoon()
    else document.getElementById('pin')?.focus()
  }

  return (
    <main class="enrol is-locked" data-testid="locked">
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width="80" height="80" />
      <h1>{say('lock.title')}</h1>
      <form onSubmit={open} noValidate>
        <PinBox id="pin" label={say('lock.pin')} value={pin} type={setTyped} wrong={wrong !== null} />
        {wrong && (
          <p class="fault" id="pin-wrong" role="alert" data-testid="pin-wrong">
            {say('lock.wrong')} {wrong.wait_until > Date.now() && say('lock.wait', { at: writeMoment(new Date(wrong.wait_until).toISOString()) })}
          </p>
        )}
        <button class="primary" type="submit" data-testid="pin-open" aria-disabled={busy}>{say(busy ? 'lock.opening' : 'lock.open')}</button>
      </form>
      <Forgotten />
    </main>
  )
}

/** A forgotten PIN opens nothing: all that is left is to begin again, and what that costs is said first. */
function Forgotten() {
  const [asked, setAsked] = useState(false)
  const unsent = useStored(['outbox'], countUnsent)
  const count = unsent ? unsent.records + unsent.drafts : 0
  if (!asked) return <button type="button" class="quiet" data-testid="pin-forgotten" onClick={() => setAsked(true)}>{say('lock.forgotten')}</button>
  return (
    <div class="notice is-bad" role="alert">
      <p>{say('lock.erase_sure')} {count > 0 && say('lock.erase_unsent', { count })}</p>
      <button type="button" data-testid="pin-erase-no" onClick={() => setAsked(false)}>{say('lock.erase_no')}</button>
      <button type="button" class="danger" data-testid="pin-erase" onClick={() => void stored().then(eraseEverything)}>{say('lock.erase')}</button>
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
    await setPin(await stored(), one)
  }

  if (!asked) {
    return (
      <>
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
  const [busy, setBusy] = useState(false)
  const off = (): void => {
    setBusy(true)
    void stored().then(takePinOff).then(() => setBusy(false))
  }
  return (
    <>
      <p class="hint" data-testid="pin-is-set">{say('lock.is_set')}</p>
      <button type="button" class="wide" data-testid="pin-off" aria-disabled={busy} onClick={() => busy || off()}>{say('lock.off')}</button>
    </>
  )
}
