import { openCase } from '../../../src/badges/deciding.ts'
import { grantFounding } from '../../../src/badges/found.ts'
import { dutyNotDone } from '../../../src/badges/holding/reason.ts'
import { suspendCertificate } from '../../../src/badges/holding/suspend-certificate.ts'
import { notify } from '../../../src/people/notifications.ts'
import type { Decision } from './certifying.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

/** Is granted a badge, and does not get round to the training that comes with it: so it is suspended until they do. */
export async function* missesDuty(
  world: World,
  { handle, badge, from, reason }: Decision & { reason: string },
): Life {
  // Chance of their own, so that what befalls everybody else stays as it is.
  const own = chance(from)
  const granted = world.evening(from, own)
  yield granted
  const { tx, content } = world
  const { id: personId } = await world.person(handle)
  await grantFounding(tx, content, { personId, badge, reason }, granted)
  await world.meet(handle)

  const at = world.evening(from - 15, own)
  yield at
  const open = await openCase(tx, content, null, { personId, badge })
  const why = { admin: null, reasonClass: dutyNotDone(content), reason: '', at }
  await suspendCertificate(tx, content, open, open.current!, why)
  const title = open.badge.title[open.facts.ageBand]
  await notify(tx, personId, {
    kind: 'badge_suspended',
    summary: `Your badge ${title} is suspended until you have finished Global Mod Training. It holds again the moment you have.`,
    href: `/path/${badge}`,
  })
  await world.review(await world.person(handle))
  await world.meet(handle)
}
