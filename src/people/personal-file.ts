import { and, eq, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '../../db/client.ts'
import { adminAppointment, person, suspension } from '../../db/schema/people.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from './person.ts'
import { canRunProgramme } from './policy.ts'

const suspender = alias(person, 'suspender')

/** What an admin sees of an account beyond what everybody does. @throws Forbidden, NotFound */
export async function personalFile(db: Queryable, admin: Person, { id }: { id: number }) {
  ensure(canRunProgramme(admin))
  const [row] = await db
    .select({
      email: person.email,
      createdAt: person.createdAt,
      namedOnCertificates: person.namedOnCertificates,
      adminSince: adminAppointment.at,
      suspendedAt: suspension.at,
      suspendedBecause: suspension.reason,
      suspendedBy: suspender.handle,
    })
    .from(person)
    .leftJoin(
      adminAppointment,
      and(eq(adminAppointment.personId, person.id), isNull(adminAppointment.endedAt)),
    )
    .leftJoin(suspension, and(eq(suspension.personId, person.id), isNull(suspension.endedAt)))
    .leftJoin(suspender, eq(suspender.id, suspension.byId))
    .where(eq(person.id, id))
  return found(row)
}
