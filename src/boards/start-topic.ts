import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { discussion, pollOption } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { arrive } from '../discussions/arrival.ts'
import { noteFrom } from '../discussions/composer/content-notes.ts'
import { tellMentioned, write } from '../discussions/mentions.ts'
import { canTakePart } from '../discussions/policy.ts'
import { insertPost } from '../discussions/posting.ts'
import { limitOf } from '../discussions/text.ts'
import { ensure, found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { boardFor } from './board.ts'
import { canAsk } from './policy.ts'
import { longest, optionRule, titleRule } from './title.ts'

/** How many answers a poll may offer. */
export const optionsOf = { least: 2, most: 8 } as const

export const topicForms = ['talk', 'poll', 'check-in'] as const

export const topicInput = z.object({
  board: z.string().max(20),
  form: z.enum(topicForms).default('talk'),
  title: titleRule,
  markdown: z.string().trim().max(limitOf('opening')).default(''),
  contentNote: z.string().max(80).default(''),
  /** The answers of a poll, by their place in the form from 1 on; empty ones are left out. */
  options: z.record(z.string().max(2), z.string().max(1000)).default({}),
})

export type TopicInput = z.output<typeof topicInput>

/**
 * Starts a topic on a board: a talk, or for those who may ask everybody a poll or a check-in.
 * @throws NotFound, Forbidden, Invalid
 */
export async function startTopic(
  tx: Tx,
  content: Content,
  person: Person,
  { board, form, title, markdown, contentNote, options }: TopicInput,
): Promise<{ id: number; postId: number }> {
  const { place } = await boardFor(tx, person, board)
  ensure(
    canTakePart(person, place),
    'Only people who take the course with this cohort now, and its mentors, start topics here.',
  )
  ensure(form === 'talk' || canAsk(person, place), 'Only mentors start polls and check-ins.')
  ensureWords(form, markdown)
  const answers = {
    talk: () => [],
    poll: () => answersIn(options),
    'check-in': () => content.discussions.feelings,
  }[form]()

  const { cohortId } = place
  const written = await write(tx, cohortId, markdown)
  const [topic] = await tx
    .insert(discussion)
    .values({ cohortId, title, form })
    .returning({ id: discussion.id })
  const { id } = found(topic)
  if (answers.length > 0)
    await tx
      .insert(pollOption)
      .values(answers.map((words, position) => ({ discussionId: id, position, words })))
  const postId = found(
    await insertPost(tx, person, written, {
      ...{ discussionId: id, kind: 'opening', parentId: null, audience: 'cohort' },
      contentNote: noteFrom(content, null, contentNote),
    }),
  )
  await tellMentioned(tx, person, { postId, place, title, mentioned: written.mentioned })
  await audit(tx, person, 'topic.started', { discussion: id, cohort: cohortId, form })
  await arrive(tx, { discussion: id, post: postId, author: person.id, onlyFor: null }, 'opening')
  return { id, postId }
}

/** A question of a poll says enough by itself; a talk begins with something to talk about. @throws Invalid */
export function ensureWords(form: TopicInput['form'] | null, markdown: string): void {
  if (form === 'talk' && markdown === '') throw new Invalid({ markdown: 'Please fill this in.' })
}

/** The answers that a form offers, in its order. @throws Invalid when there are too few, or two alike */
function answersIn(options: TopicInput['options']): string[] {
  const answers: string[] = []
  const wrong: Record<string, string> = {}
  for (let place = 1; place <= optionsOf.most; place++) {
    const written = options[place] ?? ''
    if (written.trim() === '') continue
    const { data: answer, error } = optionRule.safeParse(written)
    const alike = answer && answers.some(other => other.toLowerCase() === answer.toLowerCase())
    if (error)
      wrong[`options.${place}`] =
        written.length > longest.option
          ? `Please keep this to ${longest.option} characters.`
          : 'Please write some words.'
    else if (alike) wrong[`options.${place}`] = 'This answer is there already.'
    else answers.push(answer)
  }
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
  if (answers.length < optionsOf.least)
    throw new Invalid({ [`options.${answers.length + 1}`]: 'A poll needs two answers to choose from.' })
  return answers
}
