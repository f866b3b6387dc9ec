import { desc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { remark, remarking } from '../../../db/schema/quizzes.ts'

/** How an attempt was marked before, and why it was marked anew; the latest first. Who calls this has found it theirs. */
export const remarksOf = (db: Queryable, attempt: number) =>
  db
    .select({
      at: remarking.at,
      reason: remarking.reason,
      scoreBefore: remark.scoreBefore,
      passedBefore: remark.passedBefore,
      score: remark.score,
      passed: remark.passed,
    })
    .from(remark)
    .innerJoin(remarking, eq(remarking.id, remark.remarkingId))
    .where(eq(remark.attemptId, attempt))
    .orderBy(desc(remarking.id))
    .limit(20)
