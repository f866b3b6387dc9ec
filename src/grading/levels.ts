import type { Rubric } from './rubric.ts'

/**
 * The levels of a grade in the words of the rubric. What the rubric no longer knows stays, under the name it was kept
 * by: a grade that was given does not vanish when the wording changes.
 */
export function levelsInWords(rubric: Rubric | undefined, levels: Readonly<Record<string, string>>) {
  const known = rubric?.criteria ?? []
  const inOrder = [
    ...known.map(({ id }) => id),
    ...Object.keys(levels).filter(id => !known.some(one => one.id === id)),
  ]
  return inOrder.flatMap(id => {
    const chosen = levels[id]
    if (chosen === undefined) return []
    const criterion = known.find(one => one.id === id)
    const level = criterion?.levels.find(one => one.id === chosen)
    return [
      { criterion: criterion?.title ?? id, level: level?.title ?? chosen, description: level?.description },
    ]
  })
}
