import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { takesPart } from './taking-part.ts'

/** A count that is kept otherwise than the facts say: which, of what, and both figures as text. */
export type CountDifference = { count: string; of: string; kept: string | null; counted: string | null }

/** A count that pages show: how to find where it is wrong, and the statement that puts it right. */
type KeptCount = { differences: SQL; mend: SQL }

/** Replies in threads of others that have not been removed, by person and module. */
const takingParts = sql`
  select coalesce(facts.person_id, kept.person_id) as person_id, coalesce(facts.module, kept.module) as module,
    coalesce(kept.replies, 0) as kept, coalesce(facts.replies, 0) as counted
  from (
    select post.author_id as person_id, discussion.module, count(*)::int as replies
    from post
    join post thread on thread.id = post.parent_id
    join discussion on discussion.id = post.discussion_id
    where ${takesPart} and post.removed is null
    group by post.author_id, discussion.module
  ) facts
  full join taking_part kept on kept.person_id = facts.person_id and kept.module = facts.module
  where coalesce(kept.replies, 0) <> coalesce(facts.replies, 0)`

/** What each discussion holds: deleted reflections are not reflections any more, their markers are posts. */
const discussions = sql`
  select d.id, coalesce(p.posts, 0) as posts, coalesce(p.reflections, 0) as reflections, p.last_post_id,
    coalesce(v.voters, 0) as voters
  from discussion d
  left join (
    select discussion_id, count(*)::int as posts, max(id) as last_post_id,
      (count(*) filter (where kind = 'reflection' and removed is distinct from 'deleted'))::int as reflections
    from post group by discussion_id
  ) p on p.discussion_id = d.id
  left join (select discussion_id, count(*)::int as voters from vote group by discussion_id) v on v.discussion_id = d.id`

/** Replies below each head, as far as all may read them who may read the head. */
const replies = sql`
  select head.id, head.replies as kept, coalesce(below.replies, 0) as counted
  from post head
  left join (
    select parent_id, audience, count(*)::int as replies from post where kind = 'reply' group by parent_id, audience
  ) below on below.parent_id = head.id and below.audience = head.audience
  where head.replies <> coalesce(below.replies, 0)`

const reactions = sql`
  select post.id, post.reactions as kept, coalesce(given.reactions, '{}') as counted
  from post
  left join (
    select post_id, jsonb_object_agg(reaction, number) as reactions
    from (select post_id, reaction, count(*) as number from reaction group by post_id, reaction) each
    group by post_id
  ) given on given.post_id = post.id
  where post.reactions <> coalesce(given.reactions, '{}')`

const votes = sql`
  select o.discussion_id, o.position, o.votes as kept, coalesce(v.votes, 0) as counted
  from poll_option o
  left join (
    select discussion_id, position, count(*)::int as votes from vote group by discussion_id, position
  ) v on v.discussion_id = o.discussion_id and v.position = o.position
  where o.votes <> coalesce(v.votes, 0)`

const keptCounts: readonly KeptCount[] = [
  {
    differences: sql`
      select 'taking_part' as count, person_id || ' ' || module as of, kept::text, counted::text
      from (${takingParts}) wrong`,
    mend: sql`
      insert into taking_part (person_id, module, replies) select person_id, module, counted from (${takingParts}) wrong
      on conflict (person_id, module) do update set replies = excluded.replies`,
  },
  {
    differences: sql`
      select each.count, d.id::text as of, each.kept, each.counted
      from discussion d join (${discussions}) facts on facts.id = d.id
      cross join lateral (values
        ('discussion.posts', d.posts::text, facts.posts::text),
        ('discussion.reflections', d.reflections::text, facts.reflections::text),
        ('discussion.voters', d.voters::text, facts.voters::text),
        ('discussion.last_post_id', d.last_post_id::text, facts.last_post_id::text)) each (count, kept, counted)
      where each.kept is distinct from each.counted`,
    mend: sql`
      update discussion d set posts = facts.posts, reflections = facts.reflections, voters = facts.voters,
        last_post_id = facts.last_post_id,
        last_posted_at = coalesce((select created_at from post where id = facts.last_post_id), d.created_at)
      from (${discussions}) facts
      where facts.id = d.id and (d.posts, d.reflections, d.voters, d.last_post_id)
        is distinct from (facts.posts, facts.reflections, facts.voters, facts.last_post_id)`,
  },
  {
    differences: sql`select 'post.replies' as count, id::text as of, kept::text, counted::text from (${replies}) wrong`,
    mend: sql`update post set replies = wrong.counted from (${replies}) wrong where post.id = wrong.id`,
  },
  {
    differences: sql`
      select 'post.reactions' as count, id::text as of, kept::text, counted::text from (${reactions}) wrong`,
    mend: sql`update post set reactions = wrong.counted from (${reactions}) wrong where post.id = wrong.id`,
  },
  {
    differences: sql`
      select 'poll_option.votes' as count, discussion_id || ' ' || position as of, kept::text, counted::text
      from (${votes}) wrong`,
    mend: sql`
      update poll_option o set votes = wrong.counted from (${votes}) wrong
      where o.discussion_id = wrong.discussion_id and o.position = wrong.position`,
  },
]

/** Counts everything anew and compares with what is kept, changing nothing. */
export const compareCounts = (db: Db): Promise<CountDifference[]> =>
  // One snapshot of facts and counts, so that a write between the two is not taken for a difference.
  db.transaction(async tx => differencesIn(tx), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })

async function differencesIn(tx: Tx): Promise<CountDifference[]> {
  const differences: CountDifference[] = []
  for (const count of keptCounts) differences.push(...(await tx.execute<CountDifference>(count.differences)))
  return differences
}

/**
 * Puts every count right. Nobody posts, reacts or votes meanwhile: they wait for it to end.
 * @returns what was wrong
 */
export const rebuildCounts = (db: Db): Promise<CountDifference[]> =>
  db.transaction(async tx => {
    await tx.execute(
      sql`lock table post, discussion, taking_part, reaction, poll_option, vote in share row exclusive mode`,
    )
    const differences = await differencesIn(tx)
    for (const { mend } of keptCounts) await tx.execute(mend)
    return differences
  })
