import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Person } from '../people/person.ts'

/** The answers of a poll or a check-in with how many chose each, and what the viewer chose. Never who chose what. */
export type Poll = {
  options: readonly { position: number; words: string; votes: number }[]
  /** The position of the viewer's own answer. */
  own: number | null
  /** What the viewer wrote beside it. */
  line: string | null
}

interface Row {
  position: number
  words: string
  votes: number
  own: number | null
  line: string | null
}

/** The poll or check-in of a discussion that the viewer may see. */
export async function pollOf(db: Queryable, viewer: Person, discussion: { id: number }): Promise<Poll> {
  const rows = await hot<Row>(
    db,
    sql`select o.position, o.words, o.votes, v.position as own,
        case when line.removed is null then line.markdown end as line
      from poll_option o
      left join vote v on v.discussion_id = o.discussion_id and v.person_id = ${viewer.id}
      left join post line on line.id = v.post_id
      where o.discussion_id = ${discussion.id} order by o.position`,
  )
  return {
    options: rows.map(({ position, words, votes }) => ({ position, words, votes })),
    own: rows[0]?.own ?? null,
    line: rows[0]?.line ?? null,
  }
}
