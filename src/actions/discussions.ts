import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { editPost, resubmit } from '../discussions/editing.ts'
import { permalinkOf } from '../discussions/permalink.ts'
import { postReflection, postReply } from '../discussions/posting.ts'
import { wordsOf } from '../discussions/text.ts'
import { formAction } from './form-action.ts'

const postId = z.coerce.number().int().positive()
const revision = z.coerce.number().int().positive().max(2_147_483_647)

const contentNote = z.string().max(80).optional()

const reflectionInput = z.object({
  module: z.string().max(200),
  markdown: wordsOf('reflection'),
  contentNote,
})
const replyInput = z.object({ post: postId, markdown: wordsOf('reply'), contentNote })
const editInput = z.object({ post: postId, revision, markdown: wordsOf('reflection'), contentNote })

export const discussions = {
  reflect: formAction(reflectionInput, async (tx, person, values) => {
    await postReflection(tx, content(), person, values)
    return {
      redirect: `/courses/${values.module}#reflection`,
      flash: 'Your reflection is posted, and your mentors can see it.',
    }
  }),

  reply: formAction(replyInput, async (tx, person, values) => {
    const { id } = await postReply(tx, content(), person, values)
    return { redirect: await permalinkOf(tx, content(), person, id), flash: 'Your reply is posted.' }
  }),

  edit: formAction(editInput, async (tx, person, values) => {
    const post = await editPost(tx, content(), person, values)
    return { redirect: await permalinkOf(tx, content(), person, post.id), flash: 'Your changes are saved.' }
  }),

  resubmit: formAction(editInput, async (tx, person, values) => {
    const post = await resubmit(tx, content(), person, values)
    return {
      redirect: await permalinkOf(tx, content(), person, post.id),
      flash: 'Your reflection is with the mentors again.',
    }
  }),
}
