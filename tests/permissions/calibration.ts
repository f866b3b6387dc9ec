import { content } from '../../src/authoring/content.ts'
import { askAgain } from '../../src/grading/calibration/ask-again.ts'
import { calibrationOf } from '../../src/grading/calibration/state.ts'
import { anchorsOf, course } from '../grading/calibration/anchors.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { Role, World } from './world.ts'

const first = anchorsOf()[0]!
const mentors = signedIn(404, { mentor: 200, otherMentor: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/desk/calibration': { path: '/desk/calibration', answers: mentors },
  '/desk/calibration/[course]': { path: `/desk/calibration/${course}`, answers: mentors },
  '/desk/calibration/[course]/[anchor]': {
    path: `/desk/calibration/${course}/${first.id}`,
    answers: mentors,
  },
}

/** An anchor that waits for the mentor who asks, as they were asked to calibrate again. */
async function anAnchor({ db, people }: World, role: Role) {
  const id = role === 'guest' ? 0 : people[role].id
  if (role === 'mentor' || role === 'otherMentor')
    await db.transaction(tx => askAgain(tx, content(), { mentorId: id, course }))
  const state = await calibrationOf(db, content(), { id }, course)
  return state.state === 'to do' ? state : { round: 1, left: [first.id] }
}

export const actionRows: Record<string, ActionRow> = {
  'calibration.grade': {
    page: `/desk/calibration/${course}/${first.id}`,
    fields: async (world, role) => {
      const { round, left } = await anAnchor(world, role)
      const { id, levels, outcome } = anchorsOf().find(anchor => anchor.id === left[0])!
      return {
        ...{ course, anchor: id, round: String(round), outcome },
        ...Object.fromEntries(Object.entries(levels).map(([name, level]) => [`levels.${name}`, level])),
      }
    },
    answers: signedIn(404, { mentor: 'done', otherMentor: 'done' }),
  },
}
