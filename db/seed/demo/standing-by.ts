import { and, eq } from 'drizzle-orm'
import { assess } from '../../../src/practice/assessing/assess.ts'
import type { Mark } from '../../../src/practice/checklist.ts'
import { confirmLog } from '../../../src/practice/decide.ts'
import { logEvidence } from '../../../src/practice/log-evidence.ts'
import { found } from '../../../src/errors.ts'
import { evidence } from '../../schema/practice.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

interface Session {
  handle: string
  /** Who stands by, and assesses it. */
  beside: string
  place: string
  minutes: number
  note: string
  /** Items of the checklist that were not there yet, or had no occasion; all others were seen. */
  marks: Readonly<Record<string, Mark>>
  words: string
  /** Days before the present. */
  from: number
}

const checklistId = 'leading-a-session'

/** Leads a practice session with somebody beside them, who confirms it two days later and assesses it. */
export async function* leadsWith(world: World, session: Session): Life {
  const { handle, beside, place, marks, words, from } = session
  const own = chance(from)
  yield world.evening(from, own)
  await logsIt(world, session)
  yield world.evening(from - 2, own)
  const { tx, content } = world
  const [person, other] = [await world.person(handle), await world.person(beside)]
  const [logged] = await tx
    .select({ log: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.supervisorId, other.id), eq(evidence.state, 'logged')))
  await confirmLog(tx, content, other, found(logged))
  const { items } = found(content.checklist(checklistId))
  await assess(tx, content, other, {
    ...{ personId: person.id, checklist: checklistId, occurredOn: world.day(from), place, words },
    marks: Object.fromEntries(items.map(({ id }) => [id, marks[id] ?? 'seen'])),
  })
  await world.review(person)
}

/** Leads one and logs it; whoever stood by has not said so yet. */
export async function* ledWith(world: World, session: Omit<Session, 'marks' | 'words'>): Life {
  yield world.evening(session.from, chance(session.from))
  await logsIt(world, session)
}

const logsIt = async (
  world: World,
  { handle, beside, place, minutes, note, from }: Omit<Session, 'marks' | 'words'>,
): Promise<void> =>
  logEvidence(world.tx, world.content, await world.person(handle), {
    ...{ what: 'practice_session', occurredOn: world.day(from), place, note, supervisor: beside, minutes },
  })
