import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Leaver } from './erase.ts'

/** Columns in which others may have written somebody's handle, in tables that are looked through as a whole. */
const wordsOfOthers: Readonly<Record<string, readonly string[]>> = {
  notification: ['summary', 'href'],
  draft: ['words'],
  grade: ['feedback', 'feedback_html', 'to_change', 'to_change_html'],
  appeal: ['reason', 'reason_html'],
  saved_comment: ['title', 'markdown'],
  endorsement: ['words'],
  application: ['statement'],
  override_proposal: ['reason', 'answer'],
  badge_appeal: ['statement', 'answer'],
  dispute: ['claimed', 'words', 'answer'],
  badge_version: ['reason'],
  guide_vouch: ['note', 'revoked_reason'],
  evidence: ['note', 'reason'],
  assessment: ['place', 'words'],
  report: ['words', 'outcome'],
  suspension: ['reason'],
  extra_time: ['reason'],
  invitation: ['note'],
  discussion: ['title'],
  poll_option: ['words'],
  idempotency_key: ['flash', 'redirect'],
}

/**
 * Takes a person's handle out of the words of others: mentions, news of them, feedback that names them. A name that is
 * no handle can't be told from a word.
 */
export async function takeOutName(tx: Tx, { id, handle }: Leaver): Promise<void> {
  await tx.execute(sql`update notification set by_id = null where by_id = ${id}`)
  await tx.execute(sql`set local trellis.leaving = 'on'`)
  for (const [table, columns] of Object.entries(wordsOfOthers))
    await rewrite(tx, table, columns, handle, 'true')
  await tx.execute(sql`set local trellis.leaving = ''`)
  await takeOutOfPosts(tx, id, handle)
  await tx.execute(sql`delete from mention where person_id = ${id}`)
}

/** Posts are found by their index, for there may be millions. */
async function takeOutOfPosts(tx: Tx, id: number, handle: string): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    select post_id as id from mention where person_id = ${id}
    union select id from post where words @@ plainto_tsquery('english', ${handle})`)
  const posts = rows.map(row => Number(row.id)).join(', ')
  if (posts === '') return
  await rewrite(tx, 'post', ['markdown', 'html', 'content_note'], handle, `id in (${posts})`)
  await rewrite(tx, 'post_revision', ['markdown', 'html'], handle, `post_id in (${posts})`)
}

async function rewrite(
  tx: Tx,
  table: string,
  columns: readonly string[],
  handle: string,
  among: string,
): Promise<void> {
  const set = columns.map(column => `${column} = ${without(column, handle)}`).join(', ')
  const named = columns.map(column => `${column} ~* '(@|/people/)${handle}${end}'`).join(' or ')
  await tx.execute(sql.raw(`update ${table} set ${set} where (${named}) and ${among}`))
}

/** Where a handle ends, as `src/authoring/markdown.ts` reads them. */
const end = '(?![a-z0-9]|[_-]+[a-z0-9])'

/** A column without the handle, which has only letters, digits, - and _ in it, and so is plain in a pattern. */
const without = (column: string, handle: string) => {
  const link = `'<a [^>]*href="/people/${handle}"[^>]*>@${handle}</a>'`
  const name = `'@${handle}${end}'`
  const address = `'/people/${handle}${end}'`
  const linkless = `regexp_replace(${column}, ${link}, 'somebody who left', 'gi')`
  const nameless = `regexp_replace(${linkless}, ${name}, 'somebody who left', 'gi')`
  return `regexp_replace(${nameless}, ${address}, '/', 'gi')`
}
