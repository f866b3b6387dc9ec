import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { makeWorld, type Role, roles } from '../permissions/world.ts'
import { testSite } from '../support/site.ts'
import { buildCopy, copyOfSite } from '../support/site-copy.ts'
import { drafts, square } from './drafts-content.ts'

const folder = copyOfSite(drafts)
afterAll(() => {
  rmSync(folder, { recursive: true })
})
buildCopy(folder)
const site = await testSite({}, folder)
const world = await makeWorld(site)
const seesDrafts: readonly Role[] = ['mentor', 'otherMentor', 'admin']
const others = roles.filter(role => !seesDrafts.includes(role))

const page = async (path: string, role: Role) => {
  const response = await site.get(path, world.visitors[role])
  return { status: response.status, html: await response.text() }
}

const draftPages = [
  '/courses/night-school',
  '/courses/night-school/dusk',
  '/courses/introduction-to-group-support/night-rooms',
  '/guides/being-awake',
]

describe.each(draftPages)('a draft, %s', path => {
  test.each(others)('is not there for %s', async role => {
    const { status, html } = await page(path, role)
    expect(status).toBe(404)
    expect(html).not.toMatch(traces)
  })

  test.each(seesDrafts)('is marked for %s', async role => {
    const { status, html } = await page(path, role)
    expect(status).toBe(200)
    expect(html).toContain('Only mentors and admins see this')
  })
})

/** Whatever would tell of a draft. */
const traces = /night-school|Night school|night-rooms|Night rooms|being-awake|Being awake|green-square/

/** Every page on which something of the content is named. */
const listing = [
  ...[
    '/',
    '/courses',
    '/courses/introduction-to-group-support',
    '/guides',
    '/guides/giving-a-warning',
    '/path',
  ],
  ...[
    '/path/mentor',
    '/helplines',
    '/practice',
    '/new',
    '/boards',
    '/boards/community',
    '/account',
    '/people/tansy',
  ],
  ...[
    '/search?q=welcome',
    '/search?q=evenings',
    '/search?q=newcomr',
    '/search?q=awake&in=guides',
    '/sign-in',
    '/sign-up',
  ],
]

test.each(others)('no page tells %s of a draft', async role => {
  for (const path of listing) expect((await page(path, role)).html, path).not.toMatch(traces)
})

test.each(seesDrafts)('the lists mark drafts for %s, and count only what everybody sees', async role => {
  const courses = await page('/courses', role)
  expect(courses.html).toMatch(/Night school<\/a>\s*<b class="draft"/)
  expect((await page('/guides', role)).html).toMatch(/Being awake<\/a>\s*<b class="draft"/)
  const course = await page('/courses/introduction-to-group-support', role)
  expect(course.html).toMatch(/Night rooms\s*<\/a>\s*<b class="draft"/)
  const { modules } = content().course('introduction-to-group-support')!
  expect(course.html).toContain(`${modules.length} modules`)
})

test('nobody takes part in a draft, whoever they are', async () => {
  const deeds: [string, Record<string, string>][] = [
    ['courses.start', { course: 'night-school' }],
    ['courses.read', { module: 'introduction-to-group-support/night-rooms' }],
    ['quizzes.start', { quiz: 'night-school/dusk' }],
    ['guides.check', { guide: 'being-awake', 'answers.first-words': 'a' }],
    [
      'discussions.reflect',
      { module: 'introduction-to-group-support/night-rooms', markdown: 'Hello there.' },
    ],
    ['admin.addCohort', { course: 'night-school', name: 'Autumn' }],
  ]
  for (const [action, fields] of deeds)
    for (const role of roles) {
      const response = await site.post(
        action,
        { ...fields, key: world.key() },
        world.visitors[role],
        '/courses',
      )
      const { status } = response
      // Led away only to sign in.
      if (status === 303)
        expect(response.headers.get('location'), `${action} by ${role}`).toMatch(/^\/sign-in/)
      else expect(status, `${action} by ${role}`).toBeGreaterThanOrEqual(400)
      expect(status, `${action} by ${role}`).toBeLessThan(500)
      if (others.includes(role))
        expect(await response.text()).not.toMatch(/Night school|Night rooms|Being awake/)
    }
  const [told] = await site.sql<{ rows: number }[]>`
    select (select count(*) from cohort where course = 'night-school')::int
      + (select count(*) from reading where module like '%night-rooms')::int
      + (select count(*) from attempt where quiz like 'night-school/%' or quiz = 'guides/being-awake')::int
      + (select count(*) from search_page where id ~ 'night|awake')::int as rows`
  expect(told!.rows).toBe(0)
})

test('a draft shows its reader what it will ask, with the right answers', async () => {
  const { html } = await page('/courses/night-school/dusk', 'mentor')
  expect(html).toContain('Think of an evening')
  expect(html).toContain('Which of these belong in a warning?')
  expect(html).not.toContain('Start the quiz')
  expect((await page('/guides/being-awake', 'mentor')).html).not.toContain('Check my answers')
})

describe('a picture', () => {
  test('has its size, waits until it is scrolled to, and is kept for good by every browser', async () => {
    for (const path of ['/courses/introduction-to-group-support/night-rooms', '/courses/night-school/dusk']) {
      const { html } = await page(path, 'mentor')
      const [tag = ''] = /<img[^>]*green-square[^>]*>/.exec(html) ?? []
      for (const part of ['alt="A green square"', 'width="24"', 'height="16"', 'loading="lazy"'])
        expect(tag).toContain(part)
      const [, src = ''] = /src="([^"]+)"/.exec(tag) ?? []
      const picture = await site.get(src)
      expect(await picture.text()).toBe(square)
      expect(picture.headers.get('content-type')).toBe('image/svg+xml')
      expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(picture.headers.get('x-content-type-options')).toBe('nosniff')
      // Opened by itself, an SVG is a page: it may run nothing and is of no origin.
      expect(picture.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    }
  })

  test.each([
    'green-square.svg',
    'green-square.0123456789abcdef.svg',
    '..%2Fbadges%2Fmentor.yaml',
    'green-square',
  ])('is at no other address: %s', async name => {
    expect((await site.get(`/pictures/${name}`)).status).toBe(404)
  })
})
