import type { Choice } from '../../src/quizzes/questions/choice.ts'
import { describe, expect, test } from 'vitest'
import { sentence } from '../../src/authoring/problem.ts'
import { readContent } from '../../src/authoring/reading.ts'
import { badge, contentFolder, smallContent } from './small-content.ts'

/** What an author is told when the small content is changed like this. */
function told(changes: Record<string, string | null>): string[] {
  const folder = contentFolder(changes)
  return readContent(folder).problems.map(problem => sentence(problem).replace(`${folder}/`, ''))
}

const edited = (path: string, from: string | RegExp, to: string) => {
  const text = smallContent[path]!.replace(from, to)
  expect(text).not.toBe(smallContent[path])
  return { [path]: text }
}

describe('sound content', () => {
  test('a course has its modules in order, with their reflection, guides and quiz', () => {
    const { content, problems } = readContent(contentFolder())
    expect(problems).toEqual([])
    const [welcome, goodbye] = content!.course('hosting')!.modules
    expect(welcome).toMatchObject({
      id: 'hosting/welcome',
      number: 1,
      guides: ['saying-hello'],
      reflection: { question: 'When were you welcomed?', rubric: 'plain', beforeOthers: true },
      words: 7,
      headings: [{ depth: 2, text: 'Hello' }],
    })
    expect(welcome!.quiz).toBe(content!.quiz('hosting/welcome'))
    expect(goodbye).toMatchObject({ number: 2, requires: ['hosting/welcome'], reflection: undefined })
    expect(goodbye!.quiz).toBeUndefined()
  })

  test('a module says when its reflection and replies are due, how many count, and what it may touch on', () => {
    const purpose = `  due: { reflection: 7 days, replies: 2 weeks }
  replies: 2
  may-be-private: true
  content-notes: [Being left alone]
`
    const file = 'courses/hosting/01-welcome.mdx'
    const { content, problems } = readContent(contentFolder(edited(file, '  before-others: true\n', purpose)))
    expect(problems).toEqual([])
    expect(content!.module('hosting/welcome')!.reflection).toMatchObject({
      beforeOthers: false,
      due: { reflection: { amount: 7, unit: 'days' }, replies: { amount: 2, unit: 'weeks' } },
      replies: 2,
      mayBePrivate: true,
      contentNotes: ['Being left alone'],
    })
    expect(readContent(contentFolder()).content!.module('hosting/welcome')!.reflection).toMatchObject({
      due: undefined,
      replies: 0,
      mayBePrivate: false,
      contentNotes: [],
    })
  })

  test('a quiz draws what its file says, and options are named by letters', () => {
    const quiz = readContent(contentFolder()).content!.quiz('hosting/welcome')!
    expect(quiz).toMatchObject({
      passMark: 80,
      attempts: undefined,
      wait: { amount: 1, unit: 'hours' },
      draw: 1,
    })
    expect((quiz.questions[0] as Choice).options.map(({ id, correct }) => [id, correct])).toEqual([
      ['a', true],
      ['b', false],
    ])
    expect((quiz.questions[1] as Choice).options.map(({ id, correct }) => [id, correct])).toEqual([
      ['true', true],
      ['false', false],
    ])
  })

  test("a guide's check is a quiz of all its questions, all to be right, as often as one likes", () => {
    const { content } = readContent(contentFolder())
    expect(content!.guide('saying-hello')!.check).toBe(content!.quiz('guides/saying-hello'))
    expect(content!.quiz('guides/saying-hello')).toMatchObject({
      passMark: 100,
      draw: 1,
      attempts: undefined,
    })
  })

  test('nothing in it can be written to', () => {
    const { content } = readContent(contentFolder())
    const [question] = content!.quiz('hosting/welcome')!.questions
    expect(() => Object.assign((question as Choice).options[0]!, { correct: false })).toThrow(TypeError)
    expect(() => Object.assign(content!, { badges: [] })).toThrow(TypeError)
  })

  test('the fingerprint changes with the content and with nothing else', () => {
    const print = (changes = {}) => readContent(contentFolder(changes)).content!.fingerprint
    expect(print()).toBe(print())
    expect(print(edited('badges/host.yaml', 'weeks: 8', 'weeks: 6'))).not.toBe(print())
  })

  test('what is not there is undefined', () => {
    const { content } = readContent(contentFolder())
    expect(
      content!.course('x') ?? content!.module('hosting/x') ?? content!.badge('constructor'),
    ).toBeUndefined()
  })
})

describe('what an author is told', () => {
  test('a name that is nobody, with the likeliest meant', () => {
    expect(told({ 'badges/host.yaml': badge('Host', 2, 'holds: { badge: halper }') })).toEqual([
      "badges/host.yaml:7: there is no badge called 'halper'. Did you mean 'helper'?",
    ])
  })

  test('what must not be, without words of the author’s own', () => {
    expect(told({ 'badges/host.yaml': badge('Host', 2, 'not: { holds: { badge: helper } }') })).toEqual([
      'badges/host.yaml:6: `label` is missing beside `not`. Say in words what is asked, like `label: No complaint in the last 26 weeks`.',
    ])
  })

  test.each([
    ['course-complete: { course: hostin }', "there is no course called 'hostin'. Did you mean 'hosting'?"],
    [
      'evidence: { kind: group_chats, count: 3 }',
      "there is no kind of evidence called 'group_chats'. Did you mean 'group_chat'?",
    ],
    ['holdz: { badge: helper }', "`holdz` is nothing that a badge can ask for. Did you mean 'holds'?"],
    [
      'holds: { badge: helper, weeks: 2 }',
      "`holds` has 'weeks', which means nothing here. There is 'badge'.",
    ],
    ['guides-completed: { count: 0 }', '`count` is 0, and 1 is the least.'],
    ['guides-completed: { count: { adult: 3 } }', '`teen` is missing. Add `teen:`.'],
    [
      'quizzes-passed: {}',
      '`quizzes-passed` asks for nothing yet. Add `course:` for all of a course, or `count:` for so many of any.',
    ],
    [
      'quizzes-passed: { course: hosting, count: 4 }',
      "asks for 4 quizzes of 'hosting', which has 1. Lower `count`, or add to the course.",
    ],
    ['all: []', '`all` is an empty list. Add an item.'],
    [
      'at-least: { count: 3, of: [holds: { badge: helper }] }',
      '`count` asks for more than there are. Lower `count`, or add to `of`.',
    ],
    [
      'evidence: { kind: group_chat, count: 1, within: 2 hours }',
      '`within` is counted in whole days. Write it like `10 days` or `26 weeks`.',
    ],
    ['endorsements: { by: [halper], count: 1 }', "there is no badge called 'halper'. Did you mean 'helper'?"],
    [
      'by-track: { team: { holds: { badge: helper } } }',
      "names the tracks 'team', and the badge has none. Name each of the badge’s `tracks:` once.",
    ],
  ])('a criterion that cannot be meant: %s', (criterion, problem) => {
    expect(told({ 'badges/host.yaml': badge('Host', 2, criterion) })).toEqual([
      `badges/host.yaml:7: ${problem}`,
    ])
  })

  test.each([
    [
      ['due: { reflection: 7 days, replies: 5 days }', 'replies: 1'],
      ':9: `replies` are due before the reflection that they follow. Give replies as long as the reflection, or longer.',
    ],
    [
      ['due: { reflection: 7 days, replies: 9 days }'],
      ':9: `replies` are due, and none are asked for. Add `replies: 1` beside `due`, or take this line out.',
    ],
    [['due: { replies: 9 days }', 'replies: 1'], ':9: `reflection` is missing. Add `reflection:`.'],
    [
      ['due: { reflection: 12 hours }'],
      ':9: `reflection` is not counted in days. Write it like `7 days` or `2 weeks`.',
    ],
    [
      ['due: { reflections: 7 days }'],
      ":9: `due` has 'reflections', which means nothing here. Did you mean 'reflection'?",
    ],
    [['replies: 0'], ':9: `replies` is 0, and 1 is the least.'],
    [['replys: 2'], ":9: `reflection` has 'replys', which means nothing here. Did you mean 'replies'?"],
    [['may-be-private: maybe'], ':9: `may-be-private` should be `true` or `false`.'],
    [
      ['content-notes: [""]'],
      ':9: item 1 of `content-notes` is empty. Write it, or take the line out if it may be left out.',
    ],
  ])('a discussion whose purpose cannot be meant: %s', (lines, problem) => {
    const purpose = lines.map(line => `  ${line}\n`).join('')
    const file = 'courses/hosting/01-welcome.mdx'
    expect(told(edited(file, '  before-others: true\n', purpose))).toContain(`${file}${problem}`)
  })

  test('badges that wait for each other', () => {
    expect(told({ 'badges/helper.yaml': badge('Helper', 1, 'holds: { badge: host }') })).toEqual([
      "badges/host.yaml:6: nobody could begin: 'helper' → 'host' → 'helper'. Take one of these out.",
    ])
  })

  test('badges of which one way leads on may name each other', () => {
    const either = 'any: [{ holds: { badge: host } }, { guides-completed: { count: 1 } }]'
    expect(told({ 'badges/helper.yaml': badge('Helper', 1, either) })).toEqual([])
  })

  test('every problem at once, by file and line', () => {
    expect(
      told({
        ...edited('badges/host.yaml', 'tint: moss', 'tint: mosss'),
        ...edited('courses/hosting/01-welcome.mdx', 'minutes: 5', 'minuets: 5'),
        ...edited('rubrics/plain.yaml', 'points: 1', 'points: 0'),
      }),
    ).toEqual([
      "badges/host.yaml:5: `tint` cannot be 'mosss'. Did you mean 'moss'?",
      'courses/hosting/01-welcome.mdx:2: `minutes` is missing. Add `minutes:`, honest reading time in minutes, thinking included.',
      "courses/hosting/01-welcome.mdx:4: the file has 'minuets', which means nothing here. Did you mean 'minutes'?",
      'rubrics/plain.yaml:8: `points` is 0, and the level before it has 0. Write levels from the least to the most, each worth more than the last.',
    ])
  })

  test('what a file says of others, even when something else in it is wrong', () => {
    const text = badge('Host', 2, 'holds: { badge: halper }').replace('tint: moss', 'tint: mosss')
    expect(told({ 'badges/host.yaml': text })).toEqual([
      "badges/host.yaml:5: `tint` cannot be 'mosss'. Did you mean 'moss'?",
      "badges/host.yaml:7: there is no badge called 'halper'. Did you mean 'helper'?",
    ])
  })

  const quizFile = 'courses/hosting/quizzes/welcome.yaml'
  test.each([
    [
      edited(quizFile, '        correct: true\n', ''),
      ':8: `options` has no right answer. Mark one with `correct: true`.',
    ],
    [
      edited(quizFile, 'text: Wait.', 'text: Wait.\n        correct: true'),
      ':8: `options` has 2 right answers, and a single choice has one. Keep one `correct: true`, or make it `kind: multiple`.',
    ],
    [
      edited(quizFile, 'draw: 1', 'draw: 3'),
      ':3: `draw` draws 3 questions, and the file has 2. Lower `draw`, leave it out, or add questions.',
    ],
    [
      edited(quizFile, 'id: second', 'id: first'),
      ":14: `id` 'first' stands here twice. Give each its own name.",
    ],
    [
      edited(quizFile, '1 hour', 'an hour'),
      ":2: `wait` is 'an hour', which is not a length of time. Write it like `12 hours`, `3 days` or `2 weeks`.",
    ],
    [
      edited(quizFile, 'kind: single', 'kind: singel'),
      ":6: `kind` cannot be 'singel'. Did you mean 'single'?",
    ],
  ])('a quiz that cannot be taken %#', (changes, problem) => {
    expect(told(changes)).toEqual([quizFile + problem])
  })

  test('a quiz without its module', () => {
    expect(told({ 'courses/hosting/quizzes/welcom.yaml': smallContent[quizFile]! })).toEqual([
      "courses/hosting/quizzes/welcom.yaml:1: there is no module 'welcom' for this quiz. Did you mean 'welcome'?",
    ])
  })

  const page = 'courses/hosting/02-goodbye.mdx'
  test.each([
    [edited(page, '## Hello', '# Hello'), ':8: this is a second title. Start sections with `##`.'],
    [
      edited(page, /Scenario/g, 'Scenarios'),
      ":10: there is no component <Scenarios>. Did you mean 'Scenario'?",
    ],
    [edited(page, 'Scenario title', 'Scenario titel'), ":10: <Scenario> knows no 'titel'. There is 'title'."],
    [edited(page, 'says nothing', 'says {nothing}'), ":12: '{nothing}' is code. Write without `{` and `}`."],
    [edited(page, /## Hello[^]*/, ''), ':6: the page has no text. Write it below the second `---`.'],
    [
      edited(page, 'requires: [welcome]', 'requires: [welcom]'),
      ":5: there is no module called 'welcom'. Did you mean 'welcome'?",
    ],
    [
      edited(page, 'requires: [welcome]', 'guides: [saying-helo]'),
      ":5: there is no guide called 'saying-helo'. Did you mean 'saying-hello'?",
    ],
    [
      edited(page, 'minutes: 5', 'minutes: "5"'),
      ':4: `minutes` should be a number. Write it in digits, without quotation marks.',
    ],
    [
      edited(page, /What one.*/, 'x'.repeat(161)),
      ':3: `summary` has 161 characters, and 160 is the most. Shorten it.',
    ],
    [
      edited(page, 'title: Goodbye', 'title: Goodbye\ntitle: Bye'),
      ':3: the same name stands here twice. Keep one of the two.',
    ],
  ])('a page that cannot be drawn %#', (changes, problem) => {
    expect(told(changes)).toEqual([page + problem])
  })

  test('a page whose MDX does not compile, with the line', () => {
    const [problem] = told(edited(page, '</Scenario>', ''))
    expect(problem).toMatch(
      /^courses\/hosting\/02-goodbye\.mdx:10: the page cannot be read as MDX \(expected a closing tag/,
    )
  })

  test('YAML that cannot be read, with the line', () => {
    const [problem, ...others] = told({ 'rubrics/plain.yaml': 'title: Plain: and simple\n' })
    expect(problem).toMatch(/^rubrics\/plain\.yaml:1: the YAML cannot be read/)
    expect(others).toEqual([])
  })

  test('modules that wait for each other, or share a number', () => {
    expect(
      told(edited('courses/hosting/01-welcome.mdx', 'minutes: 5', 'minutes: 5\nrequires: [goodbye]')),
    ).toEqual([
      "courses/hosting/02-goodbye.mdx:5: nobody could begin: 'hosting/welcome' → 'hosting/goodbye' → 'hosting/welcome'. Take one of these out.",
    ])
    expect(told({ 'courses/hosting/02-again.mdx': smallContent[page]! })[0]).toMatch(
      /02-goodbye\.mdx:1: has the same number as/,
    )
  })

  test('a file where nothing reads it, a file with a bad name, a file that is not there', () => {
    expect(
      told({
        'badge/x.yaml': 'title: X',
        'guides/Saying_Bye.mdx': smallContent['guides/saying-hello.mdx']!,
        'helplines.yaml': null,
      }).map(problem => problem.split('. ')[0]),
    ).toEqual([
      'badge/x.yaml:1: nothing reads this file',
      "guides/Saying_Bye.mdx:1: 'Saying_Bye' is not a plain name",
      'helplines.yaml:1: the file is missing',
    ])
  })
})

describe('what it takes to finish a module, and its versions', () => {
  const file = 'courses/hosting/01-welcome.mdx'
  const with_ = (more: string) => edited(file, 'guides: [saying-hello]\n', `guides: [saying-hello]\n${more}`)
  const welcome = (more: string) => {
    const { content, problems } = readContent(contentFolder(with_(more)))
    expect(problems).toEqual([])
    return content!.module('hosting/welcome')!
  }

  test('where nothing is said, it is read, reflected on and its quiz passed', () => {
    expect(welcome('requires: []\n')).toMatchObject({
      completion: { read: true, reflected: true, replied: 0, quiz: true, guides: false },
      version: 1,
      readTime: (5 * 60_000) / 3,
      quizSince: null,
      reflectionSince: null,
    })
  })

  test('an author names the conditions, how many replies, and how long one reads at least', () => {
    expect(welcome('completion: [reflected, { replied: 3 }, guides]\nread-time: 2 minutes\n')).toMatchObject({
      completion: { read: false, reflected: true, replied: 3, quiz: false, guides: true },
      reflection: { replies: 3 },
      readTime: 120_000,
    })
    expect(welcome('completion: [read, replied]\n').completion.replied).toBe(1)
  })

  test('revisions say what changed and what it asks', () => {
    const module = welcome(`version: 3
revisions:
  - { version: 3, on: 2026-11-20, changed: Everything., asks: redo, again: [read, reflection, quiz] }
  - { version: 2, on: 2026-11-01, changed: A step., asks: refresh, by: 2 weeks }
`)
    expect(module.revisions).toEqual([
      {
        version: 3,
        on: '2026-11-20',
        changed: 'Everything.',
        asks: 'redo',
        by: null,
        again: ['read', 'reflection', 'quiz'],
      },
      { version: 2, on: '2026-11-01', changed: 'A step.', asks: 'refresh', by: '2026-11-15', again: [] },
    ])
    expect([module.quizSince, module.reflectionSince]).toEqual(['2026-11-20', '2026-11-20'])
  })

  const revision = (more: string) => `version: 2\nrevisions:\n  - { version: 2, on: 2026-11-01, ${more} }\n`
  test.each([
    ['a version without a word', 'version: 2\n', /`version` is 2, and no revision tells what changed/],
    [
      'a version that goes backwards',
      `version: 1\nrevisions:\n  - { version: 2, on: 2026-11-01, changed: A step., asks: keep }\n`,
      /`version` goes backwards: there is a revision 2/,
    ],
    [
      'revisions in the wrong order',
      `version: 2\nrevisions:\n  - { version: 2, on: 2026-11-01, changed: A., asks: keep }\n  - { version: 3, on: 2026-10-01, changed: B., asks: keep }\n`,
      /`version` goes backwards/,
    ],
    [
      'days in the wrong order',
      `version: 3\nrevisions:\n  - { version: 3, on: 2026-11-01, changed: A., asks: keep }\n  - { version: 2, on: 2026-12-01, changed: B., asks: keep }\n`,
      /`on` is later than the revision above it/,
    ],
    ['a revision without text', revision('asks: keep'), /`changed` is missing/],
    ['a refresh without a time', revision('changed: A., asks: refresh'), /`by` is missing/],
    [
      'a time that nothing asks for',
      revision('changed: A., asks: keep, by: 2 weeks'),
      /`by` means nothing here/,
    ],
    [
      'asking again for a keep',
      revision('changed: A., asks: keep, again: [quiz]'),
      /`again` means nothing here/,
    ],
    [
      'asking again for what there is not',
      revision('changed: A., asks: redo, again: [reflected]'),
      /cannot be 'reflected'/,
    ],
    ['no condition at all', 'completion: []\n', /`completion` is an empty list/],
    ['a condition that there is not', 'completion: [red]\n', /cannot be 'red'/],
    ['the same condition twice', 'completion: [read, read]\n', /item 2 of `completion` stands here twice/],
    ['a time to read that is no reading', 'read-time: 3 days\n', /`read-time` is longer than two hours/],
  ])('an author is told of %s', (_, more, problem) => {
    expect(told(with_(more)).join('\n')).toMatch(problem)
  })

  test.each([
    [
      'a reflection',
      'completion: [reflected]\n',
      /item 1 of `completion` can be met by nobody: the module asks/,
    ],
    ['replies', 'completion: [{ replied: 2 }]\n', /can be met by nobody: the module asks no question/],
    ['guides', 'completion: [guides]\n', /can be met by nobody: no guide goes with the module/],
    [
      'a quiz',
      'completion: [read, quiz]\n',
      /item 2 of `completion` can be met by nobody: the module has no quiz/,
    ],
    [
      'another answer',
      revision('changed: A., asks: redo, again: [read, reflection]'),
      /item 2 of `again` asks nobody anything: the module has no question/,
    ],
    [
      'another try at the quiz',
      revision('changed: A., asks: redo, again: [read, quiz]'),
      /item 2 of `again` asks nobody anything: the module has no quiz/,
    ],
  ])('an author is told of %s that a module does not have', (_, more, problem) => {
    const bare = edited(
      'courses/hosting/02-goodbye.mdx',
      'requires: [welcome]\n',
      `requires: [welcome]\n${more}`,
    )
    expect(told(bare).join('\n')).toMatch(problem)
  })

  test('an author is told where replies are asked for and do not count', () => {
    const both = edited(
      file,
      '  before-others: true\n',
      '  before-others: true\n  replies: 2\ncompletion: [read, reflected]\n',
    )
    expect(told(both).join('\n')).toMatch(/`replies` is 2, and `completion` says otherwise/)
  })

  test('a guide has a level, and is never taken back', () => {
    const guide = 'guides/saying-hello.mdx'
    expect(readContent(contentFolder()).content!.guide('saying-hello')!.level).toBe('starting out')
    const leaders = edited(guide, 'topic: Welcoming\n', 'topic: Welcoming\nlevel: for leaders\n')
    expect(readContent(contentFolder(leaders)).content!.guide('saying-hello')!.level).toBe('for leaders')
    const redo = edited(
      guide,
      'topic: Welcoming\n',
      `topic: Welcoming\n${revision('changed: A., asks: redo')}`,
    )
    expect(told(redo).join('\n')).toMatch(/`asks` cannot be 'redo'/)
  })
})
