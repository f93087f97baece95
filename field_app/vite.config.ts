import { defineConfig } from 'vitest/config'
import { VitePWA } from 'vite-plugin-pwa'

/** Chrome 66 is the WebView that Android 9 shipped with; a phone that was never updated still has it. */
export const TARGET = 'chrome66'

/** Of ExifReader's formats the phone reads one: JPEG's EXIF. What is switched off here leaves the bundle. */
const slimExif = {
  name: 'slim-exif',
  transform(code: string, id: string) {
    if (!/exifreader[\\/]src[\\/]/.test(id)) return null
    return code.replace(/Constants\.USE_(\w+)/g, (_all, kind: string) => String(kind === 'EXIF' || kind === 'JPEG'))
  },
}

export default defineConfig({
  base: '/app/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: TARGET,
    cssTarget: TARGET,
    // A data: URL would be refused by a policy of default-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
  },
  plugins: [
    slimExif,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      injectManifest: {
        // The worker is registered as a classic script; a module build would end in `export default` and never start.
        rollupFormat: 'iife',
        target: TARGET,
        globPatterns: ['**/*.{js,css,html,png,svg,webmanifest}'],
      },
      manifest: {
        id: '/app/',
        name: '村站通',
        short_name: '村站通',
        description: '村级电商服务站点检查:没有信号也能用',
        lang: 'zh-CN',
        dir: 'ltr',
        start_url: '/app/',
        scope: '/app/',
        display: 'standalone',
        orientation: 'portrait',
        theme_color: '#0b5d4b',
        background_color: '#f4f6f3',
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  test: { include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'], testTimeout: 5000 },
})
