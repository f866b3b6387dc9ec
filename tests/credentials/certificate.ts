import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import type { Person } from '../../src/people/person.ts'

/** Grants a badge, as the operator's command line would, and tells the code of its certificate. */
export async function certify(
  db: Db,
  { id }: Pick<Person, 'id'>,
  { badge = 'moderator', at }: { badge?: string; at?: Date } = {},
): Promise<string> {
  const grant = { personId: id, badge, override: true, reason: 'For the tests.' }
  const { code } = await db.transaction(tx => grantBadge(tx, content(), null, grant, at))
  return code
}
