import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { titleRule } from '../boards/title.ts'
import { hidePost, showPost } from '../discussions/moderation/hiding.ts'
import { moveReply, moveTopic } from '../discussions/moderation/moving.ts'
import { reasonRule } from '../discussions/text.ts'
import { formAction } from './form-action.ts'

const id = z.coerce.number().int().positive()
const hideInput = z.object({ post: id, reason: reasonRule })
const moveReplyInput = z.object({ post: id, title: titleRule, reason: reasonRule })
const moveTopicInput = z.object({
  topic: id,
  board: z
    .string()
    .regex(/^(community|[1-9]\d{0,14})$/, 'Please choose a board.')
    .transform(board => (board === 'community' ? null : Number(board))),
  reason: reasonRule,
})

/** What those who look after a place do to the posts there. */
export const moderation = {
  hide: formAction(hideInput, async (tx, person, values) => {
    const { authorId } = await hidePost(tx, content(), person, values)
    await reviewStanding(tx, content(), authorId)
    return { flash: 'Hidden. A marker stands in its place, and whoever wrote it has been told why.' }
  }),

  show: formAction(hideInput, async (tx, person, values) => {
    const { authorId } = await showPost(tx, content(), person, values)
    await reviewStanding(tx, content(), authorId)
    return { flash: 'It can be read again, and whoever wrote it has been told.' }
  }),

  moveReply: formAction(moveReplyInput, async (tx, person, values) => {
    const { authorId } = await moveReply(tx, content(), person, values)
    await reviewStanding(tx, content(), authorId)
    return { flash: 'It is a topic of its own now, and whoever wrote it has been told.' }
  }),

  moveTopic: formAction(moveTopicInput, async (tx, person, values) => {
    await moveTopic(tx, person, values)
    return { flash: 'The topic has been moved, and whoever started it has been told.' }
  }),
}
