import { html, type Safe } from '../../layout/html.ts'
import type { ListedPost } from '../list.ts'
import { openedHref, type View } from '../links.ts'
import type { OpenForm, Reader } from './posts-html.ts'
import { reactionsOf } from './reactions-html.ts'

/** What this reader can do about a post; `open` is the form that stands below it already. */
export function toolsOf(post: ListedPost, reader: Reader, open: OpenForm['kind'] | null): Safe | false {
  const { id, author, removed } = post
  const state = reader.states?.get(id)?.state
  const tools = [
    !removed && reactionsOf(post, reader),
    !removed && reader.canReply && replyLinks(post, reader, open === 'reply'),
    !removed && author.id === reader.personId && ownLinks(id, reader),
    !removed && author.id !== reader.personId && reportLink(post),
    reader.moderates && removed !== 'deleted' && careLink(post),
    state &&
      html`<a href="/desk/posts/${id}"
        >${states[state]}<span class="unseen">: @${author.handle} on the desk</span></a
      >`,
  ]
  return tools.some(Boolean) && html`<div class="tools">${tools}</div>`
}

const states = { submitted: 'Waiting for a mentor', returned: 'Returned', passed: 'Passed' }

/**
 * A reply stands under all that came before it, so what answers another reply begins with its words; what answers the
 * head of the thread does so if one asks for it. `data-quote` lets a script put in the part that is selected instead, also into a reply that is being written.
 */
function replyLinks(
  { id, kind, author, html: words }: ListedPost,
  reader: Reader,
  replying: boolean,
): Safe | false {
  const to = html`<span class="unseen"> to @${author.handle}</span>`
  const quoting = opens({ reply: id, quote: id }, `reply-${id}`, reader)
  // A poll may ask its question without another word.
  const quote =
    words !== '' &&
    html`<a ${quoting} data-quote="${id}">Quote<span class="unseen"> @${author.handle}</span></a>`
  if (replying) return quote
  if (kind === 'reply') return html`<a ${quoting} data-quote="${id}">Reply${to}</a>`
  return html`<a ${opens({ reply: id }, `reply-${id}`, reader)}>Reply${to}</a>${quote}`
}

const ownLinks = (id: number, reader: Reader) =>
  html`<a ${opens({ edit: id }, `edit-${id}`, reader)}>Edit<span class="unseen"> your post</span></a
    ><a href="/posts/${id}/delete">Delete<span class="unseen"> your post</span></a>`

/** Quiet, and there for everybody. */
const reportLink = ({ id, author }: ListedPost) =>
  html`<a href="/posts/${id}/report">Report<span class="unseen"> @${author.handle}’s post</span></a>`

const careLink = ({ id, author }: ListedPost) =>
  html`<a href="/posts/${id}/moderate">Hide or move<span class="unseen"> @${author.handle}’s post</span></a>`

/** A link that opens a form on a new drawing of the page or, with a script (`layout/open.ts`), in the post itself. */
const opens = (form: Partial<View>, at: string, { view }: Reader) =>
  html`data-opens href="${openedHref(view, form, at)}"`
