import fc from 'fast-check'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import type { ListedPost } from '../../src/discussions/list.ts'
import { formMark, postsHtml, type Reader } from '../../src/discussions/drawing/posts-html.ts'
import { html, safe } from '../../src/layout/html.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'

const nothingAsked = {
  cohort: null,
  after: null,
  before: null,
  thread: null,
  reply: null,
  quote: null,
  edit: null,
  react: null,
}
const reader: Reader = {
  personId: 1,
  timeZone: 'UTC',
  now: new Date('2026-11-22T12:00:00Z'),
  page: '/courses/course/module',
  view: nothingAsked,
  canReply: true,
  canReact: true,
  moderates: false,
  choices: content().discussions.reactions,
  news: null,
  states: null,
}
const post = (more: Partial<ListedPost> = {}): ListedPost => ({
  id: 7,
  kind: 'reflection',
  audience: 'cohort',
  contentNote: null,
  removed: null,
  reactions: {},
  ownReactions: [],
  author: { id: 2, handle: 'river', displayName: 'River', mentor: false },
  html: '<p>Words.</p>',
  markdown: '',
  revision: 1,
  createdAt: new Date('2026-11-22T11:00:00Z'),
  editedAt: null,
  replyCount: 0,
  replies: [],
  ...more,
})

test('whatever a person calls themselves is words, never markup', () => {
  const plain = drawnFor([post()]).match(/</g)?.length
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...xssCorpus), fc.string()), displayName => {
      const drawn = drawnFor([post({ author: { ...post().author, displayName } })])
      expect(drawn.match(/</g)?.length).toBe(plain)
    }),
  )
})

const drawnFor = (posts: ListedPost[], more: Partial<Reader> = {}) =>
  postsHtml(posts, { ...reader, ...more }).join('')
const own = (more: Partial<ListedPost> = {}) => post({ author: { ...post().author, id: 1 }, ...more })
const rolesIn = (drawn: string) => [...drawn.matchAll(/class="tag">([^<]+)</g)].map(([, role]) => role)

test('who somebody is to the thread is said in words', () => {
  const mentor = post({ id: 8, kind: 'reply', author: { ...post().author, id: 3, mentor: true } })
  const again = post({ id: 9, kind: 'reply' })
  const mine = own({ id: 10, kind: 'reply' })
  expect(rolesIn(drawnFor([post({ replies: [mentor, again, mine], replyCount: 3 })]))).toEqual([
    'Mentor',
    'Wrote the reflection',
    'You',
  ])
  expect(rolesIn(drawnFor([post({ kind: 'opening', replies: [again], replyCount: 1 })]))).toEqual([
    'Started this topic',
  ])
})

test('a private thread says who sees it, to its author and to a mentor', () => {
  expect(drawnFor([own({ audience: 'mentors' })])).toContain('Only you and your mentors see this.')
  expect(drawnFor([post({ audience: 'mentors' })])).toContain('Only its author and the mentors see this.')
  expect(drawnFor([post()])).not.toContain('Only')
})

test('a content note folds the words until somebody opens them, but for their author', () => {
  const drawn = drawnFor([post({ contentNote: 'Death & loss' })])
  expect(drawn).toMatch(
    /<details class="noted"\s*>\s*<summary>Content note: <bdi>Death &amp; loss<\/bdi><\/summary>/,
  )
  expect(drawnFor([own({ contentNote: 'Death' })])).toMatch(/<details class="noted"\s+open>/)
})

test('a removed post leaves a marker with its author’s name, and nothing to do about it', () => {
  const reactions = { 'thank-you': 2 }
  const drawn = drawnFor([own({ removed: 'deleted', html: '', reactions })])
  expect(drawn).toContain('Deleted by its author.')
  expect(drawn).toContain('River')
  for (const tool of ['Reply', 'Edit', 'Delete<', 'thank-you', 'class="prose"'])
    expect(drawn).not.toContain(tool)
  expect(drawnFor([post({ removed: 'hidden', html: '' })])).toContain('Hidden by a mentor.')
})

test('who looks after the place reads what was hidden once they open it', () => {
  const drawn = drawnFor([post({ removed: 'hidden' })], { moderates: true })
  expect(drawn).toMatch(/<details class="noted">\s*<summary>What it said/)
  expect(drawnFor([post({ removed: 'hidden' })])).not.toContain('Words.')
})

test('a reaction that was given is a button that says what pressing it comes to; one’s own posts only show them', () => {
  const reactions = { 'thank-you': 3, learned: 1 }
  const drawn = drawnFor([post({ reactions, ownReactions: ['thank-you'] })])
  expect(drawn).toMatch(
    /value="7 thank-you off"\s+aria-pressed="true"\s+aria-label="Thank you: 3, you among them"/,
  )
  expect(drawn).toContain('href="?react=7#reactions-7"')
  expect(drawn).toMatch(/value="7 learned on"\s+aria-pressed="false"\s+aria-label="I learned something: 1"/)
  expect(drawn).not.toContain('7 with-you on')
  const open = drawnFor([post({ reactions })], { view: { ...nothingAsked, react: 7 } })
  expect(open).toContain('value="7 with-you on"')
  expect(open).not.toContain('href="?react=7')
  expect(drawnFor([own({ reactions })])).toMatch(/role="img"\s+aria-label="Thank you: 3"/)
  for (const shut of [drawnFor([own({ reactions })]), drawnFor([post({ reactions })], { canReact: false })])
    expect(shut).not.toContain('<button')
})

test('an answer to a reply begins with its words, an answer to a reflection only if one asks', () => {
  const answer = post({ id: 8, kind: 'reply' })
  const drawn = drawnFor([post({ replies: [answer], replyCount: 1 })])
  expect(drawn).toContain('href="?reply=8&amp;quote=8#reply-8" data-quote="8"')
  expect(drawn).toContain('href="?reply=7#reply-7"')
  expect(drawn).toContain('href="?reply=7&amp;quote=7#reply-7" data-quote="7"')
  expect(drawnFor([post()], { canReply: false })).not.toContain('Reply')
})

test('a page of 84 posts stays light', () => {
  const reactions = { 'thank-you': 3 }
  const thread = (id: number) =>
    post({
      ...{ id, reactions, replyCount: 3 },
      replies: [1, 2, 3].map(more => post({ id: id + more, kind: 'reply', reactions })),
    })
  const drawn = drawnFor(Array.from({ length: 21 }, (_, index) => thread(100_000 + 4 * index)))
  expect(drawn.match(/<article/g)).toHaveLength(84)
  expect(drawn.length / 84).toBeLessThan(1500)
})

test('the post itself is put in as it was sanitised', () => {
  expect(drawnFor([post()])).toContain('<p>Words.</p>')
})

test('one form opens, where it was asked for', () => {
  const answer = own({ id: 8, kind: 'reply' })
  const marks = (view: Partial<Reader['view']>) =>
    postsHtml([post({ replies: [answer, post({ id: 9, kind: 'reply' })], replyCount: 2 })], {
      ...reader,
      view: { ...nothingAsked, ...view },
    }).filter(piece => piece === formMark)
  expect(marks({})).toHaveLength(0)
  expect(marks({ reply: 7 })).toHaveLength(1)
  expect(marks({ reply: 9 })).toHaveLength(1)
  expect(marks({ edit: 8 })).toHaveLength(1)
})

test('no form opens on what was removed', () => {
  for (const view of [{ reply: 7 }, { edit: 7 }])
    expect(
      drawnFor([own({ removed: 'deleted', html: '' })], { view: { ...nothingAsked, ...view } }),
    ).not.toContain(formMark)
})

test('nobody is offered to edit another’s post, even if the address asks for it', () => {
  const drawn = drawnFor([post()], { view: { ...nothingAsked, edit: 7 } })
  expect(drawn).not.toContain(formMark)
})

test('a template escapes what it is given, joins lists and leaves out what is not there', () => {
  expect(html`<p title="${'"&<>\''}">${['a', safe('<b>'), 1]}${false}${null}${undefined}</p>`.text).toBe(
    '<p title="&quot;&amp;&lt;&gt;&#39;">a<b>1</p>',
  )
})
