/** Getting in: a code, once. Also what a person sees when the access was taken back. */

import { useEffect, useState } from 'preact/hooks'
import { api, syncSoon } from '../app'
import type { Problem } from '../api/wire'
import { holdKeys, writePublicKey } from '../device/seal/keys'
import { askToPersist, isFull } from '../device/storage'
import { countUnsent } from '../outbox/records'
import { readPlaque } from '../place/plaque'
import { stored } from '../store/connection'
import { type Enrolment, readSetting } from '../store/database'
import { keepEnrolment, makeSecret } from '../store/enrolment'
import { keepServerTime } from '../sync/clock'
import { say } from '../words'
import { ExportButton } from './outbox/export'
import { go, useStored } from './hooks'
import { LanguageChoice } from './language'
import { Icon, Notice, Trouble } from './parts'
import { canScan, Scanner } from './work/scan'

/** What to call this phone in the county's list; a guess is enough, nobody need type. */
function guessLabel(): string {
  const system = /Android [\d.]+|iPhone|iPad|Windows|Mac OS X|Linux/.exec(navigator.userAgent)?.[0] ?? ''
  return [system, say('enrol.phone')].filter(Boolean).join(' ')
}

/** The code from what was typed: a whole link may have been pasted. */
export function readCode(typed: string): string {
  const meant = readPlaque(typed)
  return meant.kind === 'enrol' ? meant.code : typed.normalize('NFKC').trim()
}

/** Let this phone in; what stands against it, or null once it is in. */
async function enter(code: string): Promise<Problem | null> {
  const database = await stored()
  const secret = await makeSecret(database, code)
  const keys = await holdKeys(database)
  const reply = await api.enrol(code, guessLabel(), secret, keys && (await writePublicKey(keys)))
  if (reply.kind === 'offline' || reply.kind === 'not_modified') return { code: 'OFFLINE', status: 0 }
  if (reply.kind !== 'ok') return reply.problem
  await keepServerTime(database, reply.body.server_time, new Date())
  // The code goes out of the address and its history before anything else is shown.
  history.replaceState(null, '', location.pathname)
  await keepEnrolment(database, reply.body, keys !== null)
  await askToPersist()
  // A PIN that was taken off is said at once, where a new one is set.
  const home = reply.body.account.role === 'owner' ? '/month' : '/stations'
  go((await readSetting(database, 'handed_over')) ? '/about' : home)
  syncSoon()
  return null
}

export function Enrol({ given, holder }: { given: string; holder: Enrolment | null }) {
  const [code, setCode] = useState(given)
  const [busy, setBusy] = useState(false)
  const [scanning, setScanning] = useState(false)
  const [unscanned, setUnscanned] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    if (given) setCode(given)
  }, [given])

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    const wanted = readCode(code)
    if (!wanted) {
      setProblem({ code: 'CODE_EMPTY', status: 0 })
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      setProblem(await enter(wanted))
    } catch (reason) {
      // The code stays in its box: the phone made its token before asking, and the same code lets it in again.
      console.error(reason)
      setProblem({ code: isFull(reason) ? 'PHONE_FULL' : 'STORE_FAILED', status: 0 })
    }
    setBusy(false)
  }

  return (
    <main class="enrol">
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width="80" height="80" />
      <h1>{say('title')}</h1>
      <p class="lead">{say('enrol.lead')}</p>
      {holder ? <Holder holder={holder} /> : <Revoked />}
      <form onSubmit={submit} noValidate>
        <label for="code">{say('enrol.code')}</label>
        <input
          id="code"
          data-testid="enrol-code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby={problem ? 'code-hint code-problem' : 'code-hint'}
          aria-invalid={problem !== null}
        />
        <p class="hint" id="code-hint">{say('enrol.hint')}</p>
        {canScan() && (
          <button class="wide" type="button" data-testid="enrol-scan" onClick={() => setScanning(true)}>
            <Icon name="scan" />
            {say('work.scan')}
          </button>
        )}
        {unscanned && <p class="trouble" role="alert">{say('scan.unavailable')}</p>}
        {problem && (
          <div id="code-problem" role="alert" data-testid="enrol-problem">
            <Trouble problem={problem} />
          </div>
        )}
        <button class="primary" type="submit" data-testid="enrol-submit" aria-disabled={busy}>
          {say(busy ? 'enrol.busy' : 'enrol.submit')}
        </button>
      </form>
      <ul class="promises">
        <li>{say('promise.offline')}</li>
        <li>{say('promise.no_tracking')}</li>
        <li>{say('promise.photos')}</li>
      </ul>
      <LanguageChoice />
      {scanning && (
        <Scanner
          title={say('scan.title_enrol')}
          read={(text) => {
            setCode(readCode(text))
            setProblem(null)
            setScanning(false)
            return null
          }}
          close={(unavailable) => {
            setScanning(false)
            setUnscanned(unavailable)
          }}
        />
      )}
    </main>
  )
}

function Holder({ holder }: { holder: Enrolment }) {
  return (
    <Notice kind="plain" testid="holder">
      <p>{say('enrol.holder', { name: holder.account.name })}</p>
      <a class="button" href="#/" data-testid="enrol-cancel">{say('enrol.cancel')}</a>
    </Notice>
  )
}

function Revoked() {
  const state = useStored(['enrolment', 'outbox'], async (database) => ({
    revoked: await readSetting(database, 'revoked'),
    unsent: await countUnsent(database),
  }))
  if (!state?.revoked) return null
  const left = state.unsent.records + state.unsent.drafts
  return (
    <Notice kind="bad" testid="revoked">
      <p><strong>{say('revoked.title')}</strong></p>
      <p>{say('revoked.erased')}</p>
      {left > 0 && <p data-testid="revoked-unsent">{say('revoked.unsent', { count: left })}</p>}
      {left > 0 && <ExportButton />}
    </Notice>
  )
}
