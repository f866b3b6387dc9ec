import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { type Discussion, discussionFor } from '../discussions/discussion.ts'
import { canTakePart } from '../discussions/policy.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { countAnswer } from './count-answer.ts'

const discussion = z.coerce.number().int().positive()

/** A position as a form sends it; an empty one is nobody's. */
export const positionRule = z
  .string('Please choose one of these.')
  .regex(/^\d$/, 'Please choose one of these.')
  .transform(Number)

export const voteInput = z.object({ discussion, option: positionRule })

/**
 * Votes in a poll, or changes one's vote. What was chosen is kept with the vote alone, and told to nobody; the audit
 * log says only that one has voted.
 * @throws NotFound, Forbidden, Conflict, Invalid
 */
export async function voteIn(
  tx: Tx,
  person: Person,
  { discussion: id, option }: z.output<typeof voteInput>,
): Promise<void> {
  await askedOf(tx, person, id, 'poll')
  if (await countAnswer(tx, person, { discussion: id, position: option, postId: null }))
    await audit(tx, person, 'poll.voted', { discussion: id })
}

/** The poll or check-in that this person is asked. @throws NotFound, Forbidden */
export async function askedOf(
  tx: Tx,
  person: Person,
  id: number,
  form: 'poll' | 'check-in',
): Promise<Discussion> {
  const asked = await discussionFor(tx, person, id)
  found(asked.form === form ? asked : null)
  ensure(
    canTakePart(person, asked.place),
    'Only people who take the course with this cohort now, and its mentors, answer here.',
  )
  return asked
}
