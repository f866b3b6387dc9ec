import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { hidePost, showPost } from '../discussions/hiding.ts'
import { reasonRule } from '../discussions/text.ts'
import { formAction } from './form-action.ts'

const input = z.object({ post: z.coerce.number().int().positive(), reason: reasonRule })

/** What those who look after a place do to the posts there. */
export const moderation = {
  hide: formAction(input, async (tx, person, values) => {
    await hidePost(tx, content(), person, values)
    return { flash: 'Hidden. A marker stands in its place, and whoever wrote it has been told why.' }
  }),

  show: formAction(input, async (tx, person, values) => {
    await showPost(tx, content(), person, values)
    return { flash: 'It can be read again, and whoever wrote it has been told.' }
  }),
}
