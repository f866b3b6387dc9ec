import type { Content } from '../authoring/content.ts'
import type { Criterion } from './criterion.ts'

/** Whether replies to others in this module can change anybody's standing: the module asks for some, or a badge does. */
export const repliesMatter = (content: Content, moduleId: string): boolean =>
  (content.module(moduleId)?.reflection?.replies ?? 0) > 0 ||
  content.badges.some(({ criteria }) => asksForReplies(criteria))

function asksForReplies(criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'replied':
      return true
    case 'all':
    case 'any':
      return criterion.criteria.some(asksForReplies)
    case 'by-kind':
      return asksForReplies(criterion.listener) || asksForReplies(criterion.member)
    case 'by-age-band':
      return asksForReplies(criterion.adult) || asksForReplies(criterion.teen)
    default:
      return false
  }
}
