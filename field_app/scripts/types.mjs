// Ask the server's side for its OpenAPI document and draw the TypeScript types of what travels from it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { ask, generated } from './python.mjs'

const document = ask('api.document')
const types = astToString(await openapiTS(document))
mkdirSync(generated, { recursive: true })
writeFileSync(join(generated, 'openapi.json'), JSON.stringify(document, null, 1))
writeFileSync(join(generated, 'openapi.d.ts'), types)
console.log(`types: ${Object.keys(document.components.schemas).length} of the OpenAPI document`)
