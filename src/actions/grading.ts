import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { forgetDraft } from '../drafts/forget-draft.ts'
import { claimNext, claimReflection, releaseClaim } from '../grading/claim.ts'
import { gradeInput, gradeReflection } from '../grading/grade.ts'
import type { Person } from '../people/person.ts'
import { type Done, formAction } from './form-action.ts'

const post = z.coerce.number().int().min(1)
/** The desk can be looked at one course at a time, and stays so from one reflection to the next. */
const course = z.string().max(80).optional()

export const grading = {
  claim: formAction(z.object({ post, course }), async (tx, mentor, values) => {
    await claimReflection(tx, content(), mentor, values.post)
    return { redirect: deskOf(values.post, values.course) }
  }),

  claimNext: formAction(z.object({ course }), (tx, mentor, values) =>
    onToNext(tx, mentor, '', values.course),
  ),

  release: formAction(z.object({ post, course }), async (tx, mentor, values) => {
    await releaseClaim(tx, mentor, values.post)
    return { redirect: deskOf(null, values.course), flash: 'It is back on the desk, for anyone to take.' }
  }),

  grade: formAction(gradeInput.extend({ course }), async (tx, mentor, { course, ...values }) => {
    const { authorId } = await gradeReflection(tx, content(), mentor, values)
    await forgetDraft(tx, mentor, `grade:${values.post}:${values.try}`)
    await reviewStanding(tx, content(), authorId)
    return onToNext(tx, mentor, values.outcome === 'pass' ? 'Passed.' : 'Returned for another try.', course)
  }),
}

/** Leads a mentor to the reflection that has waited longest, which is then theirs, or back to the desk. */
async function onToNext(tx: Tx, mentor: Person, done: string, course: string | undefined): Promise<Done> {
  const next = await claimNext(tx, content(), mentor, course)
  const flash = next === null ? `${done} Nothing else waits for you.`.trim() : done
  return { redirect: deskOf(next, course), ...(flash && { flash }) }
}

const deskOf = (post: number | null, course: string | undefined) =>
  `/desk${post === null ? '' : `/${post}`}${course ? `?course=${encodeURIComponent(course)}` : ''}`
