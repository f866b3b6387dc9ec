import { content } from '../../src/authoring/content.ts'
import { appealDecision } from '../../src/badges/appeals/appeal.ts'
import { openAppeals } from '../../src/badges/appeals/open-appeals.ts'
import { askToEndorse } from '../../src/badges/applying/ask.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { proposalOn } from '../../src/badges/overrides/proposals.ts'
import { proposeOverride } from '../../src/badges/overrides/propose.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { findPerson } from '../../src/people/load-person.ts'
import { completeCourse, gather } from '../badges/deeds.ts'
import { addAdmin, addMentorOf, addTrainee, again } from '../support/cast.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { Role, World } from './world.ts'

const reason = 'A test.'
const adminOnly = signedIn(403, { admin: 'done' })

/** Somebody who has all that Room Supporter asks. */
async function ready({ db }: World) {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  return { personId: String(person.id), badge: 'room-supporter' }
}

const somebody = async ({ db }: World) => ({ personId: String((await addTrainee(db)).id), badge: 'mentor' })

/** What another admin has proposed, or the one who asks. */
async function proposed(world: World, by?: 'admin') {
  const { db, people } = world
  const about = await somebody(world)
  const [personId, badge] = [Number(about.personId), about.badge]
  const admin = by ? people[by] : await addAdmin(db)
  await db.transaction(tx => proposeOverride(tx, content(), admin, { personId, badge, reason }))
  const proposal = await proposalOn(db, admin, { personId, badge })
  return { ...about, proposal: String(proposal!.id) }
}

/** An appeal against what another admin has declined. */
async function appealed(world: World): Promise<string> {
  const { db } = world
  const { personId, badge } = await ready(world)
  const person = await again(db, { id: Number(personId) })
  const other = await addAdmin(db)
  await db.transaction(tx => declineBadge(tx, content(), other, { personId: person.id, badge, reason }))
  await db.transaction(tx => appealDecision(tx, person, { badge, statement: reason }))
  const [appeal] = await openAppeals(db, null, { personId: person.id, badge })
  return String(appeal!.id)
}

/** Whoever asks is a Mentor who may be endorsed, but for guests. */
async function asks({ db, people }: World, role: Role) {
  const other = await addMentorOf(db)
  if (role !== 'guest') {
    const { id } = people[role]
    const person = (await findPerson(db, { id }))!
    if (person.badges.includes('mentor'))
      await db.transaction(tx =>
        askToEndorse(tx, content(), person, { badge: 'mentor-leader', handle: other.handle }),
      )
  }
  return String(other.id)
}

/** Whoever asks has lost a badge, or nothing was ever decided about them. */
async function lost({ db, people }: World, role: Role) {
  if (role !== 'trainee') return
  const about = { personId: people.trainee.id, badge: 'ambassador', reason }
  const { badges } = await again(db, people.trainee)
  if (badges.includes('ambassador')) return
  await db.transaction(async tx => {
    await grantBadge(tx, content(), null, { ...about, override: true })
    await revokeBadge(tx, content(), people.admin, { ...about, reasonClass: 'conduct' })
  })
}

export const actionRows: Record<string, ActionRow> = {
  'decisions.grant': { page: '/path', fields: ready, answers: adminOnly },
  'decisions.grantSeveral': {
    page: '/path',
    fields: async world => {
      const { personId, badge } = await ready(world)
      return { who: `${personId}.${badge}` }
    },
    answers: adminOnly,
  },
  'decisions.decline': {
    page: '/path',
    fields: async world => ({ ...(await somebody(world)), reason }),
    answers: adminOnly,
  },
  'decisions.propose': {
    page: '/path',
    fields: async world => ({ ...(await somebody(world)), reason }),
    answers: adminOnly,
  },
  'decisions.confirmOverride': { page: '/path', fields: world => proposed(world), answers: adminOnly },
  'decisions.refuseOverride': {
    page: '/path',
    fields: async world => ({ ...(await proposed(world)), reason }),
    answers: adminOnly,
  },
  'decisions.withdrawOverride': {
    page: '/path',
    fields: world => proposed(world, 'admin'),
    answers: adminOnly,
  },
  'decisions.appeal': {
    page: '/path/ambassador',
    fields: async (world, role) => {
      await lost(world, role)
      return { badge: 'ambassador', statement: reason }
    },
    answers: signedIn(404, { trainee: 'done' }),
  },
  'decisions.decideAppeal': {
    page: '/path',
    fields: async world => ({ appeal: await appealed(world), outcome: 'stands', answer: reason }),
    answers: adminOnly,
  },
  'badges.askToEndorse': {
    page: '/path/mentor-leader',
    fields: async ({ db }) => ({ badge: 'mentor-leader', handle: (await addMentorOf(db)).handle }),
    // Who may not be endorsed is told so beside the field.
    answers: signedIn(400, { mentor: 'done', otherMentor: 'done' }),
  },
  'badges.withdrawAsk': {
    page: '/path/mentor-leader',
    fields: async (world, role) => ({ badge: 'mentor-leader', ofId: await asks(world, role) }),
    answers: signedIn(404, { mentor: 'done', otherMentor: 'done' }),
  },
}

export const routeRows: Record<string, RouteRow> = {
  '/admin/queue/together': {
    path: '/admin/queue/together?who=1.mentor&who=nonsense',
    answers: signedIn(404, { admin: 200 }),
  },
}
