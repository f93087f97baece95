// Put the few third-party files that the staff pages need on the server's own shelf; no page asks another host.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const app = join(dirname(fileURLToPath(import.meta.url)), '..')
const shelf = join(app, '..', 'web_map', 'static', 'shelf')
const modules = join(app, 'node_modules')

function copy(from, to, names) {
  mkdirSync(to, { recursive: true })
  for (const name of names) copyFileSync(join(from, name), join(to, name))
}

const leaflet = join(modules, 'leaflet', 'dist')
copy(leaflet, join(shelf, 'leaflet'), ['leaflet.js', 'leaflet.css'])
copy(join(leaflet, 'images'), join(shelf, 'leaflet', 'images'), readdirSync(join(leaflet, 'images')))
copy(join(modules, 'swagger-ui-dist'), join(shelf, 'swagger-ui'), [
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'swagger-ui.css',
])
// Not on the shelf: the server sets documents with them and gives them to nobody.
const fonts = join(app, '..', 'web_map', 'fonts')
const noto = join(modules, '@expo-google-fonts', 'noto-sans-sc')
copy(join(noto, '400Regular'), fonts, ['NotoSansSC_400Regular.ttf'])
copy(join(noto, '700Bold'), fonts, ['NotoSansSC_700Bold.ttf'])
copy(noto, fonts, ['LICENSE_FONT'])
console.log('shelf: leaflet, swagger-ui; fonts: Noto Sans SC')
