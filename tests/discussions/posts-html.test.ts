import fc from 'fast-check'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import type { ListedPost } from '../../src/discussions/list.ts'
import { formMark, postsHtml, type Reader } from '../../src/discussions/posts-html.ts'
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
  const plain = postsHtml([post()], reader).match(/</g)?.length
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...xssCorpus), fc.string()), displayName => {
      const drawn = postsHtml([post({ author: { ...post().author, displayName } })], reader)
      expect(drawn.match(/</g)?.length).toBe(plain)
    }),
  )
})

test('the post itself is put in as it was sanitised', () => {
  expect(postsHtml([post()], reader)).toContain('<p>Words.</p>')
})

test('one form opens, where it was asked for', () => {
  const own = post({ id: 8, author: { ...post().author, id: 1 } })
  const marks = (view: Partial<Reader['view']>) =>
    postsHtml([post({ replies: [own], replyCount: 1 })], {
      ...reader,
      view: { ...nothingAsked, ...view },
    }).split(formMark)
  expect(marks({})).toHaveLength(1)
  expect(marks({ reply: 7 })).toHaveLength(2)
  expect(marks({ edit: 8 })).toHaveLength(2)
})

test('nobody is offered to edit another’s post, even if the address asks for it', () => {
  const drawn = postsHtml([post()], { ...reader, view: { ...nothingAsked, edit: 7 } })
  expect(drawn).not.toContain(formMark)
})

test('a template escapes what it is given, joins lists and leaves out what is not there', () => {
  expect(html`<p title="${'"&<>\''}">${['a', safe('<b>'), 1]}${false}${null}${undefined}</p>`.text).toBe(
    '<p title="&quot;&amp;&lt;&gt;&#39;">a<b>1</p>',
  )
})
