import type { Content } from '../../authoring/content.ts'
import type { Module } from '../../courses/course.ts'
import { Invalid } from '../../errors.ts'

/** The content notes to choose from: those that fit the module first, then the community's. Null for a topic. */
export const notesFor = ({ discussions }: Content, module: Module | null): string[] => [
  ...new Set([...(module?.reflection?.contentNotes ?? []), ...discussions.contentNotes]),
]

/**
 * The content note that was chosen, or null for none.
 * @param kept the one that the post has already, which may stay though it is not offered any more
 * @throws Invalid when it is none of those offered
 */
export function noteFrom(
  content: Content,
  module: Module | null,
  chosen: string,
  kept: string | null = null,
): string | null {
  if (chosen === '') return null
  if (chosen !== kept && !notesFor(content, module).includes(chosen))
    throw new Invalid({ contentNote: 'Please choose one of these notes, or none.' })
  return chosen
}
