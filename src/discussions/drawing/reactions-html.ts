import { html, type Safe } from '../../layout/html.ts'
import type { Reaction } from '../choices.ts'
import type { ListedPost } from '../list.ts'
import { openedHref } from '../links.ts'
import type { Reader } from './posts-html.ts'

/** The form that the buttons of all posts on a page belong to: `ReactForm.astro`. */
export const reactForm = 'react'

/**
 * How people have answered a post without words, and for whoever may, how to. Each button says what it will come to
 * ("12 thank-you on"), so that pressing it twice is pressing it once.
 */
export function reactionsOf(post: ListedPost, reader: Reader): Safe | false {
  const { id, reactions, author } = post
  const given = reader.choices.filter(({ id }) => (reactions[id] ?? 0) > 0)
  const may = reader.canReact && author.id !== reader.personId
  const rest = may ? reader.choices.filter(choice => !given.includes(choice)) : []
  if (given.length === 0 && rest.length === 0) return false
  return html`<div class="reactions" id="reactions-${id}">
    ${given.map(choice =>
      may ? pressed(post, choice) : counted(post, choice),
    )}${rest.length > 0 && (reader.view.react === id ? menuOf(id, rest) : menuLink(post, reader))}
  </div>`
}

function pressed({ id, reactions, ownReactions }: ListedPost, { id: reaction, sign, title }: Reaction): Safe {
  const own = ownReactions.includes(reaction)
  const count = reactions[reaction] ?? 0
  return html`<button
    form="${reactForm}"
    name="reaction"
    value="${id} ${reaction} ${own ? 'off' : 'on'}"
    aria-pressed="${String(own)}"
    aria-label="${title}: ${count}${own && ', you among them'}"
    title="${title}"
  >
    ${sign} ${count}
  </button>`
}

const counted = ({ reactions }: ListedPost, { id, sign, title }: Reaction) =>
  html`<span role="img" aria-label="${title}: ${reactions[id] ?? 0}" title="${title}"
    >${sign} ${reactions[id] ?? 0}</span
  >`

/** Leads to the page with the post's menu open; with a script (`layout/react.ts`) the menu opens here and now. */
const menuLink = ({ id, author }: ListedPost, { view }: Reader) =>
  html`<a data-react="${id}" href="${openedHref(view, { react: id }, `reactions-${id}`)}"
    >React<span class="unseen"> to @${author.handle}</span></a
  >`

/** What can still be given to a post, in words as well as signs; one menu is open at a time. */
export const menuOf = (post: number, choices: readonly Reaction[]): Safe =>
  html`<details name="react" open>
    <summary>React</summary>
    <div>
      ${choices.map(
        ({ id, sign, title }) =>
          html`<button form="${reactForm}" name="reaction" value="${post} ${id} on">
            ${sign} ${title}
          </button>`,
      )}
    </div>
  </details>`
