import { server } from '../../src/actions/index.ts'

export { routes } from './found-routes.ts'

/** Every action of the site, found from the tree that the door serves: `grading.grade`. */
export const actions: string[] = Object.entries(server)
  .flatMap(([room, verbs]) => Object.keys(verbs).map(verb => `${room}.${verb}`))
  .toSorted()
