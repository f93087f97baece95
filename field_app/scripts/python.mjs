// Ask the server's side, which is Python, for something it knows; what it prints must be JSON.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Where what is asked for is kept; nothing there is edited or committed. */
export const generated = join(root, 'field_app', 'src', 'generated')

function findPython() {
  if (process.env.PYTHON) return process.env.PYTHON
  const own = join(root, '.venv', 'bin', 'python')
  return existsSync(own) ? own : 'python3'
}

/** Run a module and give its answer; throws, and so ends the build, when it fails. */
export function ask(module, ...options) {
  const printed = execFileSync(findPython(), ['-m', module, ...options], { cwd: root, encoding: 'utf8', maxBuffer: 64e6 })
  return JSON.parse(printed)
}
