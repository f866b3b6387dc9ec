import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'

/**
 * Takes the words of a person's posts away, and what they gave to those of others. Markers stay, so that threads keep
 * their shape and others' answers their place; every count that pages show is as the facts are.
 */
export async function erasePosts(tx: Tx, personId: number): Promise<void> {
  await takeBackReactions(tx, personId)
  await takeBackVotes(tx, personId)
  await retitle(tx, personId)
  await tx.execute(sql`
    update discussion d set reflections = d.reflections - own.count
    from (select discussion_id, count(*)::int as count from post
      where author_id = ${personId} and kind = 'reflection' and removed is distinct from 'deleted'
      group by discussion_id) own
    where own.discussion_id = d.id`)
  await tx.execute(sql`
    update post set markdown = '', html = '', content_note = null, edited_at = null, removed = 'deleted',
      removed_by_id = ${personId}, removed_at = coalesce(removed_at, now())
    where author_id = ${personId}`)
}

async function takeBackReactions(tx: Tx, personId: number): Promise<void> {
  const given = await tx.execute<{ post_id: string }>(
    sql`delete from reaction where person_id = ${personId} returning post_id`,
  )
  await tx.execute(sql`
    update post set reactions = coalesce((
      select jsonb_object_agg(reaction, number) from (
        select reaction, count(*) as number from reaction r where r.post_id = post.id group by reaction) each), '{}')
    where id = any(${sql.param(given.map(row => row.post_id))}::bigint[])`)
}

async function takeBackVotes(tx: Tx, personId: number): Promise<void> {
  const given = await tx.execute<{ discussion_id: string }>(
    sql`delete from vote where person_id = ${personId} returning discussion_id`,
  )
  const polls = sql`any(${sql.param(given.map(row => row.discussion_id))}::bigint[])`
  await tx.execute(sql`
    update poll_option o set votes =
      (select count(*) from vote v where v.discussion_id = o.discussion_id and v.position = o.position)
    where discussion_id = ${polls}`)
  await tx.execute(sql`
    update discussion d set voters = (select count(*) from vote v where v.discussion_id = d.id) where id = ${polls}`)
}

/** Titles and the answers of polls are words of whoever began the topic. */
async function retitle(tx: Tx, personId: number): Promise<void> {
  const begun = sql`(select discussion_id from post where author_id = ${personId} and kind = 'opening')`
  await tx.execute(
    sql`update discussion set title = 'A topic of somebody who left' where title is not null and id in ${begun}`,
  )
  await tx.execute(sql`
    update poll_option o set words = 'Answer ' || (position + 1) from discussion d
    where d.id = o.discussion_id and d.form = 'poll' and d.id in ${begun}`)
}
