/** A kept photo over the whole screen with time, place, inspector and code written in; the stored bytes are only read. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Account, PhotoClaim } from '../../../api/wire'
import { verificationCode, writeCode } from '../../../device/photo/verification'
import { drawMarked, makeMarkedCopy } from '../../../device/photo/watermark'
import { type Draft, readSetting } from '../../../store/database'
import { say, writeDay, writeMoment } from '../../../words'
import { useStored } from '../../hooks'
import { Dialog } from './dialog'

type Props = { draft: Draft; photo: PhotoClaim; bytes: ArrayBuffer; title: string; close: () => void }

export function Viewer({ draft, photo, bytes, title, close }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  const account = useStored(['enrolment'], async (database) => (await readSetting(database, 'enrolment'))?.account ?? null)
  const lines = account === undefined ? null : listMarks(draft, photo, title, account)
  useEffect(() => {
    if (!lines) return
    drawMarked(bytes, photo.mime, lines)
      .then((marked) => {
        const shown = canvas.current
        if (!shown) return
        Object.assign(shown, { width: marked.width, height: marked.height })
        shown.getContext('2d')?.drawImage(marked, 0, 0)
      })
      .catch(() => setFailed(true))
  }, [lines?.join('\n')])
  const save = (): void => {
    if (!lines) return
    makeMarkedCopy(bytes, photo.mime, lines)
      .then((copy) => (copy ? download(copy, `${draft.station_code || 'photo'}-${verificationCode(photo.sha256)}.jpg`) : setFailed(true)))
      .catch(() => setFailed(true))
  }
  return (
    <Dialog label={title} kind="viewer" close={close}>
      <canvas ref={canvas} role="img" aria-label={lines ? lines.join(', ') : title} />
      <p class="hint">{say(failed ? 'viewer.failed' : 'viewer.evidence')}</p>
      <div class="camera-buttons">
        <button type="button" data-testid="viewer-close" onClick={close}>{say('viewer.close')}</button>
        <button type="button" data-testid="viewer-save" onClick={save}>{say('viewer.save')}</button>
      </div>
    </Dialog>
  )
}

function listMarks(draft: Draft, photo: PhotoClaim, title: string, account: Account | null): string[] {
  const at = photo.taken_at ?? draft.changed_at
  const fix = draft.position
  return [
    `${title} · ${draft.station_name} ${draft.station_code}`.trim(),
    `${writeDay(at).slice(0, 5)}${writeMoment(at)} ${writeZone(new Date(at))}`,
    fix ? say('viewer.fix', { lon: fix.lon.toFixed(5), lat: fix.lat.toFixed(5), accuracy: Math.round(fix.accuracy_m) }) : say('viewer.no_fix'),
    ...(account ? [`${account.name} · ${account.unit_name}`] : []),
    say('viewer.code', { code: writeCode(verificationCode(photo.sha256)) }),
  ]
}

/** UTC+8: a time on a picture that leaves the phone must say whose time it is. */
function writeZone(at: Date): string {
  const hours = -at.getTimezoneOffset() / 60
  return `UTC${hours < 0 ? '-' : '+'}${Math.abs(hours)}`
}

function download(bytes: ArrayBuffer, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.appendChild(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
