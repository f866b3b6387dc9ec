import type { Content } from '../../authoring/content.ts'
import { askedSince } from '../../authoring/revisions.ts'

/**
 * The content of today without what it has asked anew since an ISO day: a page that had to be read again later was read
 * then. What modules there are and what they take is as it is today.
 */
export const contentOn = (content: Content, day: string): Content => ({
  ...content,
  module: id => {
    const module = content.module(id)
    if (!module?.revisions.some(({ on }) => on > day)) return module
    const then = { ...module, revisions: module.revisions.filter(({ on }) => on <= day) }
    return { ...then, quizSince: askedSince(then, 'quiz'), reflectionSince: askedSince(then, 'reflection') }
  },
})
