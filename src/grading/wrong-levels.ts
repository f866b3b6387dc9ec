import type { Rubric } from './rubric.ts'

/** What is wrong with the levels chosen, by the name of the field: nothing, where each criterion has one of its own. */
export function wrongLevels(
  { criteria }: Rubric,
  levels: Readonly<Record<string, string>>,
): Record<string, string> {
  const wrong = criteria.filter(({ id, levels: known }) => !known.some(level => level.id === levels[id]))
  const strange = Object.keys(levels).some(id => !criteria.some(criterion => criterion.id === id))
  return {
    ...(strange && { '': 'The rubric has changed. Please look at the levels again.' }),
    ...Object.fromEntries(
      wrong.map(({ id, title }) => [`levels.${id}`, `Please choose a level for “${title}”.`]),
    ),
  }
}
