// Draw TypeScript types from the server's OpenAPI document, where one lies beside package.json (openapi.json).
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const here = dirname(fileURLToPath(import.meta.url))
const source = join(here, '..', 'openapi.json')
const target = join(here, '..', 'src', 'generated', 'openapi.d.ts')

if (existsSync(source)) {
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, astToString(await openapiTS(pathToFileURL(source))))
  console.log('types: src/generated/openapi.d.ts')
} else {
  console.log('types: no openapi.json, src/api/wire.ts stands alone')
}
