/** Full photos on any network, or over Wi-Fi only: the person's choice, kept on the phone. */

import { syncSoon } from '../../app'
import { readLine } from '../../device/line'
import { stored } from '../../store/connection'
import { announce } from '../../store/changes'
import { readSetting, writeSetting } from '../../store/database'
import { say } from '../../words'
import { useStored } from '../hooks'

type Over = 'any' | 'wifi'

export function PhotosOver() {
  const held = useStored(['sync'], async (database) => ({ over: (await readSetting(database, 'photos_over')) ?? 'any' }))
  if (!held) return null
  const choose = (over: Over): void => {
    void stored().then(async (database) => {
      await writeSetting(database, 'photos_over', over)
      announce('sync')
      if (over === 'any') syncSoon()
    })
  }
  return (
    <fieldset class="question">
      <legend>{say('photos_over')}</legend>
      <p class="hint">{say('photos_over.hint')}</p>
      <div class="choices in-a-row">
        {(['any', 'wifi'] as const).map((over) => (
          <label key={over} class={held.over === over ? 'choice is-chosen' : 'choice'} data-testid={`photos-over-${over}`}>
            <input type="radio" name="photos-over" checked={held.over === over} onChange={() => choose(over)} />
            <span>{say(`photos_over.${over}`)}</span>
          </label>
        ))}
      </div>
      {held.over === 'wifi' && readLine() === 'unknown' && <p class="hint" data-testid="line-unknown">{say('photos_over.unknown')}</p>}
    </fieldset>
  )
}
