import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { SecondMarking } from '../courses/course.ts'
import { found } from '../errors.ts'
import { inForce } from '../people/in-force.ts'
import { barredFrom } from './barred.ts'

/** A first mark that has just been given, as far as it matters whether a second mentor marks the try too. */
export interface FirstMark {
  postId: number
  try: number
  cohortId: number
  course: string
  authorId: number
  mentorId: number
}

/**
 * Whether a try goes to a second marker: each of the first few that a mentor marks in a course, and then a share of
 * all. Nobody can tell beforehand, and whoever holds the site's secret can tell afterwards that nobody chose.
 * Counts the mark, and is to be asked once for each.
 */
export async function isMarkedTwice(tx: Tx, content: Content, mark: FirstMark): Promise<boolean> {
  const { first, share } = found(content.course(mark.course)).secondMarking
  const ordinal = await countFirstMark(tx, mark)
  if (await isMarkedOnce(tx, mark.cohortId)) return false
  return ordinal <= first || isSampled(await samplingSecret(tx), mark, share)
}

/**
 * Whether a try falls into the share: HMAC-SHA256 of its post and number under the site's secret, read as a fraction
 * of 1, lies below it.
 */
export function isSampled(
  secret: string,
  { postId, try: aTry }: { postId: number; try: number },
  share: number,
): boolean {
  const digest = createHmac('sha256', secret).update(`${postId}:${aTry}`).digest()
  return digest.readUInt32BE(0) / 2 ** 32 < share
}

/** Whether two who marked the same try come to the same: both let it pass or neither, and near enough in points. */
export const withinTolerance = (
  one: { passes: boolean; points: number },
  other: { passes: boolean; points: number },
  { tolerance }: Pick<SecondMarking, 'tolerance'>,
): boolean => one.passes === other.passes && Math.abs(one.points - other.points) <= tolerance

/** Two who grade at once wait for each other here, so that no more and no fewer are marked twice than is said. */
async function countFirstMark(tx: Tx, { mentorId, course }: FirstMark): Promise<number> {
  const [row] = await tx.execute<{ first_marks: number }>(sql`
    insert into marker (mentor_id, course, first_marks) values (${mentorId}, ${course}, 1)
    on conflict (mentor_id, course) do update set first_marks = marker.first_marks + 1 returning first_marks`)
  return row!.first_marks
}

async function isMarkedOnce(tx: Tx, cohortId: number): Promise<boolean> {
  const [row] = await tx.execute(
    sql`select from cohort where id = ${cohortId} and marked_once_since is not null`,
  )
  return row !== undefined
}

const secretName = 'secret that samples second marking'

/** Made when it is first needed, at random unless it is given; in the database, where no mentor looks. */
export async function samplingSecret(tx: Tx, made = randomBytes(32).toString('hex')): Promise<string> {
  const [row] = await tx.execute<{ value: string }>(sql`
    with made as (
      insert into site_fact (name, value) values (${secretName}, ${made})
      on conflict (name) do nothing returning value)
    select value from made union all select value from site_fact where name = ${secretName}`)
  // Where another transaction made it at this moment, it is seen by the next statement.
  return row?.value ?? samplingSecret(tx)
}

/** Whether any mentor but those who have marked this try already could mark it. */
export async function anotherCouldMark(
  tx: Tx,
  content: Content,
  { postId, try: aTry, cohortId, authorId }: Pick<FirstMark, 'postId' | 'try' | 'cohortId' | 'authorId'>,
): Promise<boolean> {
  const badges = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
  const marking = {
    ...{ id: sql`0`, postId: sql`${postId}::bigint`, try: sql`${aTry}::int` },
    ...{ cohortId: sql`${cohortId}::bigint`, authorId: sql`${authorId}::bigint` },
  }
  const [row] = await tx.execute(sql`
    select from certificate c
    where c.badge = any(${sql.param(badges)}::text[]) and ${inForce}
      and exists (select from cohort where id = ${cohortId} and (self_paced or exists (
        select from cohort_mentor m where m.cohort_id = ${cohortId} and m.person_id = c.person_id)))
      and not exists (select from suspension s where s.person_id = c.person_id and s.ended_at is null)
      and ${barredFrom(marking, sql`c.person_id`)} is null
    limit 1`)
  return row !== undefined
}
