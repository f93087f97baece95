/** The button that puts everything unsent into one file. */

import { useState } from 'preact/hooks'
import { writeExport } from '../../outbox/export'
import { stored } from '../../store/connection'
import { say } from '../../words'

async function save(): Promise<void> {
  const now = new Date()
  const pieces: Blob[] = []
  // Each piece becomes a Blob at once, which the browser may keep on disk instead of in memory.
  await writeExport(await stored(), now, (line) => pieces.push(new Blob([line])))
  const address = URL.createObjectURL(new Blob(pieces, { type: 'application/x-ndjson' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `cunzhan-outbox-${now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}.ndjson`
  document.body.appendChild(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

export function ExportButton() {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const press = (): void => {
    setState('busy')
    save().then(
      () => setState('idle'),
      () => setState('failed'),
    )
  }
  return (
    <div class="export">
      <button type="button" data-testid="export-outbox" aria-disabled={state === 'busy'} onClick={press}>
        {say(state === 'busy' ? 'export.busy' : 'export.button')}
      </button>
      <p class="hint">{say(state === 'failed' ? 'export.failed' : 'export.hint')}</p>
    </div>
  )
}
