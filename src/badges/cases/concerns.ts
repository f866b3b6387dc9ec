import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'

/** So many of each sort are shown, the newest. */
const most = 10

/** Something to know before one decides on a person. None of it decides by itself. */
export interface Concern {
  /** `hidden`: a post was reported and a mentor then hid it; `decline` and on: what was decided on a badge. */
  what: 'reported' | 'worried' | 'hidden' | 'decline' | 'suspension' | 'revocation' | 'account'
  at: Date
  /** The id of a report, or of a badge. */
  about: string
  /** Why, as it was said then: the id of a reason for reports, words otherwise. */
  reason: string
  /** Whether it is so at this moment: waits to be looked at, or has not ended. */
  open: boolean
}

interface Row extends Record<string, unknown> {
  person_id: string
  what: Concern['what']
  at: string
  about: string
  reason: string
  open: boolean
}

/**
 * What there is to know of each of these people before one decides, the newest first: what was reported of their posts
 * and waits to be looked at, or led a mentor to hide the post; declines, suspensions and revocations of any badge that
 * no appeal has undone; and suspensions of the account. A report after which the post stayed is none. One statement.
 * @returns by person; nobody learns here what was reported of themselves
 * @throws Forbidden
 */
export async function concernsAbout(
  db: Queryable,
  admin: Person,
  people: readonly number[],
): Promise<ReadonlyMap<number, readonly Concern[]>> {
  ensure(canRunProgramme(admin))
  const others = [...new Set(people)].filter(id => id !== admin.id)
  if (others.length === 0) return new Map()
  const rows = await db.execute<Row>(sql`
    select w.id as person_id, c.* from unnest(${sql.param(others)}::bigint[]) w(id) cross join lateral (
      (select case when r.handled_at is not null then 'hidden' when r.concern then 'worried' else 'reported' end as what,
          r.at, r.id::text as about, r.reason, r.handled_at is null as open
        from post join report r on r.post_id = post.id
        where post.author_id = w.id and (r.handled_at is null or post.removed = 'hidden')
        order by r.at desc limit ${most})
      union all
      (select e.kind, e.at, e.badge, coalesce(d.value #>> '{}', ''), false
        from record_entry e left join record_disclosure d on d.seq = e.seq and d.name = 'reason'
        where e.person_id = w.id and e.kind in ('decline', 'suspension', 'revocation')
          and not exists (select from badge_appeal a where a.seq = e.seq and a.outcome = 'upheld')
        order by e.seq desc limit ${most})
      union all
      (select 'account', s.at, '', s.reason, s.ended_at is null
        from suspension s where s.person_id = w.id order by s.at desc limit ${most})
    ) c order by c.at desc`)
  return Map.groupBy(rows.map(concernFrom), ({ personId }) => personId)
}

const concernFrom = ({ person_id, at, ...row }: Row): Concern & { personId: number } => ({
  ...{ personId: Number(person_id), at: new Date(at) },
  ...{ what: row.what, about: row.about, reason: row.reason, open: row.open },
})

const words: Record<Concern['what'], readonly [one: string, several: string]> = {
  worried: ['somebody is worried about them', 'several are worried about them'],
  reported: ['a report waits', '# reports wait'],
  hidden: ['a post was hidden', '# posts were hidden'],
  decline: ['declined before', 'declined # times'],
  suspension: ['a badge was suspended', 'badges were suspended # times'],
  revocation: ['a badge was revoked', '# badges were revoked'],
  account: ['the account was suspended', 'the account was suspended # times'],
}

/** Concerns in a few words: “a report waits, declined 2 times”. */
export function concernsInShort(concerns: readonly Concern[]): string {
  const kinds = Object.keys(words) as Concern['what'][]
  return kinds
    .flatMap(kind => {
      const count = concerns.filter(({ what }) => what === kind).length
      const [one, several] = words[kind]
      return count === 0 ? [] : count === 1 ? [one] : [several.replace('#', String(count))]
    })
    .join(', ')
}
