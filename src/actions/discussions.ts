import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { repliesMatter } from '../badges/replies-matter.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { closeDiscussion, reopenDiscussion } from '../discussions/moderation/closing.ts'
import { deletePost } from '../discussions/deletion.ts'
import { editPost, resubmit } from '../discussions/editing.ts'
import { discussionHref, viewOf } from '../discussions/links.ts'
import { permalinkOf } from '../discussions/permalink.ts'
import { postReflection, postReply } from '../discussions/posting.ts'
import { react } from '../discussions/reactions.ts'
import { shareReflection } from '../discussions/share.ts'
import { wordsOf } from '../discussions/text.ts'
import { forgetDraft } from '../drafts/forget-draft.ts'
import { tellFollowers } from '../following/tell-followers.ts'
import { formAction } from './form-action.ts'
import { moderation } from './moderation.ts'

const postId = z.coerce.number().int().positive()
const revision = z.coerce.number().int().positive().max(2_147_483_647)

const contentNote = z.string().max(80).optional()

const reflectionInput = z.object({
  module: z.string().max(200),
  markdown: wordsOf('reflection'),
  contentNote,
  audience: z.enum(['cohort', 'mentors']).default('cohort'),
})
const replyInput = z.object({ post: postId, markdown: wordsOf('reply'), contentNote })
const editInput = z.object({ post: postId, revision, markdown: wordsOf('reflection'), contentNote })
const discussionInput = z.object({ discussion: postId })

/** "12 thank-you on": a reaction to a post, and whether it is to be there. A button has but one value. */
const pressed = z
  .string()
  .regex(/^[1-9]\d{0,14} [a-z0-9-]{1,60} (on|off)$/)
  .transform(value => {
    const [post = '', reaction = '', wanted] = value.split(' ')
    return { post: Number(post), reaction, on: wanted === 'on' }
  })
const reactInput = z.object({ reaction: pressed })
/** What its author was told before they deleted it. */
const removeInput = z.object({ post: postId, told: z.enum(['passed', 'open']).optional() })

export const discussions = {
  ...moderation,

  reflect: formAction(reflectionInput, async (tx, person, values) => {
    await forgetDraft(tx, person, `reflection:${values.module}`)
    const { id } = await postReflection(tx, content(), person, values)
    await tellFollowers(tx, content(), person, id)
    return {
      redirect: `/courses/${values.module}#reflection`,
      flash:
        values.audience === 'mentors'
          ? 'Your reflection is posted, for you and your mentors alone.'
          : 'Your reflection is posted, and your mentors can see it.',
    }
  }),

  reply: formAction(replyInput, async (tx, person, values) => {
    await forgetDraft(tx, person, `reply:${values.post}`)
    const { id, takesPartIn } = await postReply(tx, content(), person, values)
    if (takesPartIn && repliesMatter(content(), takesPartIn)) await reviewStanding(tx, content(), person.id)
    await tellFollowers(tx, content(), person, id)
    return { redirect: await permalinkOf(tx, content(), person, id), flash: 'Your reply is posted.' }
  }),

  edit: formAction(editInput, async (tx, person, values) => {
    const post = await editPost(tx, content(), person, values)
    await forgetDraft(tx, person, editDraft(values))
    return { redirect: await permalinkOf(tx, content(), person, post.id), flash: 'Your changes are saved.' }
  }),

  resubmit: formAction(editInput, async (tx, person, values) => {
    const post = await resubmit(tx, content(), person, values)
    await forgetDraft(tx, person, editDraft(values))
    return {
      redirect: await permalinkOf(tx, content(), person, post.id),
      flash: 'Your reflection is with the mentors again.',
    }
  }),

  share: formAction(z.object({ post: postId }), async (tx, person, values) => {
    const { id } = await shareReflection(tx, content(), person, values)
    return {
      redirect: await permalinkOf(tx, content(), person, id),
      flash: 'Your cohort can read your reflection now.',
    }
  }),

  react: formAction(reactInput, async (tx, person, values, { url }) => {
    const { id } = await react(tx, content(), person, values.reaction)
    const view = { ...viewOf(url.searchParams), react: null }
    return { redirect: discussionHref(url.pathname, view, `post-${id}`) }
  }),

  remove: formAction(removeInput, async (tx, person, values) => {
    const { id, factChanged } = await deletePost(tx, content(), person, values)
    if (factChanged) await reviewStanding(tx, content(), person.id)
    return { redirect: await permalinkOf(tx, content(), person, id), flash: 'Your post is deleted.' }
  }),

  close: formAction(discussionInput, async (tx, person, values) => {
    const { page, place, module } = await closeDiscussion(tx, person, values.discussion)
    return {
      redirect: discussionHref(page, { cohort: module === null ? null : place.cohortId }),
      flash: 'Closed.',
    }
  }),

  reopen: formAction(discussionInput, async (tx, person, values) => {
    const { page, place, module } = await reopenDiscussion(tx, person, values.discussion)
    return {
      redirect: discussionHref(page, { cohort: module === null ? null : place.cohortId }),
      flash: 'Open again.',
    }
  }),
}

const editDraft = ({ post, revision }: { post: number; revision: number }) =>
  `edit:${post}:${revision}` as const
