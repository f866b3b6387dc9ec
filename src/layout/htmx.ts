import htmx from 'htmx.org'
// With the script of every page, and not a file of its own: a module's first view asks for six files at most.
import '../following/page.ts'
import { tellTimeZone } from './clock.ts'
import { forgetDrafts, holdDrafts, keepDrafts, keepDraftsOf, tendFields } from './drafts.ts'
import type { Flash } from './flash.ts'
import { openForms } from './open.ts'
import { takeReactions } from './react.ts'
import { hush, isSaying, keepInSight, say } from './say.ts'
import { tabShelf } from './shelves.ts'

/** What htmx is about to put where; its own types leave this open. */
interface Task {
  type: 'main' | 'oob' | 'partial'
  fragment: DocumentFragment
  swapSpec: { style: string }
}

const carried = 'flash-carried'
const failures = [401, 403, 404, 413, 429, 500, 502, 503, 504]

// Going back is the browser's own business: it draws the page again and keeps the words in its fields.
htmx.config.history = false
htmx.config.noSwap = [204, 304, ...failures]

keepDrafts()
tendPage()
tellTimeZone()
openForms()
takeReactions()
sayCarried()
document.addEventListener('selectionchange', awaitSelection)
document.querySelector<HTMLElement>('.error-summary')?.focus()

htmx.on('htmx:before:request', ({ detail: { ctx } }) => {
  hush()
  holdDrafts(ctx.sourceElement)
})

htmx.on('htmx:after:request', ({ detail: { ctx } }) => {
  const answer = ctx.response?.raw
  if (answer?.ok && !asksToSignIn(answer)) forgetDrafts(ctx.sourceElement)
  else keepDraftsOf(ctx.sourceElement)
})

// Never let nothing take the place of something: an answer without the element belongs to another page.
htmx.on('htmx:before:swap', event => {
  const { ctx } = event.detail
  const tasks = event.detail.tasks as Task[]
  const main = tasks.find(task => task.type === 'main')
  if (!ctx.select || !main || main.swapSpec.style === 'none' || main.fragment.childElementCount > 0) return
  event.preventDefault()
  const answer = ctx.response?.raw
  const told = tasks.find(task => task.type === 'oob')?.fragment.textContent.trim()
  if (!answer?.ok || asksToSignIn(answer)) {
    say(answer?.ok ? trouble(401) : trouble(answer?.status, told))
    return
  }
  carry(told)
  location.assign(answer.url)
})

htmx.on('htmx:after:swap', ({ detail: { ctx } }) => {
  keepInSight()
  tendPage()
  if (ctx.select && ctx.swap !== 'none') placeFocus(ctx.select)
})

// What another script has put into the page.
document.addEventListener('trellis:fresh', ({ target }) => {
  if (target instanceof Element) htmx.process(target)
})

htmx.on('htmx:finally:request', ({ detail: { ctx } }) => {
  const status = ctx.response?.status
  if (!status) keepDraftsOf(ctx.sourceElement)
  if ((!status || failures.includes(status)) && !isSaying()) say(trouble(status))
})

/** What quotes a selection comes with the first one. */
function awaitSelection(): void {
  if (getSelection()?.isCollapsed !== false || !document.querySelector('[data-quote]')) return
  document.removeEventListener('selectionchange', awaitSelection)
  void import('../discussions/composer/quoting.ts').then(({ quoteSelections }) => quoteSelections())
}

/**
 * Looks after what is on the page now. What helps to write a post comes with the first form for one, what works the
 * desk with the desk, and what moves things into order with the first of those: with scripts of their own, what they share with this one would be one more file on every page.
 */
function tendPage(): void {
  tendFields()
  if (document.querySelector('.post-form, .post > .crisis'))
    void import('../discussions/composer/composer.ts').then(({ tendComposers }) => tendComposers())
  if (document.querySelector('#queue, #grading')) void import('../grading/desk/desk-page.ts')
  if (document.querySelector('[data-ends-at]'))
    void import('../quizzes/count-down.ts').then(({ countDown }) => countDown())
  if (document.querySelector('[data-ordering]'))
    void import('../quizzes/questions/order.ts').then(({ tendOrdering }) => tendOrdering())
}

/** Where a form went wrong, to what is wrong; otherwise to what has just come in, for its button is gone. */
function placeFocus(selector: string): void {
  const fresh = document.querySelector<HTMLElement>(selector)
  const summary = fresh?.querySelector<HTMLElement>('.error-summary')
  if (summary) summary.focus()
  else if (fresh && document.activeElement === document.body) {
    fresh.tabIndex = -1
    fresh.focus({ preventScroll: true })
  }
}

/** Words for an answer that could not be used. The server's own words, where it sent any, come first. */
function trouble(status?: number, told?: string): Flash {
  const kept = 'What you wrote is still here.'
  if (told) return { kind: 'attention', text: `${told} ${kept}` }
  if (status === 401)
    return {
      kind: 'attention',
      text: `You have been signed out. ${kept} Sign in, come back to this tab and send it again.`,
      link: { href: '/sign-in', words: 'Sign in (opens a new tab)' },
    }
  if (status === 403)
    return { kind: 'danger', text: `This is not open to you, so nothing was changed. ${kept}` }
  if (status === 404)
    return { kind: 'attention', text: `This is no longer there, so nothing was changed. ${kept}` }
  if (status === 413) return { kind: 'attention', text: `That is too much to send at once. ${kept}` }
  if (status === 429)
    return { kind: 'attention', text: `That was a lot in a short time. ${kept} Try again in a few minutes.` }
  if (status)
    return { kind: 'danger', text: `Something went wrong on our side. ${kept} Try again in a moment.` }
  return {
    kind: 'attention',
    text: `We could not reach Trellis. ${kept} Check your connection, then try again.`,
  }
}

const asksToSignIn = (answer: Response) =>
  answer.redirected && new URL(answer.url).pathname.startsWith('/sign-in')

/** The answer's flash is shown once by the server, to htmx: carry it to the page that htmx could not show. */
function carry(words: string | undefined): void {
  if (words) tabShelf?.setItem(carried, words)
}

function sayCarried(): void {
  const text = tabShelf?.getItem(carried)
  tabShelf?.removeItem(carried)
  if (text && !isSaying()) say({ kind: 'done', text })
}
