import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { type Discussion, discussionFor } from '../discussions/discussion.ts'
import type { View } from '../discussions/links.ts'
import { openingThread, type ThreadPage, threadPage } from '../discussions/list.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { type Poll, pollOf } from './poll.ts'
import { isTold } from './topics.ts'

/** A topic as its page shows it: what it is, a page of its thread, and what it asks of everybody. */
export type Topic = {
  discussion: Discussion
  /** Null where its opening was removed from this viewer's sight. */
  title: string | null
  thread: ThreadPage
  poll: Poll | null
}

/** A topic that the viewer may see. @throws NotFound */
export async function topicFor(
  db: Queryable,
  content: Content,
  viewer: Person,
  { id, view }: { id: number; view: View },
): Promise<Topic> {
  const discussion = await discussionFor(db, viewer, id)
  const { title, form, place } = discussion
  found(title)
  const { after, before, quote } = view
  const [thread, poll] = await Promise.all([
    threadPage(db, content, viewer, { discussion, after, before, quote, thread: openingThread }),
    form === 'talk' ? null : pollOf(db, viewer, discussion),
  ])
  const page = found(thread)
  const told = isTold(page.post.removed, viewer, place)
  return { discussion, title: told ? title : null, thread: page, poll: told ? poll : null }
}
