import { and, asc, eq, isNull } from 'drizzle-orm'
import { confirmLog, declineLog } from '../../../src/practice/decide.ts'
import { logEvidence } from '../../../src/practice/log-evidence.ts'
import { receiveBatch } from '../../../src/practice/receive-batch.ts'
import { makeToken, revokeToken, tokens } from '../../../src/api/tokens.ts'
import { found } from '../../../src/errors.ts'
import { evidence } from '../../schema/practice.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

const roles = ['attended', 'supported', 'supported', 'moderated']

/** Takes part in group chats, and writes some of them down. */
export async function* practise(
  world: World,
  handle: string,
  { from, every, kinds = ['group_chat'] }: { from: number; every: number; kinds?: string[] },
): Life {
  for (let day = from; day > 0; day -= every) {
    yield world.evening(day)
    await log(world, handle, world.chance.one(kinds), day)
  }
}

async function log(world: World, handle: string, kind: string, day: number): Promise<void> {
  const { chance, words } = world
  const known = found(world.content.evidenceKind(kind))
  await logEvidence(world.tx, world.content, await world.person(handle), {
    what: known.roles.length > 0 ? `${kind}/${chance.one(roles)}` : kind,
    ...{ occurredOn: world.day(day + 1), place: chance.one(words.rooms) },
    note: chance.one(found(words.practice[kind])),
  })
}

/** Looks through what was logged, once a week, and leaves the last few days for another time. */
export async function* confirmLogs(
  world: World,
  handle: string,
  { from, until }: { from: number; until: number },
): Life {
  for (let day = from; day > until; day -= 7) {
    yield world.evening(day)
    const mentor = await world.person(handle)
    const logged = await world.tx
      .select({ log: evidence.id, personId: evidence.personId })
      .from(evidence)
      .where(and(eq(evidence.state, 'logged'), eq(evidence.source, 'log'), isNull(evidence.supervisorId)))
      .orderBy(asc(evidence.id))
    for (const { log, personId } of logged) {
      if (personId === mentor.id) continue
      if (world.chance.percent(7)) {
        const reason = world.chance.one(world.words.declined)
        await declineLog(world.tx, world.content, mentor, { log, reason })
      } else await confirmLog(world.tx, world.content, mentor, { log })
      await world.review({ id: personId })
    }
  }
}

/** So many of a kind of evidence for a person, a week. */
export interface Weekly {
  handle: string
  kind: string
  count: number
  /** Days before the present. */
  from: number
  until?: number
}

/** The community's chat platform, which sends each week what it counted. */
export async function* platform(world: World, weekly: readonly Weekly[]): Life {
  yield world.evening(121)
  const admin = await world.person('demo-admin')
  await makeToken(world.tx, admin, { name: 'Chat platform', scopes: ['evidence:write'], lasts: 'always' })
  await makeToken(world.tx, admin, {
    ...{ name: 'Chat platform, old key', scopes: ['evidence:write'], lasts: 'always' },
  })
  const [old, token] = await tokens(world.tx, admin)
  await revokeToken(world.tx, admin, found(old))

  for (let day = 119; day > 0; day -= 7) {
    yield world.evening(day)
    const items = weekly
      .filter(({ from, until = 0 }) => day <= from && day > until)
      .map(({ handle, kind, count }) => ({
        ...{ person: handle, kind, source: 'chat-platform', count, occurredOn: world.day(day) },
        externalId: `${handle}/${kind}/${world.day(day)}`,
      }))
    const { people } = await receiveBatch(world.tx, world.content, found(token), items)
    for (const id of people) await world.review({ id })
  }
}
