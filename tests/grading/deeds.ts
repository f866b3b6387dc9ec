import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { post as posts } from '../../db/schema/discussions.ts'
import { content } from '../../src/authoring/content.ts'
import { claimMarking } from '../../src/grading/claims.ts'
import { type GradeInput, gradeMarking } from '../../src/grading/grade.ts'
import type { Person } from '../../src/people/person.ts'
import { levels, markingOf } from './reflections.ts'

/** Has a mentor take what is wanted of a post. */
export async function claimPost(db: Db, mentor: Person, post: number): Promise<void> {
  const marking = await markingOf(db, post)
  await db.transaction(tx => claimMarking(tx, content(), mentor, marking))
}

/** Has a mentor grade what is wanted of a post, as it stands, with a pass unless something else is said. */
export async function gradePost(
  db: Db,
  mentor: Person,
  post: number,
  { all = content(), ...input }: Partial<GradeInput> & { all?: ReturnType<typeof content> } = {},
) {
  const marking = input.marking ?? (await markingOf(db, post))
  const [words] = await db.select().from(posts).where(eq(posts.id, post))
  return db.transaction(tx =>
    gradeMarking(tx, all, mentor, {
      ...{ marking, revision: words!.revision, levels, outcome: 'pass', hold: false, corrects: false },
      feedback: 'Thank you, **well seen**.',
      toChange: input.outcome === 'return' ? 'Say what you did.' : '',
      ...input,
    }),
  )
}
