import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { asFirst, compare } from './compared.ts'
import { latestDoubleMarked } from './double-marked.ts'
import { driftLimits } from './drift.ts'
import type { Beside } from './severity.ts'

/**
 * What a mentor gave beside others in a course since `since` (when they last passed its calibration), as `hasDrifted`
 * takes it.
 */
export async function recentMarks(
  db: Queryable,
  content: Content,
  { mentorId, course, since }: { mentorId: number; course: string; since: Date },
): Promise<Beside[]> {
  const tries = await latestDoubleMarked(db, { mentorId, course, since, limit: driftLimits.tries })
  return compare(content, tries).compared.map(asFirst)
}
