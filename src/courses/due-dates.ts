import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { dueDate } from '../../db/schema/courses.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit } from '../record/audit.ts'
import { cohortById } from './cohorts.ts'
import type { Module } from './course.ts'
import { dueDays } from './due.ts'
import type { OwnDays } from './progress.ts'

/** By the module's name without its course; empty for the day that the module itself says. */
const days = z
  .record(z.string().max(100), z.iso.date('Please give a date, like 2026-03-31.').or(z.literal('')))
  .default({})

export const dueDatesInput = z.object({
  cohortId: z.coerce.number().int().positive(),
  reflection: days,
  replies: days,
})

type Cohort = Awaited<ReturnType<typeof cohortById>>

/** The modules of a cohort's course that have something to be due. */
export const modulesWithDays = (content: Content, { course }: { course: string }): Module[] =>
  (content.course(course)?.modules ?? []).filter(({ reflection }) => reflection)

/** The days that a cohort has set for itself, by module, for admins. @throws Forbidden */
export async function ownDaysOf(
  db: Queryable,
  admin: Person,
  cohortId: number,
): Promise<Map<string, OwnDays>> {
  ensure(canRunProgramme(admin))
  const rows = await db.select().from(dueDate).where(eq(dueDate.cohortId, cohortId))
  return new Map(
    rows.map(({ module, reflectionOn, repliesOn }) => [
      module,
      { reflection: reflectionOn, replies: repliesOn },
    ]),
  )
}

/**
 * Sets by when a cohort means to have written, module by module. A day that is left empty is the module's own.
 * @throws Forbidden, NotFound; Conflict for a cohort that has no dates; Invalid, by field
 */
export async function setDueDates(
  tx: Tx,
  content: Content,
  admin: Person,
  { cohortId, reflection, replies }: z.output<typeof dueDatesInput>,
): Promise<void> {
  const cohort = await cohortById(tx, admin, cohortId)
  if (cohort.selfPaced) throw new Conflict('Who goes at their own pace has no dates.')
  const modules = modulesWithDays(content, cohort)
  const own = new Map(
    modules.map(({ id, slug }): [string, OwnDays] => [
      id,
      { reflection: reflection[slug] || null, replies: replies[slug] || null },
    ]),
  )
  ensureInOrder(cohort, modules, own)

  // Two admins at once: the second waits here, and their days are those that stay.
  await tx.execute(sql`select from cohort where id = ${cohortId} for no key update`)
  const ids = modules.map(({ id }) => id)
  await tx.delete(dueDate).where(and(eq(dueDate.cohortId, cohortId), inArray(dueDate.module, ids)))
  const rows = [...own]
    .filter(([, set]) => set.reflection ?? set.replies)
    .map(([module, set]) => ({ cohortId, module, reflectionOn: set.reflection, repliesOn: set.replies }))
  if (rows.length > 0) await tx.insert(dueDate).values(rows)
  await audit(tx, admin, 'cohort.due_dates_set', { cohort: cohortId, days: Object.fromEntries(own) })
}

/** Nothing is due before the cohort begins, and no replies before there is a reflection to reply to. */
function ensureInOrder(cohort: Cohort, modules: readonly Module[], own: ReadonlyMap<string, OwnDays>): void {
  const wrong: Record<string, string> = {}
  for (const module of modules) {
    const set = own.get(module.id)
    const { reflection, replies } = dueDays(module, cohort, set)
    const tooEarly = (day: string | null | undefined) => day && cohort.startsOn && day < cohort.startsOn
    if (tooEarly(set?.reflection))
      wrong[`reflection.${module.slug}`] = 'This day comes before the cohort begins.'
    if (tooEarly(set?.replies)) wrong[`replies.${module.slug}`] = 'This day comes before the cohort begins.'
    else if (set?.replies && reflection && replies && replies < reflection)
      wrong[`replies.${module.slug}`] = 'Replies are due on the day of the reflection or later.'
    else if (set?.reflection && reflection && replies && replies < reflection)
      wrong[`reflection.${module.slug}`] =
        'The replies would be due before it. Please give them a later day too.'
  }
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
}
