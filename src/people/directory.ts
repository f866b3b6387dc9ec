import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { ensure } from '../errors.ts'
import { inForce } from './in-force.ts'
import type { Person } from './person.ts'
import { canRunProgramme } from './policy.ts'

const pageSize = 50

/** What the list of people can be narrowed to. */
export const directoryRoles = ['mentor', 'admin', 'suspended'] as const
export type DirectoryRole = (typeof directoryRoles)[number]

export interface Listed {
  handle: string
  displayName: string
  email: string
  kind: string
  ageBand: string
  admin: boolean
  suspended: boolean
  badges: string[]
}

interface Row extends Record<string, unknown>, Omit<Listed, 'displayName' | 'ageBand'> {
  display_name: string
  age_band: string
}

/**
 * A page of people in the order of their handles, for admins.
 * @param words the beginning of a handle, a name or an email address
 * @param after the last handle of the page before
 * @throws Forbidden
 */
export async function directory(
  db: Queryable,
  content: Content,
  admin: Person,
  { words = '', role, after = '' }: { words?: string; role?: DirectoryRole | undefined; after?: string } = {},
) {
  ensure(canRunProgramme(admin))
  const rows = await db.execute<Row>(sql`
    select p.handle, p.display_name, p.email, p.kind, p.age_band,
      exists (select from admin_appointment a where a.person_id = p.id and a.ended_at is null) as admin,
      exists (select from suspension s where s.person_id = p.id and s.ended_at is null) as suspended,
      array(select c.badge from certificate c where c.person_id = p.id and ${inForce} order by c.id) as badges
    from person p
    where lower(p.handle) > ${after.toLowerCase()} and p.left_at is null and ${beginsWith(words)} and ${hasRole(content, role)}
    order by lower(p.handle) limit ${pageSize + 1}`)
  const people = rows.slice(0, pageSize).map(({ display_name, age_band, ...row }): Listed => ({
    ...row,
    displayName: display_name,
    ageBand: age_band,
  }))
  return { people, next: rows.length > pageSize ? people.at(-1)!.handle : null }
}

function beginsWith(words: string) {
  const wanted = words.trim().toLowerCase().replace(/^@/, '')
  if (!wanted) return sql`true`
  const pattern = `${wanted.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(lower(p.handle) like ${pattern} or lower(p.display_name) like ${pattern} or lower(p.email) like ${pattern})`
}

function hasRole(content: Content, role: DirectoryRole | undefined) {
  switch (role) {
    case undefined:
      return sql`true`
    case 'admin':
      return sql`exists (select from admin_appointment a where a.person_id = p.id and a.ended_at is null)`
    case 'suspended':
      return sql`exists (select from suspension s where s.person_id = p.id and s.ended_at is null)`
    case 'mentor': {
      const grading = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
      return sql`exists (select from certificate c where c.person_id = p.id and ${inForce}
        and c.badge = any(${sql.param(grading)}::text[]))`
    }
  }
}
