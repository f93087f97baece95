// Ask the server's side for the one table of words and the one table of refusals, and keep what the phone shows.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, generated } from './python.mjs'

// Words of other areas that the phone shows as well; pages for staff stay out of the bundle.
const AREAS = ['phone.', 'vitality.', 'role.', 'figure_hint.', 'return_reason.', 'report_source.']

const all = ask('field_app_schema.words')
const words = Object.fromEntries(Object.entries(all).filter(([key]) => AREAS.some((area) => key.startsWith(area))))
mkdirSync(generated, { recursive: true })
writeFileSync(join(generated, 'words.json'), JSON.stringify(words))
const refusals = ask('field_app_schema.words', '--refusals')
writeFileSync(join(generated, 'refusals.json'), JSON.stringify(refusals))
// The service worker judges answers as well, and shows no sentence: the codes alone weigh a hundredth.
const retryable = Object.keys(refusals).filter((code) => refusals[code].retry)
writeFileSync(join(generated, 'retryable.json'), JSON.stringify(retryable))
console.log(`words: ${Object.keys(words).length}`)
