/** What is seen where the phone gives no storage: without it nothing can be kept, so nothing is begun. */

import { sayBoth } from '../words'

const SENTENCES = ['no_store.what', 'no_store.do'] as const

/** In both languages, since the chosen one lies in the storage that does not open. */
export function NoStore() {
  return (
    <main class="enrol" data-testid="no-store">
      {([0, 1] as const).map((language) => (
        <section key={language} lang={language === 0 ? 'zh-CN' : 'en'}>
          <h1>{sayBoth('no_store.title')[language]}</h1>
          {SENTENCES.map((key) => <p key={key}>{sayBoth(key)[language]}</p>)}
        </section>
      ))}
      <button type="button" class="primary" data-testid="no-store-again" onClick={() => location.reload()}>
        {sayBoth('no_store.again').join(' / ')}
      </button>
    </main>
  )
}
