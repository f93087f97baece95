/** What is seen where the phone gives no storage: without it nothing can be kept, so nothing is begun. */

import { sayBoth } from '../words'

const LANGUAGES = ['zh-CN', 'en'] as const

/** In both languages, since the chosen one lies in the storage that does not open. */
export function NoStore() {
  return (
    <main class="enrol" data-testid="no-store">
      <h1>{sayBoth('title')[0]}</h1>
      {LANGUAGES.map((lang, which) => (
        <section key={lang} lang={lang} class="notice is-bad">
          <p><strong>{sayBoth('no_store.title')[which]}</strong></p>
          <p>{sayBoth('no_store.what')[which]}</p>
          <p>{sayBoth('no_store.do')[which]}</p>
        </section>
      ))}
      <button type="button" class="primary" data-testid="no-store-again" onClick={() => location.reload()}>
        {sayBoth('no_store.again').join(' / ')}
      </button>
    </main>
  )
}
