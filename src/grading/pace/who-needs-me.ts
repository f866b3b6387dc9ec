import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeDesk } from '../policy.ts'
import { cohortsServed, type PeoplePage } from './listed.ts'
import { type Praised, toCelebrate } from './praised.ts'
import { goneQuiet, type Quiet } from './quiet.ts'
import { notHandedInAgain, type Returned } from './returned.ts'

/** The lists of people whom a mentor may want to turn to. */
export const lists = ['returned', 'quiet', 'celebrate'] as const
export type List = (typeof lists)[number]

/** How many a list shows beside the others, and how many by itself. */
const few = 5
const page = 25

export interface WhoNeedsMe {
  returned?: PeoplePage<Returned>
  quiet?: PeoplePage<Quiet>
  celebrate?: PeoplePage<Praised>
}

/**
 * Whom a mentor may want to turn to in the cohorts they grade in: the first few of each list, or a page of one.
 * @throws Forbidden
 */
export async function whoNeedsMe(
  db: Queryable,
  mentor: Person,
  { list, after }: { list?: List | undefined; after?: string | undefined } = {},
): Promise<WhoNeedsMe> {
  ensure(canSeeDesk(mentor))
  const cohorts = await cohortsServed(db, mentor)
  const asked = list ? { limit: page, after } : { limit: few }
  const among = async <T>(which: List, read: () => Promise<T>) =>
    list === undefined || list === which ? { [which]: await read() } : {}
  const found = await Promise.all([
    among('returned', () => notHandedInAgain(db, mentor, cohorts, asked)),
    among('quiet', () => goneQuiet(db, mentor, cohorts, asked)),
    among('celebrate', () => toCelebrate(db, mentor, cohorts, asked)),
  ])
  return Object.assign({}, ...found)
}
