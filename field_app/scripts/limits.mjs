// Refuse a build that is too heavy, that Android 9's WebView could not parse, or that a strict page policy would block.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'

const MOST_BYTES = 150_000 // JavaScript and CSS of a first load, gzipped
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const shell = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|css)$/.test(name))

let total = 0
for (const name of shell) {
  const bytes = readFileSync(join(dist, name))
  total += gzipSync(bytes, { level: 9 }).length
  // Chrome 66 reads ES2018 and the catch without a name of ES2019; it knows no `globalThis`.
  if (name.endsWith('.js')) {
    parse(bytes.toString('utf8'), { ecmaVersion: 2019, sourceType: name === 'sw.js' ? 'script' : 'module' })
    if (/\bglobalThis\b/.test(bytes.toString('utf8'))) throw new Error(`${name} uses globalThis`)
  }
}
const page = readFileSync(join(dist, 'index.html'), 'utf8')
if (/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/.test(page)) throw new Error('index.html holds inline script or style')
if (total > MOST_BYTES) throw new Error(`the phone weighs ${total} bytes gzipped, more than ${MOST_BYTES}`)
console.log(`limits: ${(total / 1000).toFixed(1)} kB gzipped, parses as ES2019`)
