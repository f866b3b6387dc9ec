import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { titleTold } from '../discussions/discussion.ts'
import { answeredFirst } from '../discussions/policy.ts'
import { inForce } from '../people/in-force.ts'
import { at, type Person } from '../people/person.ts'

/**
 * Tells those who watch a discussion that something new was posted in it: each who may see the post, and only once
 * until they have looked, however much is posted. Who is told of this post for another reason is not told twice.
 */
export async function tellWatchers(tx: Tx, content: Content, author: Person, postId: number): Promise<void> {
  const [watched] = await tx.execute<{ module: string | null; title: string | null }>(sql`
    select discussion.module, ${titleTold} as title from post join discussion on discussion.id = post.discussion_id
    where post.id = ${postId} and exists (
      select from following f
      where f.discussion_id = discussion.id and f.level = 'watching' and f.person_id <> ${author.id})`)
  if (!watched) return
  const title = watched.module === null ? watched.title : content.module(watched.module)?.title
  const summary = `${at(author)} posted in “${title ?? ''}”, which you watch.`
  await tx.execute(sql`
    insert into notification (person_id, kind, summary, href, by_id, discussion_id)
    select f.person_id, 'posted', ${summary}, '/discussions/' || discussion.id || '/unread', ${author.id}, discussion.id
    from post
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    join following f on f.discussion_id = discussion.id and f.level = 'watching'
    where post.id = ${postId} and f.person_id <> ${author.id}
      and not exists (select from suspension s where s.person_id = f.person_id and s.ended_at is null)
      and not exists (select from notification n where n.person_id = f.person_id and n.seen_at is null
        and n.href = ${`/posts/${postId}`})
      and (${moderates(content)} or ${sees(content)})
    on conflict do nothing`)
}

/** The same as `canModerate` of whoever `f` is about, with `discussion` and `cohort` in scope. */
function moderates(content: Content): SQL {
  const grading = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
  return sql`(
    exists (select from admin_appointment a where a.person_id = f.person_id and a.ended_at is null)
    or (
      exists (select from certificate c where c.person_id = f.person_id
        and c.badge = any(${sql.param(grading)}::text[]) and ${inForce})
      and (cohort.id is null or cohort.self_paced
        or exists (select from cohort_mentor m where m.cohort_id = cohort.id and m.person_id = f.person_id))
    )
  )`
}

/** The same as `visibleTo` for whoever `f` is about, if they do not moderate and `post` is another's. */
const sees = (content: Content): SQL => sql`(
  (cohort.id is null or exists (
    select from enrolment e where e.cohort_id = cohort.id and e.person_id = f.person_id))
  and (post.audience = 'cohort' or exists (
    select from post thread where thread.id = post.parent_id and thread.author_id = f.person_id))
  and (
    discussion.module is null
    or discussion.module <> all(${sql.param(answeredFirst(content))}::text[])
    or exists (select from submission s where s.author_id = f.person_id and s.module = discussion.module)
  )
)`
