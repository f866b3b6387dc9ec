import { hashPassword } from '../../../src/people/password.ts'
import { auditEntry } from '../../schema/record.ts'
import { person } from '../../schema/people.ts'
import { password } from './password.ts'
import { type Group, readPeople, type Someone } from './words.ts'
import type { World } from './world.ts'

/** How many days ago a group signed up, and how long before that its people had joined the community. */
const arrivals: Record<Group, { came: number; joinedBefore: [number, number] }> = {
  admins: { came: 124, joinedBefore: [900, 1500] },
  mentors: { came: 124, joinedBefore: [700, 1200] },
  summer: { came: 122, joinedBefore: [30, 400] },
  winter: { came: 62, joinedBefore: [30, 200] },
  autumn: { came: 44, joinedBefore: [2, 120] },
  alone: { came: 36, joinedBefore: [0, 60] },
  newcomers: { came: 2, joinedBefore: [0, 4] },
}

/**
 * Signs everybody up, with one password, which is hashed once: argon2 takes its time on purpose.
 * @returns the handles of each group
 */
export async function signUp(world: World): Promise<Record<Group, string[]>> {
  const groups = readPeople()
  const passwordHash = await hashPassword(password)
  const rows = Object.entries(groups).flatMap(([group, people]) =>
    people.map(someone => ({ ...rowOf(world, group as Group, someone), passwordHash })),
  )
  const added = await world.tx.insert(person).values(rows).returning()
  await world.tx.insert(auditEntry).values(
    added.map(({ id, handle, kind, ageBand, createdAt }) => ({
      ...{ actorId: id, subjectId: id, action: 'person.signed_up', at: createdAt },
      details: { handle, kind, ageBand },
    })),
  )
  for (const { handle } of added) await world.review(await world.meet(handle))
  return Object.fromEntries(
    Object.entries(groups).map(([group, people]) => [group, people.map(({ handle }) => handle)]),
  ) as Record<Group, string[]>
}

/** Some who have a story of their own to tell: days in the community before now. */
const joinedAgo: Record<string, number> = { vikram: 25, 'demo-new': 2, 'demo-trainee': 60, bea: 80 }

function rowOf(world: World, group: Group, { handle, name, zone, member, teen, named }: Someone) {
  const { came, joinedBefore } = arrivals[group]
  const createdAt = world.evening(came)
  const joined = joinedAgo[handle] ?? came + world.chance.between(...joinedBefore)
  return {
    ...{ handle, displayName: name, email: `${handle}@demo.example`, timeZone: zone, createdAt },
    ...{ kind: member ? ('member' as const) : ('listener' as const), namedOnCertificates: named },
    ...{ ageBand: teen ? ('teen' as const) : ('adult' as const), joinedOn: world.day(joined) },
  }
}
