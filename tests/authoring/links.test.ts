import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { idsOf } from '../../src/authoring/links.ts'
import { sitePages } from '../../src/authoring/site-pages.ts'
import { pages } from '../permissions/found-routes.ts'
import { smallContent } from './small-content.ts'
import { edited, ending, guide, lesson, quiz, told } from './told.ts'

const last = (path: string) => (smallContent[path] ?? '').split('\n').length + 1

describe('an author is told of a link', () => {
  const sound = [
    '[a module](/courses/hosting/goodbye)',
    '[a quiz](/courses/hosting/welcome/quiz)',
    '[a part of a module](/courses/hosting/goodbye#hello)',
    '[the discussion](/courses/hosting/welcome#discussion)',
    '[this page](#hello)',
    '[a guide](/guides/saying-hello?from=here#check)',
    '[a badge](/path/helper)',
    '[the helplines](/helplines)',
    '[elsewhere](https://example.org/a?b#c)',
    '[mail](mailto:help@example.org) and [telephone](tel:+44-116-123)',
  ]
  test.each(sound)('not at all where it leads somewhere: %s', link => {
    expect(told(ending(lesson, link)).problems).toEqual([])
  })

  test.each([
    [
      '/courses/hosting/godbye',
      "there is no page '/courses/hosting/godbye'. Did you mean '/courses/hosting/goodbye'?",
    ],
    ['/guides/saying-hallo', "there is no page '/guides/saying-hallo'. Did you mean '/guides/saying-hello'?"],
    ['/path/nobody-at-all', "there is no page '/path/nobody-at-all'."],
    ['#helo', "there is no part '#helo' on /courses/hosting/welcome. Did you mean 'hello'?"],
    [
      '/guides/saying-hello#ckeck',
      "there is no part '#ckeck' on /guides/saying-hello. Did you mean 'check'?",
    ],
    ['goodbye', "'goodbye' leads nowhere. Write it from the top of the site"],
    ['../guides/saying-hello', "'../guides/saying-hello' leads nowhere."],
    ['https://nowhere', "'https://nowhere' is no address that can be opened. Start it with `https://`."],
    ['javascript:alert(1)', "'javascript:alert(1)' is no address that can be opened."],
    ['//example.org', "'//example.org' is no address"],
    ['mailto:nobody', "'mailto:nobody' is no address"],
  ])('that leads nowhere: %s', (url, sentence) => {
    expect(told(ending(lesson, `[words](${url})`)).problems).toEqual([
      expect.stringContaining(`${lesson}:${last(lesson)}: ${sentence}`),
    ])
  })

  test('in a question of a quiz, on its very line', () => {
    expect(
      told(edited(quiz, 'feedback: It is kind.', 'feedback: See [the guide](/guides/hallo-there).')).problems,
    ).toEqual([
      expect.stringMatching(
        /^courses\/hosting\/quizzes\/welcome\.yaml:11: there is no page '\/guides\/hallo-there'\./,
      ),
    ])
  })

  test('in a text of several lines, on the line that it stands on', () => {
    const stem = 'stem: |\n      What do you do?\n\n      Look at [this](/guides/nothing-here).\n'
    expect(told(edited(quiz, 'stem: What do you do?\n', stem)).problems).toEqual([
      expect.stringContaining(`${quiz}:10: there is no page '/guides/nothing-here'`),
    ])
  })

  test('by a reference at the foot of the page, and in a description', () => {
    expect(told(ending(lesson, '[words][1]\n\n[1]: /guides/gone')).problems).toHaveLength(1)
    const course = 'courses/hosting/course.yaml'
    expect(told(edited(course, 'order: 1', 'order: 1\ndescription: "[Here](/nowhere)"')).problems).toEqual([
      expect.stringContaining(`${course}:4: there is no page '/nowhere'`),
    ])
  })
})

test('headings have the ids that the page gives them', () => {
  const heading = (text: string) => ({ depth: 2, text })
  expect(
    idsOf(['What to do', 'Don’t say “why?”', 'What to do', 'Über 3.5 % – or so', 'snake_case'].map(heading)),
  ).toEqual(['what-to-do', 'dont-say-why', 'what-to-do-1', 'über-35---or-so', 'snake_case'])
})

test('the pages that a lesson may lead to are there, and every page for readers is among them', () => {
  const there = pages.filter(page => !page.includes('['))
  for (const page of sitePages) expect(there).toContain(page)
  const forOthers = /^\/(admin|desk\/|authoring|404|problem|forgotten-password|unsent|recall\/next|sign-up\/)/
  expect(there.filter(page => !sitePages.has(page) && !forOthers.test(page))).toEqual([])
  expect(globSync('src/pages/**/*.astro').length).toBeGreaterThan(20)
})

describe('an author is advised', () => {
  test('of a guide that nothing leads to; a module, a link from another guide or the plan for reports is enough', () => {
    const lonely = { 'guides/alone.mdx': smallContent[guide]! }
    const sentence: unknown = expect.stringContaining(
      'guides/alone.mdx:1: no module, guide or badge leads to this guide.',
    )
    expect(told(lonely)).toEqual({ problems: [], warnings: [sentence] })
    expect(told({ ...lonely, ...ending(guide, '[more](/guides/alone)') }).warnings).toEqual([])
    expect(
      told({ ...lonely, ...edited(lesson, '[saying-hello]', '[saying-hello, alone]') }).warnings,
    ).toEqual([])
    expect(told({ 'guides/alone.mdx': `${smallContent[guide]!}\n[me](/guides/alone)\n` }).warnings).toEqual([
      sentence,
    ])
  })

  test('of a link to a draft, which is no mistake', () => {
    const draft = { 'guides/alone.mdx': smallContent[guide]!.replace('minutes', 'draft: true\nminutes') }
    expect(told({ ...draft, ...ending(lesson, '[more](/guides/alone)') })).toEqual({
      problems: [],
      warnings: [
        `${lesson}:${last(lesson)}: '/guides/alone' is a draft, which readers can't open yet. Publish it first.`,
      ],
    })
  })

  test('of a page that reads harder than is meant, by the line that says so', () => {
    const hard =
      'Institutional accountability necessitates comprehensive documentation throughout organisations. '.repeat(
        20,
      )
    expect(told(ending(lesson, hard)).warnings).toEqual([
      expect.stringMatching(
        /^courses\/hosting\/01-welcome\.mdx:2: reads like grade \d+, and grade 8 is meant\. Shorten/,
      ),
    ])
    const allowed = edited(lesson, 'minutes: 5', 'reading-level: 9\nminutes: 5')
    expect(told({ [lesson]: `${allowed[lesson]!}\n${hard}\n` }).warnings).toEqual([
      expect.stringContaining(`${lesson}:4: reads like grade`),
    ])
  })
})
