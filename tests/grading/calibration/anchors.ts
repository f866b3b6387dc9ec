import type { Tx } from '../../../db/client.ts'
import { content } from '../../../src/authoring/content.ts'
import type { Content } from '../../../src/authoring/content.ts'
import { found } from '../../../src/errors.ts'
import type { Anchor } from '../../../src/grading/calibration/anchors.ts'
import { gradeAnchor } from '../../../src/grading/calibration/grade-anchor.ts'
import type { Person } from '../../../src/people/person.ts'

export const course = 'introduction-to-group-support'
export const anchorsOf = (id = course): readonly Anchor[] => found(content().course(id)?.calibration).anchors

/** Levels and an outcome that agree with no author anywhere: each at the other end. */
export const apart = ({ levels, outcome }: Anchor) => ({
  levels: Object.fromEntries(
    Object.entries(levels).map(([id, level]) => [id, level === 'there' ? 'not-yet' : 'there']),
  ),
  outcome: outcome === 'return' ? ('pass' as const) : ('return' as const),
})

/** The author's own. */
export const alike = ({ levels, outcome }: Anchor) => ({ levels, outcome })

export const grade = (
  tx: Tx,
  mentor: Person,
  anchor: Anchor,
  { how = alike, round = 1, from = content() }: { how?: typeof alike; round?: number; from?: Content } = {},
) => gradeAnchor(tx, from, mentor, { course, anchor: anchor.id, round, ...how(anchor) })

/** The same content, with other anchors in the course. */
export function withAnchors(anchors: readonly Anchor[]): Content {
  const now = content()
  const changed = found(now.course(course))
  const calibration = { ...found(changed.calibration), anchors }
  return { ...now, course: id => (id === course ? { ...changed, calibration } : now.course(id)) }
}
