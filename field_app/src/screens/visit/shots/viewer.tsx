/** A kept photo over the whole screen with time, place, inspector and code written in; the stored bytes are only read. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Account, PhotoClaim } from '../../../api/wire'
import { verificationCode, writeCode } from '../../../device/photo/verification'
import { drawMarked, makeMarkedCopy } from '../../../device/photo/watermark'
import { type Draft, readSetting } from '../../../store/database'
import { say, writeDay, writeMoment } from '../../../words'
import { useStored } from '../../hooks'
import { Dialog } from './dialog'

/** What of a draft, or of a record made of one, is written into the copy. */
type Shown = Pick<Draft, 'station_code' | 'station_name' | 'position' | 'changed_at'>
type Photo = Pick<PhotoClaim, 'sha256' | 'mime' | 'taken_at'>

type Props = { shown: Shown; photo: Photo; bytes: ArrayBuffer; title: string; close: () => void }

export function Viewer({ shown, photo, bytes, title, close }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  const account = useStored(['enrolment'], async (database) => (await readSetting(database, 'enrolment'))?.account ?? null)
  const lines = account === undefined ? null : listMarks(shown, photo, title, account)
  useEffect(() => {
    if (!lines) return
    drawMarked(bytes, photo.mime, lines)
      .then((marked) => {
        const frame = canvas.current
        if (!frame) return
        Object.assign(frame, { width: marked.width, height: marked.height })
        frame.getContext('2d')?.drawImage(marked, 0, 0)
      })
      .catch(() => setFailed(true))
  }, [lines?.join('\n')])
  const save = (): void => {
    if (!lines) return
    makeMarkedCopy(bytes, photo.mime, lines)
      .then((copy) => (copy ? download(copy, `${shown.station_code || 'photo'}-${verificationCode(photo.sha256)}.jpg`) : setFailed(true)))
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

function listMarks(shown: Shown, photo: Photo, title: string, account: Account | null): string[] {
  const at = photo.taken_at ?? shown.changed_at
  const fix = shown.position
  return [
    `${title} · ${shown.station_name} ${shown.station_code}`.replace(/^ · /, '').trim(),
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
