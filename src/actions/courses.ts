import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { startCourse } from '../courses/enrolment.ts'
import { markRead } from '../courses/reading.ts'
import { found } from '../errors.ts'
import { formAction } from './form-action.ts'

const courseInput = z.object({ course: z.string().max(100) })
const moduleInput = z.object({ module: z.string().max(200) })

export const courses = {
  start: formAction(courseInput, async (tx, person, { course: id }) => {
    const course = found(content().course(id))
    await startCourse(tx, person, course.id)
    const first = course.modules[0]
    return {
      redirect: first ? `/courses/${first.id}` : `/courses/${course.id}`,
      flash: `You have started “${course.title}”.`,
    }
  }),

  read: formAction(moduleInput, async (tx, person, { module }) => {
    await markRead(tx, content(), person, module)
    await reviewStanding(tx, content(), person.id)
    return { redirect: `/courses/${module}#next` }
  }),
}
