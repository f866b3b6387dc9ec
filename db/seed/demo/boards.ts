import { eq } from 'drizzle-orm'
import { checkIn } from '../../../src/boards/check-in.ts'
import { pin } from '../../../src/boards/pin.ts'
import { startTopic } from '../../../src/boards/start-topic.ts'
import { voteIn } from '../../../src/boards/vote.ts'
import { closeDiscussion } from '../../../src/discussions/moderation/closing.ts'
import { postReply } from '../../../src/discussions/posting.ts'
import { found } from '../../../src/errors.ts'
import { cohort } from '../../schema/courses.ts'
import type { Life } from './lives.ts'
import { readTopics, type TopicToTell } from './words.ts'
import type { World } from './world.ts'

const hour = 60 * 60_000

/** What people talk about on the boards, each topic a life of its own. Nothing in it is left to chance. */
export const converse = (world: World): Life[] => readTopics().map(topic => tell(world, topic))

type Deed = { after: number; do: (topic: { id: number; postId: number }) => Promise<unknown> }

/** Starts the topic, and lets everything that belongs to it happen in its order. */
async function* tell(world: World, topic: TopicToTell): Life {
  const begun = world.present.getTime() - topic.ago * 24 * hour
  yield new Date(begun)
  const started = await startTopic(world.tx, world.content, await world.person(topic.by), {
    ...{ board: await boardOf(world, topic.board), form: topic.form, title: topic.title },
    ...{ markdown: topic.words.trim(), contentNote: '' },
    options: Object.fromEntries(topic.options.map((words, index) => [String(index + 1), words])),
  })
  for (const deed of deedsOf(world, topic).toSorted((a, b) => a.after - b.after)) {
    yield new Date(begun + deed.after * hour)
    await deed.do(started)
  }
}

function deedsOf(world: World, topic: TopicToTell): Deed[] {
  const { tx, content } = world
  const { pinned, closed, replies, answers } = topic
  const last = Math.max(1, ...replies.map(({ after }) => after))
  return [
    ...replies.map(({ by, after, words }) => ({
      after,
      do: async ({ postId }: { postId: number }) =>
        postReply(tx, content, await world.person(by), { post: postId, markdown: words.trim() }),
    })),
    ...answers.map(([by, option, line], index) => ({
      after: 0.7 + index * 1.1,
      do: async ({ id: discussion }: { id: number }) => {
        const person = await world.person(by)
        return topic.form === 'check-in'
          ? checkIn(tx, content, person, { discussion, option, line: line ?? '' })
          : voteIn(tx, person, { discussion, option })
      },
    })),
    ...(pinned
      ? [{ after: 0.2, do: async ({ id }: { id: number }) => pin(tx, await world.person(pinned), id) }]
      : []),
    ...(closed
      ? [
          {
            after: last + 0.1,
            do: async ({ id }: { id: number }) => closeDiscussion(tx, await world.person(closed), id),
          },
        ]
      : []),
  ]
}

async function boardOf(world: World, name: string): Promise<string> {
  if (name === 'community') return name
  const [row] = await world.tx.select({ id: cohort.id }).from(cohort).where(eq(cohort.name, name))
  return String(found(row).id)
}
