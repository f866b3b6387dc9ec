import { html, type Safe, safe } from '../layout/html.ts'
import { momentInWords, sinceInWords } from '../layout/time.ts'
import type { ListedPost } from './list.ts'
import { discussionHref, type View } from './links.ts'

/** What the posts of a page have in common: who reads them, where they stand, what may be done. */
export type Reader = {
  personId: number
  timeZone: string
  now: Date
  /** The page on which the discussion stands. */
  page: string
  view: View
  canReply: boolean
  /** For the cohort's mentors: how each reflection stands, by post. */
  states: ReadonlyMap<number, { state: 'submitted' | 'returned' | 'passed' }> | null
}

/** A form that the reader has opened: to change a post of theirs, or to reply to a reflection. */
export type OpenForm = { kind: 'edit' | 'reply'; post: ListedPost; reflection: ListedPost }

/** The form that the address asks for, if it is one for this reader; there is one at most. */
export function formIn(posts: readonly ListedPost[], { view, personId, canReply }: Reader): OpenForm | null {
  for (const reflection of posts) {
    const post = [reflection, ...reflection.replies].find(({ id }) => id === view.edit)
    if (post?.author.id === personId) return { kind: 'edit', post, reflection }
    if (canReply && reflection.id === view.reply) return { kind: 'reply', post: reflection, reflection }
  }
  return null
}

/** Where the form goes. */
export const formMark = '<!-- form -->'

/**
 * Reflections with their replies, as HTML. One function and not a component for each post: with components a page of
 * 100 posts ran at 42 to 45% of a bare server that sends the same bytes, with a function at 49%.
 */
export function postsHtml(posts: readonly ListedPost[], reader: Reader): string {
  const form = formIn(posts, reader)
  return posts.map(post => reflectionHtml(post, reader, form).text).join('')
}

function reflectionHtml(post: ListedPost, reader: Reader, form: OpenForm | null): Safe {
  const hidden = post.replyCount - post.replies.length
  return html`<article class="post" id="post-${post.id}">
    ${bodyOf(post, reader, form, 'h3')} ${form?.kind === 'reply' && form.post === post && safe(formMark)}
    ${
      post.replies.length > 0 &&
      html`<div class="replies">
        ${post.replies.map(
          reply =>
            html`<article class="post reply" id="post-${reply.id}">
              ${bodyOf(reply, reader, form, 'h4')}
            </article>`,
        )}
      </div>`
    }
    ${
      hidden > 0 &&
      reader.view.thread === null &&
      html`<p class="more"><a href="${threadHref(post, reader)}">Show all ${post.replyCount} replies</a></p>`
    }
  </article>`
}

type Heading = 'h3' | 'h4'

function bodyOf(post: ListedPost, reader: Reader, form: OpenForm | null, heading: Heading): Safe {
  const editing = form?.kind === 'edit' && form.post === post
  return html`${headerOf(post, reader, heading)}
  ${
    editing
      ? safe(formMark)
      : html`<div class="prose" dir="auto">${safe(post.html)}</div>
          ${toolsOf(post, reader, form, heading)}`
  }`
}

function headerOf({ id, author, createdAt, editedAt }: ListedPost, reader: Reader, heading: Heading): Safe {
  const name = html`<a class="person" href="/people/${author.handle}"
    ><bdi class="name">${author.displayName}</bdi> <bdi class="handle">@${author.handle}</bdi></a
  >`
  return html`<header>
    ${heading === 'h3' ? html`<h3>${name}</h3>` : html`<h4>${name}</h4>`}
    ${author.mentor && html`<span class="role">Mentor</span>`}
    <a class="when" href="/posts/${id}">${time(createdAt, reader)}</a>
    ${editedAt && html`<a class="when" href="/posts/${id}/history">edited</a>`}
  </header>`
}

function toolsOf(
  { id, author }: ListedPost,
  reader: Reader,
  form: OpenForm | null,
  heading: Heading,
): Safe | false {
  const canReply = heading === 'h3' && reader.canReply && form?.post.id !== id
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
function opens(id: number, form: Partial<View>, at: string, { page, view }: Reader): Safe {
  const href = discussionHref(page, { ...view, ...form }, at)
  const post = `#post-${id}`
  return html`href="${href}" hx-get="${href}" hx-target="${post}" hx-select="${post}" hx-swap="outerHTML"`
}

const threadHref = ({ id }: ListedPost, { page, view }: Reader) =>
  discussionHref(page, { cohort: view.cohort, thread: id }, `post-${id}`)

const time = (at: Date, { timeZone, now }: Reader) =>
  html`<time datetime="${at.toISOString()}" title="${momentInWords(at, timeZone)}"
    >${sinceInWords(at, now, timeZone)}</time
  >`
