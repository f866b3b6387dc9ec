import { html, type Safe, safe } from '../../layout/html.ts'
import type { ListedPost } from '../list.ts'
import type { Reader } from './posts-html.ts'

/** What a post says, as far as this reader is shown it: at once, once they open it, or only that it is gone. */
export function wordsOf(post: ListedPost, head: ListedPost, reader: Reader): Safe {
  if (post.removed)
    return html`<p class="marker">${markers[post.removed]}</p>
      ${hiddenWords(post, reader)}`
  return html`${forWhom(post, head, reader)}${post.contentNote ? noted(post, post.contentNote, reader) : prose(post)}`
}

const prose = ({ html: words }: ListedPost) => html`<div class="prose" dir="auto">${safe(words)}</div>`

const markers = { deleted: 'Deleted by its author.', hidden: 'Hidden by a mentor.' }

/** The reader was only handed the words of what is hidden if they look after the place. */
const hiddenWords = (post: ListedPost, { moderates }: Reader) =>
  moderates &&
  post.html !== '' &&
  html`<details class="noted">
    <summary>What it said, for those who look after this place</summary>
    ${prose(post)}
  </details>`

/** What stands under a private head is as private, and is not told of one by one; under one that was shared since, it is. */
const forWhom = (post: ListedPost, head: ListedPost, { personId }: Reader) =>
  post.audience === 'mentors' &&
  (post === head || head.audience === 'cohort') &&
  html`<p class="for-whom">
    ${
      head.author.id === personId
        ? 'Only you and your mentors see this.'
        : `Only ${post === head ? 'its author' : `@${head.author.handle}`} and the mentors see this.`
    }
  </p>`

/** Folded until somebody opens it; its author knows what it says. */
const noted = (post: ListedPost, note: string, { personId }: Reader) =>
  html`<details class="noted" ${post.author.id === personId && safe(' open')}>
    <summary>Content note: <bdi>${note}</bdi></summary>
    ${prose(post)}
  </details>`
