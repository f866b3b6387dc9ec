import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'

/** Places where somebody's words lie, each with the rows that are theirs; `$` stands for the person. */
const ground: readonly (readonly [table: string, columns: string, whose: string])[] = [
  ['post', 'markdown html content_note', 'author_id = $'],
  ['post_revision', 'markdown html', 'post_id in (select id from post where author_id = $)'],
  [
    'discussion',
    'title',
    `title is not null and id in (select discussion_id from post where author_id = $ and kind = 'opening')`,
  ],
  [
    'poll_option',
    'words',
    `discussion_id in (select discussion_id from post join discussion d on d.id = discussion_id
      where author_id = $ and kind = 'opening' and d.form = 'poll')`,
  ],
  ['draft', 'words', 'person_id = $'],
  ['report', 'words', 'reporter_id = $'],
  ['report', 'words outcome', 'post_id in (select id from post where author_id = $)'],
  ['appeal', 'reason reason_html', 'marking_id in (select id from marking where author_id = $)'],
  ['grade', 'feedback feedback_html to_change', 'post_id in (select id from post where author_id = $)'],
  ['saved_comment', 'title markdown', 'owner_id = $'],
  ['evidence', 'note place role external_id', 'person_id = $'],
  ['application', 'statement', 'person_id = $'],
  ['endorsement', 'words', 'person_id = $ or by_id = $'],
  ['override_proposal', 'reason answer', 'person_id = $'],
  ['badge_appeal', 'statement answer', 'person_id = $'],
  ['dispute', 'shown claimed words answer', 'person_id = $'],
  ['assessment', 'place words', 'person_id = $'],
  ['guide_vouch', 'note', 'person_id = $ or mentor_id = $'],
  ['extra_time', 'reason', 'person_id = $'],
  ['suspension', 'reason', 'person_id = $'],
  ['invitation', 'note', 'by_id = $ or accepted_by_id = $'],
  ['notification', 'summary href', 'person_id = $'],
  ['session', 'user_agent', 'person_id = $'],
  ['person', 'about', 'id = $'],
]

const data: readonly (readonly [table: string, column: string, whose: string])[] = [
  ['webhook_event', 'data', 'person_id = $'],
  ['attempt', 'answers', 'person_id = $'],
  ['recall_card', 'answer', 'person_id = $'],
  ['audit_entry', 'details', 'subject_id = $ or (actor_id = $ and subject_id is null)'],
]

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** A word that is nowhere else. */
export const token = () => `zq${[...randomBytes(18)].map(byte => letters[byte % 26]).join('')}`

/** The rows that few people have, put there as they are, so that every place has one to plant in. */
const seeds = (person: number, other: number): string[] => [
  `insert into application (person_id, badge, statement) values (${person}, 'seed', '')`,
  `insert into endorsement (person_id, badge, by_id, as_badge, words) values (${person}, 'seed', ${other}, 'mentor', ''),
    (${other}, 'seed', ${person}, 'mentor', '')`,
  `insert into override_proposal (person_id, badge, by_id, reason, unmet) values (${person}, 'seed', ${other}, '', '[]')`,
  `insert into badge_appeal (seq, person_id, badge, statement)
    select max(seq), ${person}, 'seed', '' from record_entry where person_id = ${person}`,
  `insert into dispute (person_id, badge, counter, shown, claimed, words) values (${person}, 'seed', 'seed', '', '', '')`,
  `insert into assessment (person_id, checklist, assessor_id, as_badge, occurred_on, place, items, enough, passed, words)
    values (${person}, 'seed', ${other}, 'mentor', now(), '', '[]', 1, true, '')`,
  `insert into guide_vouch (person_id, guide, mentor_id, note, revoked_at) values (${person}, 'seed', ${other}, '', now()),
    (${other}, 'seed', ${person}, '', now())`,
  `insert into extra_time (person_id, percent, reason, by_id) values (${person}, 25, '', ${other})`,
  `insert into suspension (person_id, by_id, reason, ended_at) values (${person}, ${other}, '', now())`,
  `insert into invitation (token_hash, by_id, expires_at) values ('seed of ${person}', ${person}, now())`,
  `insert into invitation (token_hash, accepted_by_id, expires_at) values ('seed for ${person}', ${person}, now())`,
  `insert into draft (person_id, name, words) values (${person}, 'seed', '')`,
  `insert into appeal (result_id, marking_id, reason, reason_html) select
    (select max(id) from result where author_id = ${person}), (select max(id) from marking where author_id = ${person}), '', ''`,
  `insert into session (id, person_id, expires_at) values ('${token()}', ${person}, now())`,
  `insert into saved_comment (owner_id, title, markdown) values (${person}, '', '')`,
  `insert into report (post_id, reporter_id, reason, concern)
    select (select max(id) from post where author_id = ${person}), ${other}, 'seed', false`,
  `insert into report (post_id, reporter_id, reason, concern)
    select (select max(id) from post where author_id = ${other}), ${person}, 'seed', false`,
  `insert into webhook_event (name, type, person_id, data) values ('seed of ${person}', 'seed', ${person}, '{}')`,
  `insert into recall_card (person_id, quiz, question, due_on) values (${person}, 'seed', 'seed', now())`,
  `insert into evidence (person_id, kind, source, external_id, occurred_on, state)
    values (${person}, 'seed', 'seed', 'seed of ${person}', now(), 'confirmed')`,
  `insert into notification (person_id, kind, summary, href) values (${person}, 'replied', '', '/')`,
  `with d as (insert into discussion (title, form) values ('seed', 'poll') returning id)
    , o as (insert into poll_option (discussion_id, position, words) select id, 0, '' from d)
    insert into post (discussion_id, author_id, kind, markdown, html) select id, ${person}, 'opening', '', '' from d`,
  `update discussion d set posts = 1, last_post_id = p.id from post p where p.discussion_id = d.id and d.title = 'seed'`,
]

/** Plants a word of its own in every place where words of a person lie. @returns the words, each with its place */
export async function plant(db: Db, person: number, other: number): Promise<Map<string, string>> {
  const planted = new Map<string, string>()
  await db.transaction(async tx => {
    for (const seed of seeds(person, other)) await tx.execute(sql.raw(seed))
    // What is only ever added to takes no seed otherwise.
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const [table, columns, whose] of ground)
      for (const column of columns.split(' ')) {
        const word = token()
        await update(tx, table, `${column} = '${word} ' || coalesce(${column}, '')`, whose, person)
        planted.set(word, `${table}.${column}`)
      }
    for (const [table, column, whose] of data) {
      const word = token()
      await update(tx, table, `${column} = '{"0": "${word}"}'`, whose, person)
      planted.set(word, `${table}.${column}`)
    }
  })
  return planted
}

async function update(tx: Tx, table: string, set: string, whose: string, person: number): Promise<void> {
  // A key that has to be unique is planted in one row only.
  const rows = await tx.execute(
    sql.raw(`update ${table} set ${set} where ctid in (select ctid from ${table}
      where ${whose.replaceAll('$', String(person))} ${set.startsWith('external_id') ? 'limit 1' : ''}) returning 1`),
  )
  if (rows.length === 0) throw new Error(`There is nothing of theirs in ${table} to plant “${set}” in.`)
}
