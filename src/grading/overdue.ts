import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { marking as markings } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { audit } from '../record/audit.ts'
import { tellDesks } from './claims.ts'
import { rubricFor } from './grade.ts'
import { holdSubmission } from './pausing.ts'
import { release } from './release.ts'
import { insertResult, marksOf, withoutOthers } from './settle.ts'

/** For how long after its promise an answer waits for a second or third mentor: days. */
const patience = 3

interface Stuck extends Record<string, unknown> {
  id: string
  post_id: string
  cohort_id: string
  author_id: string
  module: string
  try: number
  rubric: string
  submitted_at: string
  promised_by: string
}

/**
 * Nobody's answer waits for ever because a second or third mentor does not come: some days after its promise, what is
 * marked counts. The author gains by it where two differ.
 * @returns how many were settled
 */
export async function settleOverdue(db: Db, content: Content): Promise<number> {
  const rows = await db.execute<{ id: string; post_id: string }>(sql`
    select id, post_id from marking
    where closed_at is null and purpose in ('second', 'adjudication') and paused_at is null
      and promised_by < now() - make_interval(days => ${patience})
      and (claimed_until is null or claimed_until < now())
    order by promised_by limit 200`)
  let settled = 0
  for (const { id, post_id } of rows)
    settled += Number(await db.transaction(tx => settleWithout(tx, content, Number(id), Number(post_id))))
  return settled
}

async function settleWithout(tx: Tx, content: Content, id: number, postId: number): Promise<boolean> {
  await holdSubmission(tx, postId)
  const [stuck] = await tx.execute<Stuck>(sql`
    select m.id, m.post_id, m.cohort_id, m.author_id, m.module, m.try, s.rubric, s.submitted_at, m.promised_by
    from marking m join submission s on s.post_id = m.post_id and s.try = m.try
    where m.id = ${id} and m.closed_at is null and (m.claimed_until is null or m.claimed_until < now())
    for update of m`)
  if (!stuck) return false
  await tx
    .update(markings)
    .set({ closedAt: sql`clock_timestamp()`, claimedById: null, claimedUntil: null, claimKey: null })
    .where(eq(markings.id, id))
  await tellDesks(tx, id)
  const { kept, marks } = await marksOf(tx, { postId, try: stuck.try })
  const rubric = rubricFor(content, stuck)
  const authorId = Number(stuck.author_id)
  const result = await insertResult(
    tx,
    {
      ...{ postId, authorId, cohortId: Number(stuck.cohort_id), module: stuck.module, try: stuck.try },
      ...{ submittedAt: new Date(stuck.submitted_at), promisedBy: new Date(stuck.promised_by) },
    },
    rubric,
    withoutOthers(marks, rubric),
  )
  await audit(tx, null, 'marking.given_up', { post: postId, marking: id, result }, authorId)
  if (!kept.some(mark => mark.held)) await release(tx, content, null, result)
  await reviewStanding(tx, content, authorId)
  return true
}
