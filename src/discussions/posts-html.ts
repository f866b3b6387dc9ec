import { html, type Safe, safe } from '../layout/html.ts'
import { momentInWords, sinceInWords } from '../layout/time.ts'
import type { ListedPost } from './list.ts'
import { discussionHref, type View } from './links.ts'

/** What the posts of a page have in common: who reads them, where they stand, what may be done. */
export type Reader = {
  personId: number
  timeZone: string
  now: Date
  moduleId: string
  view: View
  canReply: boolean
  /** For the cohort's mentors: how each reflection stands, by post. */
  states: ReadonlyMap<number, { state: 'submitted' | 'returned' | 'passed' }> | null
}

/** Where the form goes that the reader has opened; there is one at most. */
export const formMark = '<!-- form -->'

/**
 * Reflections with their replies, as HTML. One function and not a component for each post: measured on a page of
 * 100 posts, components cost twice as much as all the rest of it.
 */
export const postsHtml = (posts: readonly ListedPost[], reader: Reader): string =>
  posts.map(post => reflectionHtml(post, reader).text).join('')

function reflectionHtml(post: ListedPost, reader: Reader): Safe {
  const { view } = reader
  const hidden = post.replyCount - post.replies.length
  return html`<article class="post" id="post-${post.id}">
    ${bodyOf(post, reader, 'h3')} ${view.reply === post.id && safe(formMark)}
    ${
      post.replies.length > 0 &&
      html`<div class="replies">
        ${post.replies.map(
          reply =>
            html`<article class="post reply" id="post-${reply.id}">${bodyOf(reply, reader, 'h4')}</article>`,
        )}
      </div>`
    }
    ${hidden > 0 && view.thread === null && html`<p class="more"><a href="${threadHref(post, reader)}">Show all ${post.replyCount} replies</a></p>`}
  </article>`
}

function bodyOf(post: ListedPost, reader: Reader, heading: 'h3' | 'h4'): Safe {
  const { author, id } = post
  return html`<header><${safe(heading)}><a class="person" href="/people/${author.handle}"><bdi class="name">${author.displayName}</bdi> <bdi class="handle">@${author.handle}</bdi></a></${safe(heading)}>${
    author.mentor && html` <span class="role">Mentor</span>`
  } <a class="when" href="/posts/${id}">${time(post.createdAt, reader)}</a>${
    post.editedAt && html` <a class="when" href="/posts/${id}/history">edited</a>`
  }</header>
${
  reader.view.edit === id
    ? safe(formMark)
    : html`<div class="prose" dir="auto">${safe(post.html)}</div>
        ${toolsOf(post, reader, heading)}`
}`
}

function toolsOf({ id, author }: ListedPost, reader: Reader, heading: 'h3' | 'h4'): Safe | false {
  const canReply = heading === 'h3' && reader.canReply && reader.view.reply !== id
  const canEdit = author.id === reader.personId
  const state = reader.states?.get(id)?.state
  if (!canReply && !canEdit && !state) return false
  const links = [
    canReply &&
      html`<a ${opens(id, { reply: id, edit: null }, `reply-${id}`, reader)}
        >Reply<span class="unseen"> to @${author.handle}</span></a
      >`,
    canEdit &&
      html`<a ${opens(id, { edit: id, reply: null }, `edit-${id}`, reader)}
        >Edit<span class="unseen"> your post</span></a
      >`,
    state &&
      html`<a href="/desk/${id}"
        >${states[state]}<span class="unseen">: @${author.handle} on the desk</span></a
      >`,
  ]
  return html`<p class="tools">${links}</p>`
}

const states = { submitted: 'Waiting for a mentor', returned: 'Returned', passed: 'Passed' }

/** A link that opens a form: on a new drawing of the page or, with htmx, in the post itself. */
function opens(id: number, form: Partial<View>, at: string, { moduleId, view }: Reader): Safe {
  const href = discussionHref(moduleId, { ...view, ...form }, at)
  const post = `#post-${id}`
  return html`href="${href}" hx-get="${href}" hx-target="${post}" hx-select="${post}" hx-swap="outerHTML"`
}

const threadHref = ({ id }: ListedPost, { moduleId, view }: Reader) =>
  discussionHref(moduleId, { cohort: view.cohort, thread: id }, `post-${id}`)

const time = (at: Date, { timeZone, now }: Reader) =>
  html`<time datetime="${at.toISOString()}" title="${momentInWords(at, timeZone)}"
    >${sinceInWords(at, now, timeZone)}</time
  >`
