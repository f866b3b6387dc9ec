import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readYaml } from '../../src/authoring/written.ts'
import { answersTo, unanswered } from '../../src/quizzes/attempt-input.ts'
import { draw } from '../../src/quizzes/drawing.ts'
import { mark, paper } from '../../src/quizzes/marking.ts'
import { kindOf, type Question, questionsSchema } from '../../src/quizzes/questions/question.ts'
import { readNumber } from '../../src/quizzes/questions/numeric.ts'
import { matchesPattern } from '../../src/quizzes/questions/words.ts'
import { review } from '../../src/quizzes/review.ts'
import { allKinds, written } from './all-kinds.ts'
import { rightAnswers } from './answering.ts'
import { quizOf } from './made-up.ts'

const byId = new Map(allKinds.map(question => [question.id, question]))
const earned = (id: string, answer: readonly string[], hints = {}) =>
  mark([byId.get(id)!], { [id]: answer }, hints).score
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('of every kind', () => {
  test.each(allKinds.map(question => [question.kind, question] as const))(
    '%s: its key earns all, nothing earns nothing, and its paper says no key',
    (_, question) => {
      const right = rightAnswers([question])
      expect(mark([question], right)).toMatchObject({ score: 1, marks: [{ right: true }] })
      expect(mark([question], {})).toMatchObject({ score: 0, marks: [{ right: false }] })
      expect(unanswered([question], {})).toHaveLength(1)
      expect(unanswered([question], right)).toEqual([])
      expect(JSON.stringify(paper([question]))).not.toMatch(/KEY|correct|worth|accept|"order"|"match"/)
    },
  )

  test('whatever is posted, it is marked between nothing and all, and cleaning it twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allKinds),
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'c', '1', '2', '3', '4', 'true', '', '0:a')),
          {
            maxLength: 12,
          },
        ),
        (question, posted) => {
          const kind = kindOf(question)
          const answer = kind.clean(question, posted)
          expect(kind.clean(question, answer)).toEqual(answer)
          const credit = kind.credit(question, answer)
          expect(credit).toBeGreaterThanOrEqual(0)
          expect(credit).toBeLessThanOrEqual(1)
          kind.reviewed(question, answer, true)
          kind.said(question, answer, false)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('in whatever order it is shown, the key still earns all, and an answer means the same', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 40, maxLength: 40 }), numbers => {
        const { questions: drawn } = draw(
          quizOf('q', { questions: allKinds, draw: allKinds.length, shuffle: true }),
          () => numbers.pop() ?? 0,
        )
        expect(mark(drawn, rightAnswers(drawn)).score).toBeCloseTo(allKinds.length)
      }),
    )
  })

  test('before it is known to be right, a review gives away nothing that was not answered', () => {
    const shown = review(allKinds, {}, { withKey: false })
    expect(JSON.stringify(shown)).not.toContain('KEY')
    expect(JSON.stringify(review(allKinds, rightAnswers(allKinds), { withKey: true }))).toContain('KEY')
  })
})

describe('words that are typed', () => {
  test('are forgiven their spaces, quotes, case and accents unless these matter', () => {
    for (const typed of ['warning ladder', ' Warning  LADDER ', 'wárning ladder'])
      expect(earned('typed', [typed])).toBe(1)
    expect(earned('typed', ['the ladder'])).toBe(0.5)
    expect(earned('typed', ['stairs'])).toBe(0)
    const strict = { ...byId.get('typed')!, matchCase: true, matchAccents: true } as Question
    expect(mark([strict], { typed: ['Warning ladder'] }).score).toBe(0.5)
    expect(mark([strict], { typed: ['wárning ladder'] }).score).toBe(0.5)
  })

  test('a star stands for anything, in time that is bounded', () => {
    expect(matchesPattern('reflecting', 'reflect*')).toBe(true)
    expect(matchesPattern('reflect', 'reflect*')).toBe(true)
    expect(matchesPattern('mirror', '*r*r')).toBe(true)
    expect(matchesPattern('mirrors', '*r*r')).toBe(false)
    expect(matchesPattern('a'.repeat(5000), `${'a*'.repeat(200)}b`)).toBe(false)
  })
})

test('a number is read as people type it', () => {
  for (const [typed, value, said] of [
    ['15', 15, ''],
    ['15 min', 15, 'min'],
    ['3,5', 3.5, ''],
    ['1 200', 1200, ''],
    ['1,200.5', 1200.5, ''],
    ['1.200,5', 1200.5, ''],
    ['1,200', 1200, ''],
    ['−4', -4, ''],
    ['.5', 0.5, ''],
    ['20%', 20, '%'],
  ] as const)
    expect(readNumber(typed), typed).toEqual({ value, unit: said })
  for (const typed of ['', 'five', '1e', '5 5 x 5', '--4', '1.2.3.x']) readNumber(typed)
  expect(readNumber('five')).toBeNull()
  expect([earned('count', ['15 minutes']), earned('count', ['15.4 MIN'])]).toEqual([1, 1])
  expect([earned('count', ['15']), earned('count', ['15 hours']), earned('count', ['16 min'])]).toEqual([
    0.5, 0.5, 0,
  ])
})

test('of matches, gaps and neighbours in an order each right one earns its share', () => {
  const pairs = byId.get('pairs')!
  const [first, second] = kindOf(pairs).key(pairs)
  expect(earned('pairs', [first!, first!])).toBe(0.5)
  expect(earned('pairs', [second!, first!])).toBe(0)
  expect(earned('gapped', ['listen', 'leave'])).toBe(0.5)

  const steps = byId.get('steps')!
  const right = kindOf(steps).key(steps)
  const reversed = right.map(place => String(5 - Number(place)))
  expect(earned('steps', reversed)).toBe(0)
  const lastMoved = right.map(place => String((Number(place) % 4) + 1))
  expect(earned('steps', lastMoved)).toBeCloseTo(2 / 3)
  expect(unanswered([steps], { steps: ['1', '1', '2', '3'] })).toHaveLength(1)
})

test('items are never shown in their right order', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 12, maxLength: 12 }), numbers => {
      const steps = byId.get('steps')!
      const shown = kindOf(steps).shuffled(steps, () => numbers.pop() ?? 0)
      expect(kindOf(shown).key(shown)).not.toEqual(['1', '2', '3', '4'])
    }),
  )
})

test('hints cost what they say, and never more than there is', () => {
  expect(earned('one', ['a'], { one: 1 })).toBe(0.75)
  expect(earned('one', ['a'], { one: 2 })).toBe(0.25)
  expect(earned('one', ['b'], { one: 2 })).toBe(0)
  expect(paper([byId.get('one')!], {}, { one: 1 })[0]).toMatchObject({
    hints: ['Think of a door.'],
    nextHint: 0.5,
  })
})

describe('a scene', () => {
  const scene = byId.get('scene')!
  const says = (kept: string[], posted: string) =>
    answersTo([scene], { scene: [posted] }, { kept: { scene: kept }, say: 'scene' }).scene ?? []

  test('is played turn by turn: a choice stays, twice is once, and what was not reached is not shown', () => {
    expect(says([], '0:a')).toEqual(['a'])
    expect(says(['a'], '0:b')).toEqual(['a'])
    expect(says(['a'], '1:a')).toEqual(['a', 'a'])
    expect(says(['c'], '1:a')).toEqual(['c'])
    expect(answersTo([scene], { scene: ['0:b'] }, { kept: { scene: ['a'] } })).toEqual({ scene: ['a'] })
    expect(answersTo([scene], { scene: ['0:b'] })).toEqual({})
    expect(JSON.stringify(paper([scene]))).not.toContain('minute goes by')
    expect(JSON.stringify(paper([scene], { scene: ['c'] }))).toContain('moss has left')
  })

  test('earns what its choices are worth, of the best on the turns that one came to; it may end early', () => {
    expect(earned('scene', ['a', 'a'])).toBe(1)
    expect(earned('scene', ['b', 'a'])).toBeCloseTo(4 / 6)
    expect(earned('scene', ['c'])).toBe(0)
    expect(earned('scene', ['a'])).toBe(0.5)
    expect(unanswered([scene], { scene: ['c'] })).toEqual([])
    expect(unanswered([scene], { scene: ['a'] })).toHaveLength(1)
  })
})

describe('an author is told, with line and remedy,', () => {
  const problems = (yaml: string) => {
    const told: string[] = []
    readYaml({ file: 'q.yaml', text: yaml }, questionsSchema, (_, line, problem, remedy = '') =>
      told.push(`${line}: ${problem}. ${remedy}`),
    )
    return told
  }
  const turn = (name: string, next?: string) =>
    `    ${name}:\n      choices:\n        - { text: x, points: 3, coaching: y${next ? `, next: ${next}` : ''} }\n        - { text: z, points: 0, coaching: y }\n`
  const sceneOf = (...turns: string[]) => `- id: s\n  kind: chat\n  stem: s\n  turns:\n${turns.join('')}`

  test('of a turn that is never reached, one that is not there, and a scene that goes round', () => {
    expect(problems(sceneOf(turn('one'), turn('two')))).toEqual([
      '9: `two` is never reached. Let a choice lead to it with `next`, or take it out.',
    ])
    expect(problems(sceneOf(turn('one', 'three')))[0]).toMatch(/^7: `next` is 'three', which is no turn/)
    expect(problems(sceneOf(turn('one', 'two'), turn('two', 'one')))[0]).toContain('comes round to itself')
  })

  test('of gaps that do not fit their text, words that earn nothing whole, and a unit-less key', () => {
    expect(
      problems('- { id: g, kind: gaps, stem: s, text: "a [2] b", gaps: [{ accept: [x] }], feedback: f }')[0],
    ).toContain('Write [1] into it')
    expect(
      problems('- { id: t, kind: text, stem: s, accept: [{ text: x, credit: 50% }], feedback: f }')[0],
    ).toContain('has no answer that earns all of it')
    expect(
      problems('- { id: n, kind: number, stem: s, accept: [{ value: 1, credit: 0% }], feedback: f }')[0],
    ).toContain('has no answer that earns all of it')
  })

  test('of nothing where all is sound', () => {
    expect(questionsSchema.safeParse(structuredClone(written)).success).toBe(true)
  })
})
