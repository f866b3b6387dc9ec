import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { checkIn } from '../../src/boards/check-in.ts'
import { startTopic, topicInput } from '../../src/boards/start-topic.ts'
import { topicFor } from '../../src/boards/topic.ts'
import { voteIn } from '../../src/boards/vote.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { postReply } from '../../src/discussions/posting.ts'
import type { Person } from '../../src/people/person.ts'

type Start = Partial<Record<'board' | 'form' | 'title' | 'markdown', string>> & {
  options?: readonly string[]
}

/** Starts a topic as its form would, on the community's board unless told otherwise. */
export const start = (db: Db, person: Person, { options = [], ...values }: Start = {}) => {
  const input = topicInput.parse({
    ...{ board: 'community', title: 'An ideal room', markdown: values.form ? '' : 'What is yours like?' },
    ...values,
    options: Object.fromEntries(options.map((words, index) => [String(index + 1), words])),
  })
  return db.transaction(tx => startTopic(tx, content(), person, input))
}

export const reply = (db: Db, person: Person, post: number, markdown = 'Thank you for asking.') =>
  db.transaction(tx => postReply(tx, content(), person, { post, markdown }))

export const vote = (db: Db, person: Person, discussion: number, option: number) =>
  db.transaction(tx => voteIn(tx, person, { discussion, option }))

export const answer = (db: Db, person: Person, discussion: number, option: number, line = '') =>
  db.transaction(tx => checkIn(tx, content(), person, { discussion, option, line }))

/** A topic as a person sees it. */
export const seen = (db: Db, viewer: Person, id: number, query = '') =>
  topicFor(db, content(), viewer, { id, view: viewOf(new URLSearchParams(query)) })
