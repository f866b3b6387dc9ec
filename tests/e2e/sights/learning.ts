import type { Page } from '@playwright/test'
import { content } from '../../../src/authoring/content.ts'
import { answeredAt } from '../../../src/quizzes/recall/addresses.ts'
import { first, introduction, linkOn, openAll, press, quiz, returned, type Sight } from './sight.ts'

/** A question of the first quiz that was gone over before. */
async function answeredBefore(page: Page): Promise<string> {
  const quiz = first.replace('/courses/', '')
  for (const { id } of content().quiz(quiz)?.questions ?? []) {
    const path = answeredAt({ quiz, question: id })
    await page.goto(path)
    if (page.url().endsWith(path)) return path
  }
  throw new Error('The demonstration has gone over no question.')
}

/** Courses, quizzes, guides and search. */
export const learning: Sight[] = [
  { route: '/courses', name: 'for a guest', as: null, path: '/courses' },
  { route: '/courses', name: 'for a trainee', as: 'demo-trainee', path: '/courses' },
  { route: '/courses/[course]', name: 'for a guest', as: null, path: introduction },
  { route: '/courses/[course]', name: 'midway', as: 'demo-trainee', path: introduction },
  { route: '/courses/[course]/[module]', name: 'for a guest', as: null, path: first },
  {
    ...{ route: '/courses/[course]/[module]', name: 'with a picture', as: null },
    path: '/courses/moderator-training/ground-rules-and-warnings',
  },
  { route: '/courses/[course]/[module]', name: 'passed, with a discussion', as: 'demo-trainee', path: first },
  { route: '/courses/[course]/[module]', name: 'returned', as: 'demo-trainee', path: returned },
  { route: '/courses/[course]/[module]', name: 'not taken', as: 'demo-new', path: first },
  {
    ...{ route: '/courses/[course]/[module]', name: 'barred', as: 'demo-trainee' },
    path: `${introduction}/the-ideal-room`,
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'an empty reply', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href*="reply="]'),
    then: press(/^post reply/i),
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'a personal question', as: 'demo-trainee' },
    ...{ path: `${introduction}/sharing-and-naming-challenges`, then: openAll },
  },
  {
    ...{
      route: '/courses/[course]/[module]',
      name: 'all that is folded open, as a mentor',
      as: 'demo-mentor',
    },
    ...{ path: first, then: openAll },
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'a reply with a quote', as: 'demo-trainee' },
    path: linkOn(first, '#discussion .reply a[data-quote]'),
  },
  { route: '/courses/[course]/[module]/quiz', name: 'passed', as: 'demo-trainee', path: quiz },
  { route: '/courses/[course]/[module]/quiz', name: 'not taken', as: 'demo-new', path: quiz },
  {
    ...{ route: '/attempts/[attempt]', name: 'the review', as: 'demo-trainee' },
    path: linkOn(quiz, 'a[href^="/attempts/"]'),
  },
  {
    ...{ route: '/attempts/[attempt]', name: 'half answered', as: 'the-one-with-the-longest-name' },
    path: linkOn(`${introduction}/rooms-and-roles/quiz`, 'main a[href^="/attempts/"]'),
  },
  {
    ...{ route: '/attempts/[attempt]', name: 'handed in too early', as: 'the-one-with-the-longest-name' },
    path: linkOn(`${introduction}/rooms-and-roles/quiz`, 'main a[href^="/attempts/"]'),
    then: press('Hand in'),
  },
  { route: '/guides', name: 'for a guest', as: null, path: '/guides' },
  { route: '/guides', name: 'for a trainee', as: 'demo-trainee', path: '/guides' },
  {
    ...{ route: '/guides', name: 'nothing of the kind', as: 'demo-new' },
    path: '/guides?topic=crisis&show=done',
  },
  { route: '/guides/[guide]', name: 'for a guest', as: null, path: '/guides/giving-a-warning' },
  {
    ...{ route: '/guides/[guide]', name: 'nothing chosen', as: 'demo-new', path: '/guides/giving-a-warning' },
    then: press('Check my answers'),
  },
  {
    ...{ route: '/guides/[guide]', name: 'vouched for', as: 'demo-trainee' },
    path: '/guides/using-a-poll-in-a-room',
  },
  { route: '/helplines', name: 'for all', as: null, path: '/helplines' },
  { route: '/search', name: 'nothing asked', as: null, path: '/search' },
  { route: '/search', name: 'results for a guest', as: null, path: '/search?q=warning' },
  { route: '/search', name: 'results of all kinds', as: 'demo-trainee', path: '/search?q=quiet+room' },
  { route: '/search', name: 'posts', as: 'demo-mentor', path: '/search?q=room&in=posts' },
  { route: '/search', name: 'nothing found', as: 'demo-trainee', path: '/search?q=xqzvwkpt' },
  { route: '/search', name: 'corrected', as: 'demo-trainee', path: '/search?q=confidentialty' },
  { route: '/search', name: 'too common', as: 'demo-trainee', path: '/search?q=the' },
  { route: '/recall', name: 'some for today', as: 'demo-trainee', path: '/recall' },
  { route: '/recall', name: 'nothing yet', as: 'demo-admin', path: '/recall' },
  {
    ...{ route: '/recall', name: 'refused', as: 'demo-trainee', path: '/recall' },
    then: press('Go through them'),
  },
  { route: '/recall/next', name: 'asked', as: 'demo-trainee', path: '/recall/next' },
  {
    ...{ route: '/recall/next', name: 'nothing chosen', as: 'demo-trainee', path: '/recall/next' },
    then: press('Check'),
  },
  { route: '/recall/next', name: 'answered', as: 'demo-trainee', path: answeredBefore },
  { route: '/recall/next', name: 'nothing due', as: 'demo-admin', path: '/recall/next' },
]
