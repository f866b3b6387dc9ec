import { describe, expect, test } from 'vitest'
import { content, contentFor, withAllDrafts } from '../../src/authoring/content.ts'
import type { Person } from '../../src/people/person.ts'
import { badge, contentFolder, smallContent } from './small-content.ts'
import { edited, guide, lesson, told } from './told.ts'

const somebody = (rights: Person['rights']): Person => ({
  ...{ id: 1, handle: 'wren', displayName: 'Wren', kind: 'member', ageBand: 'adult', timeZone: 'UTC' },
  ...{ joinedOn: '2026-01-01', badges: [], cohortsMentored: [], rights },
})
const trainee = somebody({ admin: false, grade: false })
const mentor = somebody({ admin: false, grade: true })
const admin = somebody({ admin: true, grade: false })
const draft = (path: string) => edited(path, 'title:', 'draft: true\ntitle:')

test('a draft module, its quiz and a draft guide are there for mentors and admins, and for nobody else', () => {
  const folder = contentFolder({
    'courses/hosting/03-at-night.mdx': smallContent[lesson]!.replace('title:', 'draft: true\ntitle:'),
    'courses/hosting/quizzes/at-night.yaml': smallContent['courses/hosting/quizzes/welcome.yaml']!,
    'guides/at-night.mdx': smallContent[guide]!.replace('title:', 'draft: true\ntitle:'),
  })
  for (const seen of [contentFor(trainee, folder), contentFor(null, folder), content(folder)]) {
    expect(seen.module('hosting/at-night')).toBeUndefined()
    expect(seen.quiz('hosting/at-night')).toBeUndefined()
    expect(seen.quiz('guides/at-night')).toBeUndefined()
    expect(seen.guide('at-night')).toBeUndefined()
    expect(seen.guides).toHaveLength(1)
    expect(seen.course('hosting')!.modules).toHaveLength(2)
    expect(seen.outline.courses.get('hosting')!.modules).toHaveLength(2)
  }
  for (const seen of [contentFor(mentor, folder), contentFor(admin, folder), withAllDrafts(folder)]) {
    expect(seen.module('hosting/at-night')).toMatchObject({ draft: true })
    expect(seen.quiz('hosting/at-night')).toBeDefined()
    expect(seen.guide('at-night')).toMatchObject({ draft: true })
  }
})

test('all of a draft course is a draft, and modules that everybody sees keep their numbers', () => {
  const folder = contentFolder({
    ...Object.fromEntries(
      Object.entries(smallContent)
        .filter(([path]) => path.startsWith('courses/hosting/'))
        .map(([path, text]) => [
          path.replace('hosting', 'nights'),
          text.replace('order: 1', 'order: 2\ndraft: true'),
        ]),
    ),
    'courses/hosting/01-before.mdx': smallContent['courses/hosting/02-goodbye.mdx']!.replace(
      'requires: [welcome]\n',
      '',
    ).replace('title:', 'draft: true\ntitle:'),
    'courses/hosting/01-welcome.mdx': null,
    'courses/hosting/02-welcome.mdx': smallContent[lesson]!,
    'courses/hosting/02-goodbye.mdx': null,
    'courses/hosting/03-goodbye.mdx': smallContent['courses/hosting/02-goodbye.mdx']!,
  })
  expect(content(folder).course('nights')).toBeUndefined()
  expect(
    contentFor(mentor, folder)
      .course('nights')!
      .modules.map(module => [module.number, module.draft]),
  ).toEqual([
    [1, true],
    [2, true],
  ])
  const numbers = (seen: ReturnType<typeof content>) =>
    seen.course('hosting')!.modules.map(({ slug, number }) => `${number} ${slug}`)
  expect(numbers(content(folder))).toEqual(['1 welcome', '2 goodbye'])
  expect(numbers(contentFor(mentor, folder))).toEqual(['1 before', '1 welcome', '2 goodbye'])
})

test('where there is no draft, everybody has the very same content, and asking costs nothing', () => {
  const folder = contentFolder()
  expect(contentFor(mentor, folder)).toBe(contentFor(null, folder))
})

test('a module goes without a guide that is a draft, until it is done', () => {
  const folder = contentFolder({
    ...draft(guide),
    'reports.yaml': smallContent['reports.yaml']!.replace('saying-hello', 'other'),
    'guides/other.mdx': smallContent[guide]!,
  })
  expect(content(folder).module('hosting/welcome')!.guides).toEqual([])
  expect(contentFor(mentor, folder).module('hosting/welcome')!.guides).toEqual(['saying-hello'])
})

describe('an author is told what nobody could finish', () => {
  const finish = 'is a draft, which nobody could finish. Take `draft: true` out of it'
  test('a module that builds on a draft', () => {
    expect(told(draft(lesson)).problems).toEqual([
      expect.stringContaining(`courses/hosting/02-goodbye.mdx:5: the module 'welcome' ${finish}`),
    ])
  })
  test('a badge whose criteria or duties name a draft course', () => {
    const duties = `${badge('Host', 2, 'all: [{ holds: { badge: helper } }]')}duties:\n  - { course: hosting, within: 2 weeks }\n`
    expect(told({ ...draft('courses/hosting/course.yaml'), 'badges/host.yaml': duties }).problems).toEqual([
      expect.stringContaining(`badges/helper.yaml:7: the course 'hosting' ${finish}`),
      expect.stringContaining(`badges/host.yaml:10: the course 'hosting' ${finish}`),
    ])
  })
  test('a badge that counts reflections of drafts', () => {
    const night = smallContent[lesson]!.replace('title:', 'draft: true\ntitle:')
    const asks = badge('Helper', 1, 'reflections-passed: { course: hosting, count: 2 }')
    expect(told({ 'courses/hosting/03-night.mdx': night, 'badges/helper.yaml': asks }).problems).toEqual([
      expect.stringContaining("badges/helper.yaml:7: asks for 2 reflections of 'hosting', which has 1"),
    ])
  })
  test('a course with nothing but drafts in it, and a plan for reports that is one', () => {
    expect(told({ ...draft(lesson), ...draft('courses/hosting/02-goodbye.mdx') }).problems).toEqual([
      expect.stringContaining(
        'courses/hosting/course.yaml:1: the course has only drafts in it. Add `draft: true` here',
      ),
    ])
    expect(told(draft(guide)).problems).toEqual([
      expect.stringContaining(`reports.yaml:1: the guide 'saying-hello' ${finish}`),
    ])
  })
})
