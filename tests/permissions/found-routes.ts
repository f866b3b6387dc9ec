import { globSync } from 'node:fs'

const routesOf = (...patterns: string[]): string[] =>
  globSync(patterns)
    .map(file =>
      `/${file.replace(/^src\/pages\//, '').replace(/\.(astro|ts)$/, '')}`.replace(/(^|\/)index$/, '$1'),
    )
    .map(route => (route.length > 1 ? route.replace(/\/$/, '') : route))
    .toSorted()

/** Every route of the site, found from its files: `/courses/[course]`. */
export const routes = routesOf('src/pages/**/*.{astro,ts}', 'src/pages/.well-known/*.ts')

/** Those of them that are pages for people. */
export const pages = routesOf('src/pages/**/*.astro')
