import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { result } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { combined, decide, decideAppeal, type Mark, type Marks, type Settled } from './decide.ts'
import { openMarking } from './hand-in.ts'
import type { Marking, Purpose } from './marking.ts'
import { release } from './release.ts'
import type { Rubric } from './rubric.ts'
import { anotherCouldMark, isMarkedTwice } from './second-marking.ts'

/** What became of a grade: it is settled and released, or held; or another mentor marks the try before it is. */
export interface Outcomes {
  authorId: number
  became: 'released' | 'held' | 'asked-another'
}

type Kept = Mark & { purpose: Purpose; revision: number; held: boolean }
type KeptMarks = { first: Kept } & Partial<Record<Purpose, Kept>>

/** For a marking that is locked and has just been graded, for the first time or anew. */
export async function settle(
  tx: Tx,
  content: Content,
  by: Person,
  { marking, rubric, correcting }: { marking: Marking; rubric: Rubric; correcting: boolean },
): Promise<Outcomes> {
  const { authorId } = marking
  const { kept, marks } = await marksOf(tx, marking)
  const decided =
    marking.purpose === 'appeal'
      ? decideAppeal(await standingResult(tx, marking), found(marks.appeal))
      : await decideOrAsk(tx, content, by, { marking, marks, rubric, correcting })
  if (decided === 'asked') return { authorId, became: 'asked-another' }

  const id = await insertResult(tx, marking, rubric, decided)
  const held =
    marking.purpose !== 'appeal' && kept.some(mark => mark.held) && !(await wasReleased(tx, marking))
  if (!held) await release(tx, content, by, id)
  return { authorId, became: held ? 'held' : 'released' }
}

/** Whoever else is asked reads what the first marker read. */
async function decideOrAsk(
  tx: Tx,
  content: Content,
  by: Person,
  {
    marking,
    marks,
    rubric,
    correcting,
  }: { marking: Marking; marks: KeptMarks; rubric: Rubric; correcting: boolean },
): Promise<Settled | 'asked'> {
  const { purpose, course } = marking
  const rules = found(content.course(course)).secondMarking
  const markedTwice =
    purpose === 'first' && !correcting && (await isMarkedTwice(tx, content, { ...marking, mentorId: by.id }))
  const decided = decide(marks, rubric, rules, markedTwice)
  if (typeof decided !== 'string') return decided
  if (!(await anotherCouldMark(tx, content, marking))) return withoutOthers(marks, rubric)
  const { postId, cohortId, authorId, module, promisedBy } = marking
  await openMarking(tx, {
    ...{ postId, cohortId, authorId, module, promisedBy, try: marking.try },
    ...{ purpose: decided, revision: marks.first.revision },
  })
  return 'asked'
}

/** Where nobody is left to ask, the only mark counts, or of two that differ the one that is kinder to the author. */
export const withoutOthers = (marks: Marks, rubric: Rubric): Settled =>
  marks.second
    ? combined('higher', marks.first, marks.second, rubric)
    : {
        ...{ outcome: marks.first.outcome, levels: marks.first.levels, rule: 'only' },
        gradeIds: [marks.first.gradeId],
      }

/** Of each marking of this try the grade that was saved last, as a list and by what it was asked for. */
export async function marksOf(
  tx: Tx,
  { postId, try: aTry }: Pick<Marking, 'postId' | 'try'>,
): Promise<{ kept: Kept[]; marks: KeptMarks }> {
  const rows = await tx.execute<Omit<Kept, 'gradeId'> & { id: string }>(sql`
    select distinct on (g.marking_id) g.id, m.purpose, g.outcome, g.levels, g.revision, g.held
    from grade g join marking m on m.id = g.marking_id
    where g.post_id = ${postId} and g.try = ${aTry} order by g.marking_id, g.id desc`)
  const kept = rows.map(({ id, ...mark }) => ({ ...mark, gradeId: Number(id) }))
  return { kept, marks: Object.fromEntries(kept.map(mark => [mark.purpose, mark])) as KeptMarks }
}

/** The result that an appeal is against. */
async function standingResult(
  tx: Tx,
  marking: Pick<Marking, 'id'>,
): Promise<Pick<Settled, 'outcome' | 'levels'>> {
  const [row] = await tx.execute<Pick<Settled, 'outcome' | 'levels'> & Record<string, unknown>>(sql`
    select r.outcome, r.levels from appeal a join result r on r.id = a.result_id where a.marking_id = ${marking.id}`)
  return found(row)
}

async function wasReleased(tx: Tx, { postId, try: aTry }: Marking): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select from result where post_id = ${postId} and try = ${aTry} and released_at is not null limit 1`)
  return row !== undefined
}

/** What the marks of a try came to, before anybody hears of it. */
export async function insertResult(
  tx: Tx,
  {
    postId,
    cohortId,
    authorId,
    module,
    try: aTry,
    submittedAt,
    promisedBy,
  }: Pick<Marking, 'postId' | 'cohortId' | 'authorId' | 'module' | 'try' | 'submittedAt' | 'promisedBy'>,
  rubric: Rubric,
  settled: Settled,
): Promise<number> {
  const [row] = await tx
    .insert(result)
    .values({
      ...{ postId, cohortId, authorId, module, try: aTry, submittedAt, promisedBy },
      ...settled,
      rubric: rubric.id,
    })
    .returning({ id: result.id })
  return found(row).id
}
