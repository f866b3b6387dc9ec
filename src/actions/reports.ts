import { content } from '../authoring/content.ts'
import { permalinkOf } from '../discussions/permalink.ts'
import { holdSubmission, pauseWhileWorried } from '../grading/pausing.ts'
import { reportedPost } from '../reports/case.ts'
import { handleInput, handleReports } from '../reports/handle.ts'
import { reportInput, reportPost } from '../reports/report.ts'
import { formAction } from './form-action.ts'

export const reports = {
  report: formAction(reportInput, async (tx, person, values) => {
    await holdSubmission(tx, values.post)
    const { post, concern } = await reportPost(tx, content(), person, values)
    await pauseWhileWorried(tx, post.id)
    return {
      redirect: await permalinkOf(tx, content(), person, post.id),
      flash: concern
        ? 'Thank you for looking out for them. The mentors and admins have been told, and you will hear once somebody has looked.'
        : 'Thank you. A mentor will look at it, and you will hear once they have.',
    }
  }),

  handle: formAction(handleInput, async (tx, person, values) => {
    await holdSubmission(tx, await reportedPost(tx, values.report))
    const post = await handleReports(tx, content(), person, values)
    await pauseWhileWorried(tx, post.id)
    return { redirect: '/reports', flash: 'Done. Whoever reported it has been thanked.' }
  }),
}
