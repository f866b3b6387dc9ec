import type { FrozenQuestion } from '../marking.ts'
import { type ChosenFrom, pullOf } from './option-pull.ts'
import { type PartsGiven, partsGiven } from './parts-given.ts'
import { type PathsTaken, pathsTaken } from './paths-taken.ts'
import type { Seen } from './seen.ts'

/** What people answered, as its kind of question shows it. */
export type Drew = ChosenFrom | PartsGiven | PathsTaken

/** @param question as it stands now, in the order in which its author wrote it */
export function drewOf(question: FrozenQuestion, seen: readonly Seen[]): Drew {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return pullOf(question, seen)
    case 'chat':
      return pathsTaken(question, seen)
    case 'text':
    case 'number':
    case 'matching':
    case 'ordering':
    case 'gaps':
      return partsGiven(question, seen)
  }
}
