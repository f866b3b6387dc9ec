import { sql } from 'drizzle-orm'
import { deletePost } from '../../../src/discussions/deletion.ts'
import { editPost } from '../../../src/discussions/editing.ts'
import { postReply } from '../../../src/discussions/posting.ts'
import { quoteOf } from '../../../src/discussions/composer/quote.ts'
import { react } from '../../../src/discussions/reactions.ts'
import { found } from '../../../src/errors.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

interface Post extends Record<string, unknown> {
  id: number
  parent: number | null
  handle: string
  markdown: string
  passed: boolean
  replies: number
}

/**
 * How a cohort talks about one module beyond answering its question: most leave a reaction here and there, one answers
 * a reply with its words, one folds what is hard to read, one thinks better of a post. It has a chance of its own, so
 * that everybody else's lives go as they went without it.
 */
export async function* talkOn(
  world: World,
  { handles, cohortId, module }: { handles: readonly string[]; cohortId: number; module: string },
): Life {
  const luck = chance(3)
  for (const daysAgo of [9, 6, 3]) {
    yield new Date(`${world.day(daysAgo)}T20:15:00Z`)
    for (const post of await postsIn(world, cohortId, module))
      for (const handle of luck.some(handles, luck.between(0, 2)))
        if (handle !== post.handle) await giveReaction(world, handle, post, luck.one(reactions(world)))
  }
  const posts = await postsIn(world, cohortId, module)
  const [answered] = posts.filter(({ parent, handle }) => parent !== null && !named.includes(handle))
  const others = handles.filter(handle => ![...named, answered?.handle].includes(handle))
  yield new Date(`${world.day(2)}T18:05:00Z`)
  if (answered) yield* answer(world, found(others[0]), answered)
  const unsettled = posts.find(
    ({ passed, replies, handle }) => passed && replies > 0 && others.includes(handle),
  )
  if (unsettled)
    await deletePost(world.tx, world.content, await world.person(unsettled.handle), { post: unsettled.id })
  const heavy = posts.filter(({ parent, id }) => parent === null && id !== unsettled?.id).at(-1)
  if (heavy) await foldReply(world, found(others.find(handle => handle !== heavy.handle)), heavy)
}

/** Their pages are looked at in tests, just as they are. */
const named = ['demo-trainee', 'demo-new', 'demo-mentor']

const reactions = ({ content }: World) => content.discussions.reactions.map(({ id }) => id)

const postsIn = (world: World, cohortId: number, module: string) =>
  world.tx.execute<Post>(sql`
    select p.id::int, p.parent_id::int as parent, a.handle, p.markdown, p.replies,
      exists (select from submission s where s.post_id = p.id and s.state = 'passed') as passed
    from post p join discussion d on d.id = p.discussion_id join person a on a.id = p.author_id
    where d.cohort_id = ${cohortId} and d.module = ${module} and p.removed is null order by p.id`)

async function giveReaction(world: World, handle: string, { id }: Post, reaction: string): Promise<void> {
  const person = await world.person(handle)
  await react(world.tx, world.content, person, { post: id, reaction, on: true })
}

/** Answers a reply with its words, and tells it better an hour later. */
async function* answer(world: World, handle: string, { id, handle: author, markdown }: Post): Life {
  const { tx, content } = world
  const person = await world.person(handle)
  const quote = quoteOf({ id, author: { handle: author }, markdown, contentNote: null })
  const first = 'I have tried this since. It took me three evenings until it felt like mine.'
  const better =
    'I have tried this since. It took me four evenings, and a kind word from Tobias, until it felt like mine.'
  const reply = await postReply(tx, content, person, { post: id, markdown: quote + first })
  yield new Date(`${world.day(2)}T19:10:00Z`)
  await editPost(tx, content, person, { post: reply.id, revision: 1, markdown: quote + better })
}

async function foldReply(world: World, handle: string, { id }: Post): Promise<void> {
  await postReply(world.tx, world.content, await world.person(handle), {
    post: id,
    markdown:
      'It was a room like yours that sat with me in the week after my father died. Nobody hurried me.',
    contentNote: 'Death or loss',
  })
}
