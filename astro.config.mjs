import node from '@astrojs/node'
import { defineConfig } from 'astro/config'
import { checkedContent } from './src/authoring/integration.ts'

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware', bodySizeLimit: 1024 * 1024 }),
  integrations: [checkedContent()],
  // src/middleware.ts checks the origin of forms and sets the Content-Security-Policy: it knows the ORIGIN that
  // the site is run with, and all our scripts and styles are files of our own, so no hash is needed.
  security: { checkOrigin: false },
  session: false,
  build: { inlineStylesheets: 'never' },
  // One stylesheet for the site: split by component, a page asked for six.
  vite: {
    build: {
      assetsInlineLimit: 0,
      cssCodeSplit: false,
    },
  },
  devToolbar: { enabled: false },
  server: { port: 4321 },
})
