import { content } from '../../src/authoring/content.ts'
import { startTopic, type TopicInput } from '../../src/boards/start-topic.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** A topic in the cohort of the trainee and the mentor: each time a new one, so that nothing has happened to it. */
async function aTopic({ db, people, cohort }: World, values: Partial<TopicInput> = {}) {
  const { form = 'talk' } = values
  const by = form === 'talk' ? people.trainee : people.mentor
  const { id, postId } = await db.transaction(tx =>
    startTopic(tx, content(), by, {
      ...{ board: String(cohort.id), form, title: 'A topic', markdown: 'Words.', contentNote: '' },
      options: { 1: 'Yes', 2: 'No' },
      ...values,
    }),
  )
  return { discussion: String(id), post: String(postId) }
}

const topic = async (world: World) => ({ discussion: (await aTopic(world)).discussion })
const ownBoard = ({ cohort }: World) => `/boards/${cohort.id}`

/** Of the cohort: its people and its mentor; admins read everywhere. */
const readers = signedIn(200, { otherTrainee: 404, otherMentor: 404 })
const writers = { otherTrainee: 404, otherMentor: 404 } as const
const moderators = signedIn('done', { otherTrainee: 404, otherMentor: 404, trainee: 403 })

export const routeRows: Record<string, RouteRow> = {
  '/boards': { path: '/boards', answers: signedIn(200) },
  '/boards/[board]': { path: ownBoard, answers: readers },
  '/boards/[board]/new': {
    path: world => `${ownBoard(world)}/new?form=poll`,
    answers: signedIn(200, { ...writers, admin: 403 }),
  },
  '/topics/[topic]': {
    path: async world => `/topics/${(await aTopic(world)).discussion}`,
    answers: readers,
  },
}

const started = { title: 'A topic', markdown: 'Words.' }
const options = { 'options.1': 'Yes', 'options.2': 'No' }

export const actionRows: Record<string, ActionRow> = {
  'boards.start': {
    page: '/boards/community/new',
    fields: ({ cohort }) => ({ ...started, board: String(cohort.id) }),
    answers: signedIn('done', { ...writers, admin: 403 }),
  },
  'boards.edit': {
    page: ownBoard,
    fields: async world => ({ ...started, post: (await aTopic(world)).post, revision: '1' }),
    answers: signedIn(403, { ...writers, trainee: 'done' }),
  },
  'boards.vote': {
    page: ownBoard,
    fields: async world => ({ discussion: (await aTopic(world, { form: 'poll' })).discussion, option: '0' }),
    answers: signedIn('done', { ...writers, admin: 403 }),
  },
  'boards.checkIn': {
    page: ownBoard,
    fields: async world => ({
      ...{ discussion: (await aTopic(world, { form: 'check-in' })).discussion, option: '0', line: 'Hm.' },
    }),
    answers: signedIn('done', { ...writers, admin: 403 }),
  },
  'boards.pin': { page: ownBoard, fields: topic, answers: moderators },
  'boards.unpin': { page: ownBoard, fields: topic, answers: moderators },
  'discussions.close': { page: ownBoard, fields: topic, answers: moderators },
  'discussions.reopen': { page: ownBoard, fields: topic, answers: moderators },
}

/** The same action again with other fields, where more is asked for than to take part. */
export const moreActionRows: [string, ActionRow][] = [
  [
    'boards.start',
    {
      page: '/boards/community/new',
      fields: () => ({ ...started, ...options, board: 'community', form: 'poll' }),
      answers: signedIn(403, { mentor: 'done', otherMentor: 'done', admin: 'done' }),
    },
  ],
  [
    'boards.start',
    {
      page: '/boards/community/new',
      fields: ({ cohort }) => ({ ...started, board: String(cohort.id), form: 'check-in' }),
      answers: signedIn(403, { ...writers, mentor: 'done' }),
    },
  ],
  [
    'boards.start',
    {
      page: '/boards/community/new',
      fields: () => ({ ...started, board: 'community' }),
      answers: signedIn('done'),
    },
  ],
  [
    'boards.pin',
    {
      page: '/boards/community',
      fields: async world => ({ discussion: (await aTopic(world, { board: 'community' })).discussion }),
      answers: signedIn(403, { mentor: 'done', otherMentor: 'done', admin: 'done' }),
    },
  ],
]
