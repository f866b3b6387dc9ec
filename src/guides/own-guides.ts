import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

/** That somebody has completed a guide. */
export type Completion = {
  readonly at: Date
  /** The version that they know. */
  readonly version: number
  /** Whose word it stands on, and what they saw; null where they passed its check. */
  readonly vouchedBy: { readonly handle: string; readonly displayName: string; readonly note: string } | null
}

/** What somebody has done with guides: those completed, and those they want to find again. */
export type OwnGuides = {
  readonly completed: ReadonlyMap<string, Completion>
  readonly bookmarks: ReadonlySet<string>
}

interface Row extends Record<string, unknown> {
  completed:
    | {
        guide: string
        at: string
        version: number
        vouchedBy: Completion['vouchedBy']
      }[]
    | null
  bookmarks: string[]
}

/** A person's own guides, in one query; nobody signed in has none. */
export async function ownGuides(db: Queryable, person: { id: number } | null): Promise<OwnGuides> {
  if (!person) return { completed: new Map(), bookmarks: new Set() }
  const [row] = await db.execute<Row>(sql`
    select
      (select jsonb_agg(jsonb_build_object('guide', g.guide, 'at', g.at, 'version', g.version,
          'vouchedBy', case when v.id is not null then jsonb_build_object('handle', m.handle,
            'displayName', m.display_name, 'note', v.note) end))
        from guide_completion g
          left join guide_vouch v on v.id = g.vouch_id left join person m on m.id = v.mentor_id
        where g.person_id = ${person.id}) as completed,
      array(select guide from guide_bookmark where person_id = ${person.id}) as bookmarks`)
  return {
    completed: new Map(
      (row?.completed ?? []).map(({ guide, at, ...one }) => [guide, { ...one, at: new Date(at) }]),
    ),
    bookmarks: new Set(row?.bookmarks),
  }
}
