import { globSync } from 'node:fs'
import { server } from '../../src/actions/index.ts'

/** Every route of the site, found from its files: `/courses/[course]`. */
export const routes: string[] = globSync('src/pages/**/*.{astro,ts}')
  .map(file =>
    `/${file.replace(/^src\/pages\//, '').replace(/\.(astro|ts)$/, '')}`.replace(/(^|\/)index$/, '$1'),
  )
  .map(route => (route.length > 1 ? route.replace(/\/$/, '') : route))
  .toSorted()

/** Every action of the site, found from the tree that the door serves: `grading.grade`. */
export const actions: string[] = Object.entries(server)
  .flatMap(([room, verbs]) => Object.keys(verbs).map(verb => `${room}.${verb}`))
  .toSorted()
