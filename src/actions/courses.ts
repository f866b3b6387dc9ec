import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { startCourse } from '../courses/enrolment.ts'
import { markChangesRead, markRead, readChangesInput, readInput } from '../courses/reading.ts'
import { found } from '../errors.ts'
import { formAction } from './form-action.ts'

const courseInput = z.object({ course: z.string().max(100) })

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

  read: formAction(readInput, async (tx, person, { module, opened, confirmed }) => {
    await markRead(tx, content(), person, module, {
      opened: opened === undefined ? undefined : new Date(opened),
      confirmed: confirmed === 'yes',
    })
    await reviewStanding(tx, content(), person.id)
    return { redirect: `/courses/${module}#next` }
  }),

  readChanges: formAction(readChangesInput, async (tx, person, { module }) => {
    await markChangesRead(tx, content(), person, module)
    await reviewStanding(tx, content(), person.id)
    return { redirect: `/courses/${module}#read`, flash: 'Thank you for looking at what changed.' }
  }),
}
