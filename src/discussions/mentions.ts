import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { mention } from '../../db/schema/discussions.ts'
import { mentionsIn, renderMarkdown } from '../authoring/markdown.ts'
import { Invalid } from '../errors.ts'
import { type PersonRow, personColumns, personFrom } from '../people/load-person.ts'
import { at, type Person } from '../people/person.ts'
import { canModerate, canSee, type Place } from './policy.ts'
import { tellOfPost } from './telling.ts'

const mostMentions = 10

/** A post's words, ready to be kept: as HTML, and with the people they mention. */
export type Written = { markdown: string; html: string; mentioned: readonly Mentioned[] }
type Mentioned = { person: Person; enrolled: Place['enrolled'] }

/**
 * Renders a post's words and finds whom they mention.
 * @throws Invalid when they mention more people than one can talk to at once
 */
export async function write(db: Queryable, cohortId: number | null, markdown: string): Promise<Written> {
  const mentioned = await peopleOf(db, cohortId, mentionsIn(markdown))
  if (mentioned.length > mostMentions)
    throw new Invalid({ markdown: `Please mention at most ${mostMentions} people in one post.` })
  const handles = new Set(mentioned.map(({ person }) => person.handle.toLowerCase()))
  return { markdown, html: renderMarkdown(markdown, handles), mentioned }
}

type Row = PersonRow & { enrolled: boolean }

/** Those of `handles` that are somebody's, and whether they are or were in the cohort. */
async function peopleOf(db: Queryable, cohortId: number | null, handles: string[]): Promise<Mentioned[]> {
  if (handles.length === 0) return []
  const rows = await db.execute<Row>(sql`
    select ${personColumns},
      exists (select from enrolment e where e.cohort_id = ${cohortId}::bigint and e.person_id = person.id) as enrolled
    from person where lower(person.handle) = any(${sql.param(handles)}::text[])`)
  return rows.map(row => ({ person: personFrom(row), enrolled: row.enrolled ? 'before' : null }))
}

/**
 * Tells the people whom a post mentions, each once however often it is edited, and only those who may see the
 * discussion; of a thread that is for the mentors only them and, as `onlyFor`, its author. What it says is not told here: whoever has to answer first will see it when they have.
 */
export async function tellMentioned(
  tx: Tx,
  author: Person,
  {
    postId,
    place,
    title,
    mentioned,
    onlyFor = null,
  }: { postId: number; place: Place; title: string; onlyFor?: number | null } & Pick<Written, 'mentioned'>,
): Promise<void> {
  const people = mentioned.filter(
    ({ person, enrolled }) =>
      person.id !== author.id &&
      canSee(person, { ...place, enrolled }) &&
      (onlyFor === null || person.id === onlyFor || canModerate(person, place)),
  )
  if (people.length === 0) return
  const fresh = await tx
    .insert(mention)
    .values(people.map(({ person }) => ({ postId, personId: person.id })))
    .onConflictDoNothing()
    .returning()
  for (const { personId } of fresh)
    await tellOfPost(tx, personId, {
      kind: 'mentioned',
      post: postId,
      summary: `${at(author)} mentioned you in “${title}”.`,
      by: author,
    })
}
