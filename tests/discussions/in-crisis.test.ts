import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { mayBeInCrisis } from '../../src/discussions/composer/in-crisis.ts'
import { justWrittenInCrisis } from '../../src/discussions/composer/just-written.ts'
import type { ListedPost } from '../../src/discussions/list.ts'

const phrases = content().crisisWords
const says = (text: string) => mayBeInCrisis(text, phrases)

test.each([
  'Some days I just want to die.',
  'some days i WANT TO DIE',
  'I can’t go on like this',
  "I can't go on like this",
  'i cant go on like this',
  'I want\n  to   die',
  'I **want** to … die',
  'honestly? kms',
  'Ｗａｎｔ ｔｏ ｄｉｅ',
])('%j is seen', text => {
  expect(says(text)).toBe(true)
})

test.each([
  '',
  '   ',
  'I want to diet, and to tell you about it.',
  'A member said that they wanted to leave the room.',
  'I do not know how to say this: akmsb',
  '> I want to die\n\nWhat would you have answered to this?',
  'We talked about suicide prevention in the training.',
])('%j is not', text => {
  expect(says(text)).toBe(false)
})

test('every phrase of the list is found in a sentence around it', () => {
  for (const phrase of phrases) expect(says(`So, ${phrase.toUpperCase()}: yes.`), phrase).toBe(true)
})

const now = new Date('2026-11-22T12:00:00Z')
const post = (id: number, authorId: number, markdown: string, createdAt = now) =>
  ({
    id,
    author: { id: authorId },
    markdown,
    createdAt,
    editedAt: null,
    replies: [],
  }) as unknown as ListedPost

test('after posting, helplines stand beside one’s own words alone, and only just then', () => {
  const reader = { personId: 1, now }
  const hour = new Date(now.getTime() - 3_600_000)
  const just = (posts: ListedPost[]) => justWrittenInCrisis(posts, reader, phrases)
  expect(just([post(7, 1, 'I want to die')])).toBe(7)
  expect(just([post(7, 2, 'I want to die')])).toBeUndefined()
  expect(just([post(7, 1, 'I want to die', hour)])).toBeUndefined()
  expect(just([{ ...post(7, 2, ''), replies: [post(8, 1, 'I want to die')] }])).toBe(8)
})
