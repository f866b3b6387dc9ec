import { html, type Safe, safe } from '../../layout/html.ts'
import type { Reaction } from '../choices.ts'
import { headerOf, type Heading } from './header-html.ts'
import type { ListedPost } from '../list.ts'
import { discussionHref, type View } from '../links.ts'
import { toolsOf } from './tools-html.ts'
import { wordsOf } from './words-html.ts'

/** What the posts of a page have in common: who reads them, where they stand, what may be done. */
export type Reader = {
  personId: number
  timeZone: string
  now: Date
  /** The page on which the discussion stands. */
  page: string
  view: View
  /** The cohort whose discussion it is; null for the whole community. */
  cohortId?: number | null
  canReply: boolean
  canReact: boolean
  /** Looks after the place, and so reads what was hidden there. */
  moderates: boolean
  /** What one can answer a post with, without words. */
  choices: readonly Reaction[]
  /** Which posts are new to the reader; null where nothing is told of that. */
  news: News | null
  /** For the cohort's mentors: how each reflection stands, by post. */
  states: ReadonlyMap<number, { state: 'submitted' | 'returned' | 'passed' }> | null
  /** A post of their own beside which helplines stand. */
  inCrisis?: number | undefined
}

/** What is new to the reader in a discussion. */
export type News = { discussion: number; isNew: (post: ListedPost) => boolean }

/** A form that the reader has opened: to change a post of theirs, or to answer a post of the thread that `head` begins. */
export type OpenForm = { kind: 'edit' | 'reply'; post: ListedPost; head: ListedPost }

/** The form that the address asks for, if it is one for this reader; there is one at most. */
export function formIn(posts: readonly ListedPost[], { view, personId, canReply }: Reader): OpenForm | null {
  for (const head of posts) {
    const there = [head, ...head.replies].filter(({ removed }) => !removed)
    const own = there.find(({ id }) => id === view.edit)
    if (own?.author.id === personId) return { kind: 'edit', post: own, head }
    const post = there.find(({ id }) => id === view.reply)
    if (canReply && post) return { kind: 'reply', post, head }
  }
  return null
}

/** Where the form goes. */
export const formMark = '<!-- form -->'
/** Where the helplines go. */
export const crisisMark = '<!-- helplines -->'
const marks = new RegExp(`(${formMark}|${crisisMark})`)

/**
 * Threads with their replies, as HTML: in pieces, with the marks where something else goes between them. One function
 * and not a component for each post: with components a page of 100 posts ran at 42 to 45% of a bare server that sends
 * the same bytes, with a function at 49%. What stands on every post is kept short: a page of a discussion has a hundred
 * of them.
 */
export function postsHtml(posts: readonly ListedPost[], reader: Reader): string[] {
  const form = formIn(posts, reader)
  return posts.flatMap(head => threadHtml(head, reader, form).text.split(marks))
}

function threadHtml(head: ListedPost, reader: Reader, form: OpenForm | null): Safe {
  const hidden = head.replyCount - head.replies.length
  return html`<article class="post" id="post-${head.id}">
    ${bodyOf(head, head, reader, form, 'h3')}${
      head.replies.length > 0 &&
      html`<div class="replies">
        ${head.replies.map(
          reply =>
            html`<article class="post reply" id="post-${reply.id}">
              ${bodyOf(reply, head, reader, form, 'h4')}
            </article> `,
        )}
      </div>`
    }${
      hidden > 0 &&
      reader.view.thread === null &&
      html`<p class="more"><a href="${threadHref(head, reader)}">Show all ${head.replyCount} replies</a></p>`
    }
  </article> `
}

function bodyOf(
  post: ListedPost,
  head: ListedPost,
  reader: Reader,
  form: OpenForm | null,
  heading: Heading,
): Safe {
  const open = form?.post === post ? form.kind : null
  return html`${headerOf(post, head, reader, heading)}${
    open === 'edit'
      ? safe(formMark)
      : html`${wordsOf(post, head, reader)}${reader.inCrisis === post.id && safe(crisisMark)}${toolsOf(post, reader, open)}${open === 'reply' && safe(formMark)}`
  }`
}

const threadHref = ({ id }: ListedPost, { page, view }: Reader) =>
  discussionHref(page, { cohort: view.cohort, thread: id }, `post-${id}`)
