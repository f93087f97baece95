/** Choosing the language; the whole app is drawn again. */

import { announce } from '../store/changes'
import { stored } from '../store/connection'
import { writeSetting } from '../store/database'
import { currentLanguage, type Language, say, speak } from '../words'

const NAMES: Record<Language, string> = { zh: '中文', en: 'English' }

export function applyLanguage(chosen: Language): void {
  speak(chosen)
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  document.title = say('title')
}

async function choose(chosen: Language): Promise<void> {
  applyLanguage(chosen)
  await writeSetting(await stored(), 'language', chosen)
  announce('enrolment')
}

export function LanguageChoice() {
  return (
    <div class="languages" role="group" aria-label={say('about.language')}>
      {(['zh', 'en'] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one === 'zh' ? 'zh-CN' : 'en'}
          data-testid={`language-${one}`}
          aria-pressed={currentLanguage() === one}
          onClick={() => void choose(one)}
        >
          {NAMES[one]}
        </button>
      ))}
    </div>
  )
}
