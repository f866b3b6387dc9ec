import type { Content } from '../authoring/content.ts'
import { withParts } from './criterion.ts'

/** Whether replies to others in this module can change anybody's standing: the module asks for some, or a badge does. */
export const repliesMatter = (content: Content, moduleId: string): boolean =>
  (content.module(moduleId)?.reflection?.replies ?? 0) > 0 ||
  content.badges.some(({ criteria, renewal }) =>
    [criteria, ...(renewal ? [renewal] : [])].flatMap(withParts).some(({ kind }) => kind === 'replied'),
  )
