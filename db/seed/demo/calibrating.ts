import { found } from '../../../src/errors.ts'
import type { Anchor } from '../../../src/grading/calibration/anchors.ts'
import { gradeAnchor } from '../../../src/grading/calibration/grade-anchor.ts'
import { rubricOf } from '../../../src/grading/calibration/rounds.ts'
import { calibrationOf } from '../../../src/grading/calibration/state.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

/**
 * Grades the anchor reflections of a course much as their author did, until live work is open; or only the first few.
 * Nothing is left to chance, so that everybody else's story goes on as it would have gone.
 * @param few how many, where they do not come to the end
 */
export async function calibrate(world: World, handle: string, course: string, few = Infinity): Promise<void> {
  const mentor = await world.person(handle)
  const anchors = world.content.course(course)?.calibration?.anchors ?? []
  for (let marked = 0; marked < few; marked++) {
    const state = await calibrationOf(world.tx, world.content, mentor, course)
    if (state.state !== 'to do') return
    const anchor = found(anchors.find(({ id }) => id === state.left[0]))
    await gradeAnchor(world.tx, world.content, mentor, {
      ...{ course, anchor: anchor.id, round: state.round, outcome: anchor.outcome },
      levels: marked % 2 === 0 ? aside(world, anchor) : anchor.levels,
    })
  }
}

/** The author's levels, but for the first criterion, which is a step away. */
function aside({ content }: World, anchor: Anchor) {
  const [first] = rubricOf(content, anchor).criteria
  const { id, levels } = found(first)
  const reference = levels.findIndex(level => level.id === anchor.levels[id])
  return { ...anchor.levels, [id]: found(levels[reference > 0 ? reference - 1 : reference + 1]).id }
}

/** Somebody who is new to the desk begins with the examples of a course. */
export async function* tunesIn(
  world: World,
  story: { handle: string; course: string; few: number; from: number },
): Life {
  yield new Date(world.present.getTime() - story.from * 24 * 60 * 60_000)
  await world.meet(story.handle)
  await calibrate(world, story.handle, story.course, story.few)
}
