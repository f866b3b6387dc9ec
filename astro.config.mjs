import mdx from '@astrojs/mdx'
import node from '@astrojs/node'
import { defineConfig } from 'astro/config'
import { checkedContent } from './src/authoring/integration.ts'

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware', bodySizeLimit: 1024 * 1024 }),
  integrations: [checkedContent(), mdx()],
  // src/middleware.ts checks the origin of forms and sets the Content-Security-Policy: it knows the ORIGIN that
  // the site is run with, and all our scripts and styles are files of our own, so no hash is needed.
  security: { checkOrigin: false },
  session: false,
  markdown: { syntaxHighlight: 'prism' },
  build: { inlineStylesheets: 'never' },
  // One stylesheet for the site: split by component, a page asked for six.
  vite: {
    build: {
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      // Astro's own mark on every lesson, which is read before it is lost: a warning for each hides the others.
      rolldownOptions: {
        onLog: (level, log, tell) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log)
        },
      },
    },
  },
  devToolbar: { enabled: false },
  server: { port: 4321 },
})
