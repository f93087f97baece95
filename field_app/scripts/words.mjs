// Ask the server's side for the one table of words and the one table of refusals, and keep what the phone shows.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const generated = join(here, '..', 'src', 'generated')

// Words of other areas that the phone shows as well; pages for staff stay out of the bundle.
const AREAS = ['phone.', 'vitality.', 'role.']

function findPython() {
  if (process.env.PYTHON) return process.env.PYTHON
  const own = join(root, '.venv', 'bin', 'python')
  return existsSync(own) ? own : 'python3'
}

function ask(...options) {
  const printed = execFileSync(findPython(), ['-m', 'field_app_schema.words', ...options], { cwd: root, encoding: 'utf8' })
  return JSON.parse(printed)
}

const words = Object.fromEntries(Object.entries(ask()).filter(([key]) => AREAS.some((area) => key.startsWith(area))))
mkdirSync(generated, { recursive: true })
writeFileSync(join(generated, 'words.json'), JSON.stringify(words))
writeFileSync(join(generated, 'refusals.json'), JSON.stringify(ask('--refusals')))
console.log(`words: ${Object.keys(words).length}`)
