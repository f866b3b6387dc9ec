import { html, type Safe } from '../../layout/html.ts'
import { momentInWords, sinceInWords } from '../../layout/time.ts'
import { hasLeft, nameOfWhoLeft } from '../../people/who-left.ts'
import type { ListedPost } from '../list.ts'
import type { Reader } from './posts-html.ts'

/** A thread's head stands under an `h3`, each reply under an `h4`. */
export type Heading = 'h3' | 'h4'

/** Who wrote a post and when, with a link that leads to it from anywhere. */
export function headerOf(post: ListedPost, head: ListedPost, reader: Reader, heading: Heading): Safe {
  const { id, author, createdAt, editedAt, removed } = post
  const name = hasLeft(author)
    ? html`<span class="person"><b class="name">${nameOfWhoLeft}</b></span>`
    : html`<a class="person" href="/people/${author.handle}"
        ><bdi class="name">${author.displayName}</bdi> <bdi class="handle">@${author.handle}</bdi></a
      >`
  return html`<header>
    ${heading === 'h3' ? html`<h3>${name}</h3>` : html`<h4>${name}</h4>`}${rolesOf(post, head, reader).map(
      role => html` <span class="tag">${role}</span>`,
    )}
    <a class="when" href="/posts/${id}">${time(createdAt, reader)}</a
    >${editedAt && !removed && html` <a class="when" href="/posts/${id}/history">edited</a>`}${reader.news?.isNew(post) && newMark(id, reader.news.discussion)}
  </header> `
}

/** Says that a post is new, and leads to the next that is. */
const newMark = (id: number, discussion: number) =>
  html` <a class="tag new" data-post="${id}" href="/discussions/${discussion}/unread?after=${id}"
    >New<span class="unseen">, go to the next new post</span></a
  >`

/** What its author is in this thread, in words: one knows a mentor and oneself without colour or place. */
function rolesOf({ kind, author }: ListedPost, head: ListedPost, { personId }: Reader): string[] {
  const roles = author.mentor ? ['Mentor'] : []
  if (author.id === personId) return [...roles, 'You']
  if (kind !== 'reply' || author.id !== head.author.id) return roles
  return [...roles, head.kind === 'opening' ? 'Started this topic' : 'Wrote the reflection']
}

const time = (at: Date, { timeZone, now }: Reader) =>
  html`<time datetime="${at.toISOString()}" title="${momentInWords(at, timeZone)}"
    >${sinceInWords(at, now, timeZone)}</time
  >`
