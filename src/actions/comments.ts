import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { keepDraft } from '../drafts/keep-draft.ts'
import { commentInput } from '../grading/comments/comment.ts'
import { type HalfDone, halfDoneHref, halfDoneInput } from '../grading/comments/half-done.ts'
import {
  changeComment,
  copyComment,
  keepComment,
  removeComment,
  shareComment,
} from '../grading/comments/keep.ts'
import { keepWords, putIn } from '../grading/comments/use.ts'
import { rubricFor } from '../grading/grade.ts'
import { filterIn } from '../grading/desk/links.ts'
import { markingFor } from '../grading/marking.ts'
import type { DeskFilter } from '../grading/queue.ts'
import type { Person } from '../people/person.ts'
import { formAction } from './form-action.ts'

const id = z.coerce.number().int().min(1)
const aComment = z.object({ comment: id })
/** How the desk is filtered, as its address says it. */
const from = z
  .string()
  .max(600)
  .default('')
  .transform(query => filterIn(new URLSearchParams(query)))

/** Words that mentors use again and again. */
export const comments = {
  keep: formAction(commentInput, async (tx, mentor, values) => {
    await keepComment(tx, content(), mentor, values)
    return { redirect: '/desk/comments', flash: 'Kept. You find it beside the feedback field.' }
  }),

  change: formAction(
    commentInput.omit({ shared: true }).extend(aComment.shape),
    async (tx, mentor, values) => {
      const { comment, ...input } = values
      await changeComment(tx, content(), mentor, { ...input, id: comment })
      return { redirect: '/desk/comments', flash: 'Changed.' }
    },
  ),

  share: formAction(aComment, async (tx, mentor, { comment }) => {
    await shareComment(tx, mentor, comment, true)
    return { flash: 'All mentors can use it now.' }
  }),

  unshare: formAction(aComment, async (tx, mentor, { comment }) => {
    await shareComment(tx, mentor, comment, false)
    return { flash: 'It is yours alone again. Copies that others have made stay theirs.' }
  }),

  remove: formAction(aComment, async (tx, mentor, { comment }) => {
    await removeComment(tx, mentor, comment)
    return { redirect: '/desk/comments', flash: 'Removed. What was written with it stays.' }
  }),

  copy: formAction(aComment, async (tx, mentor, { comment }) => {
    await copyComment(tx, mentor, comment)
    return { redirect: '/desk/comments', flash: 'Copied. This one is yours to change.' }
  }),

  putIn: formAction(halfDoneInput.extend({ from, ...aComment.shape }), async (tx, mentor, values) => {
    const { from, comment, ...half } = values
    const filled = await putIn(tx, content(), mentor, comment, half)
    return { redirect: await backTo(tx, mentor, from, filled) }
  }),

  keepWords: formAction(halfDoneInput.extend({ from }), async (tx, mentor, { from, ...half }) => {
    const title = await keepWords(tx, content(), mentor, half)
    return { redirect: await backTo(tx, mentor, from, half), flash: `Kept as “${title}”.` }
  }),
}

/** A grade that is being written comes back as it was: its words from their drafts, its choices from the address. */
async function backTo(tx: Tx, mentor: Person, from: DeskFilter, half: HalfDone): Promise<string> {
  const marking = await markingFor(tx, mentor, half.marking)
  await keepDraft(tx, mentor, { name: `grade:${half.marking}`, words: half.feedback, ago: 0 })
  await keepDraft(tx, mentor, { name: `to-change:${half.marking}`, words: half.toChange, ago: 0 })
  return halfDoneHref(from, rubricFor(content(), marking), half)
}
