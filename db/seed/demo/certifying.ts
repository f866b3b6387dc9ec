import { suspend } from '../../../src/people/suspension.ts'
import { invite } from '../../../src/people/invitations.ts'
import { declineBadge } from '../../../src/badges/decline.ts'
import { grantFounding } from '../../../src/badges/found.ts'
import { grantBadge } from '../../../src/badges/grant.ts'
import { revokeBadge } from '../../../src/badges/revoke.ts'
import { standingOf } from '../../../src/badges/standing-of.ts'
import { found } from '../../../src/errors.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

export interface Decision {
  handle: string
  badge: string
  /** Days before the present, at the earliest. */
  from: number
}

/** Looks every other day whether a person meets a badge's criteria, and then decides: a grant, or else a decline. */
export async function* decide(world: World, { handle, badge, from }: Decision, grants = true): Life {
  const { tx, content, chance, words } = world
  for (let day = from; day > 0; day -= 2) {
    const evening = world.evening(day)
    yield evening
    const person = await world.person(handle)
    const admin = await world.person(chance.one(['demo-admin', 'wren']))
    const standing = await standingOf(tx, content, person.id, found(content.badge(badge)))
    if (!standing.met) continue
    const decision = { personId: person.id, badge }
    if (grants) {
      await grantBadge(tx, content, admin, { ...decision, reason: chance.one(words.reasons.grant) }, evening)
      await world.meet(handle)
    } else {
      const reason = chance.one(words.reasons.decline)
      const tryAgainFrom = world.day(day - 56)
      // By the other admin, so that whoever looks around as this one may answer an appeal.
      await declineBadge(
        tx,
        content,
        await world.person('wren'),
        { ...decision, reason, tryAgainFrom },
        evening,
      )
    }
    return
  }
}

/** Grants a badge by override, as founding leaders come by theirs. */
export async function* override(world: World, { handle, badge, from }: Decision): Life {
  const evening = world.evening(from)
  yield evening
  const { id: personId } = await world.person(handle)
  const reason = world.chance.one(world.words.reasons.override)
  await grantFounding(world.tx, world.content, { personId, badge, reason }, evening)
  await world.meet(handle)
}

/** Takes a badge away. */
export async function* revoke(
  world: World,
  { handle, badge, from }: Decision,
  { reasonClass, reason }: { reasonClass: string; reason: string },
): Life {
  const evening = world.evening(from)
  yield evening
  const { id: personId } = await world.person(handle)
  const admin = await world.person('wren')
  await revokeBadge(world.tx, world.content, admin, { personId, badge, reasonClass, reason }, evening)
  await world.meet(handle)
}

/** The small business of an admin: invitations, and an account that had to be locked. */
export async function* administer(world: World): Life {
  yield world.evening(9)
  const admin = await world.person('demo-admin')
  const invitation = { role: 'trainee' as const, cohortId: undefined }
  await invite(world.tx, admin, { ...invitation, note: 'For the two from the Tuesday meeting' })
  await invite(world.tx, admin, { ...invitation, note: 'Ask Wren' })
  yield world.evening(1)
  const { id: personId } = await world.person('wolf')
  const reason = 'Three accounts with the same links. Locked until they answer our mail.'
  await suspend(world.tx, admin, { personId, reason })
}
