// Refuse a build that is too heavy, that Android 9's WebView could not parse, or that a strict page policy would block.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'

const MOST_BYTES = 150_000 // JavaScript and CSS of a first load, gzipped
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const shell = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|css)$/.test(name))

// Chrome 66 reads ES2018, the catch without a name of ES2019, and of ES2020 `import()` and `import.meta` (Chrome 63, 64).
const TOO_NEW = ['?.', '??']

function checkOld(name, code) {
  const onToken = ({ type, value }) => {
    if (TOO_NEW.includes(type.label) || typeof value === 'bigint') throw new Error(`${name} uses ${type.label} of ES2020`)
  }
  // The worker is a classic script, in which nothing newer may stand at all.
  parse(code, name === 'sw.js' ? { ecmaVersion: 2019, sourceType: 'script' } : { ecmaVersion: 2020, sourceType: 'module', onToken })
  // It knows no `globalThis`; a library may ask whether it is there.
  if (/\bglobalThis\b/.test(code.replace(/typeof globalThis==+[`'"]\w+[`'"]&&globalThis/g, ''))) throw new Error(`${name} uses globalThis`)
}

let total = 0
for (const name of shell) {
  const bytes = readFileSync(join(dist, name))
  total += gzipSync(bytes, { level: 9 }).length
  if (name.endsWith('.js')) checkOld(name, bytes.toString('utf8'))
}
const page = readFileSync(join(dist, 'index.html'), 'utf8')
if (/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/.test(page)) throw new Error('index.html holds inline script or style')
if (total > MOST_BYTES) throw new Error(`the phone weighs ${total} bytes gzipped, more than ${MOST_BYTES}`)
console.log(`limits: ${(total / 1000).toFixed(1)} kB gzipped, parses as ES2019`)
