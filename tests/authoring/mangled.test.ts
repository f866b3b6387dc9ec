import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readContent } from '../../src/authoring/reading.ts'
import { contentFolder, smallContent } from './small-content.ts'
import { drafts } from './drafts-content.ts'

const whole: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(smallContent)),
  'courses/night-school/course.yaml': drafts['courses/night-school/course.yaml']!,
  'courses/night-school/01-dusk.mdx': drafts['courses/night-school/01-dusk.mdx']!.replace(
    'rubric: reflection',
    'rubric: plain',
  ),
  'courses/night-school/quizzes/dusk.yaml': drafts['courses/night-school/quizzes/dusk.yaml']!,
  'pictures/green-square.svg': drafts['pictures/green-square.svg']!,
  'renamed.yaml': 'guides: { hello: saying-hello }\ngone: [hosting/once]\n',
}

/** What an author, an editor or a merge may do to a file. */
const mangling = fc.oneof(
  fc.record({ how: fc.constant('cut' as const), from: fc.nat(), length: fc.nat(200) }),
  fc.record({
    how: fc.constant('put' as const),
    from: fc.nat(),
    text: fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...[
          '\n',
          '  ',
          '- ',
          ': ',
          '&a',
          '*a',
          '<<: *a',
          '!!js',
          '{',
          '}',
          '[',
          ']',
          '"',
          '|',
          '>',
          '#',
          '---\n',
          '\t',
        ],
        ...[
          'null',
          '1e999',
          '-1',
          'true',
          '[]',
          '{}',
          '__proto__: {}',
          'constructor:',
          '\u0000',
          '\uFEFF',
          '\uD800',
        ],
        ...[
          '<Scenario>',
          '</Chat>',
          '{1+1}',
          '<script>',
          'import x',
          '![](',
          '](#',
          '[a]: b',
          '<<<<<<< ours\n',
        ],
      ),
    ),
  }),
  fc.record({ how: fc.constant('swap' as const), one: fc.nat(), other: fc.nat() }),
  fc.record({ how: fc.constant('twice' as const), line: fc.nat() }),
)

function mangled(
  text: string,
  ways: readonly (typeof mangling extends fc.Arbitrary<infer T> ? T : never)[],
): string {
  return ways.reduce((text, way) => {
    const at = 'from' in way ? way.from % (text.length + 1) : 0
    if (way.how === 'cut') return text.slice(0, at) + text.slice(at + way.length)
    if (way.how === 'put') return text.slice(0, at) + way.text + text.slice(at)
    const lines = text.split('\n')
    if (way.how === 'twice') lines.splice(way.line % lines.length, 0, lines[way.line % lines.length] ?? '')
    else {
      const [one, other] = [way.one % lines.length, way.other % lines.length]
      ;[lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? '']
    }
    return lines.join('\n')
  }, text)
}

test('a mangled file is content, or problems in words with a file and a line, and never a crash', () => {
  const folder = contentFolder(whole)
  expect(readContent(folder).problems).toEqual([])
  const paths = Object.keys(whole)
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.array(mangling, { minLength: 1, maxLength: 4 }),
      (path, ways) => {
        writeFileSync(join(folder, path), mangled(whole[path]!, ways))
        const { content, problems } = readContent(folder, { advice: true })
        writeFileSync(join(folder, path), whole[path]!)
        expect(content === null).toBe(problems.length > 0)
        for (const { file, line, problem } of problems) {
          expect(file.startsWith(folder)).toBe(true)
          expect(Number.isInteger(line) && line >= 1).toBe(true)
          expect(problem).not.toBe('')
          expect(problem).not.toMatch(/undefined|\[object|TypeError|ZodError/)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('a file of any bytes, or none, is told of', () => {
  const folder = contentFolder(whole)
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(whole)), fc.uint8Array({ maxLength: 300 }), (path, bytes) => {
      writeFileSync(join(folder, path), bytes)
      readContent(folder, { advice: true })
      writeFileSync(join(folder, path), whole[path]!)
    }),
    { numRuns: 60 },
  )
})

test('names for parts of a file that lead nowhere, or on and on, are told of', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]`),
  ]
  for (const text of ['*nothing', 'title: *nothing\n', bomb.join('\n')]) {
    const folder = contentFolder({ ...whole, 'courses/hosting/course.yaml': text })
    expect(readContent(folder).problems).toContainEqual(
      expect.objectContaining({ problem: expect.stringContaining('the YAML cannot be read') as unknown }),
    )
  }
})

test('with a file taken away, what stood on it is told', () => {
  for (const path of Object.keys(whole)) {
    const folder = contentFolder(whole)
    rmSync(join(folder, path))
    expect(() => readContent(folder, { advice: true }), path).not.toThrow()
  }
})
