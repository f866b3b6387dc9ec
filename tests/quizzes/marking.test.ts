import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draw } from '../../src/quizzes/drawing.ts'
import { isPass, mark, paper } from '../../src/quizzes/marking.ts'
import type { Choice, ChoicePaper } from '../../src/quizzes/questions/choice.ts'
import { quizOf } from './made-up.ts'

const choice = (id: string, kind: Choice['kind'], right: string): Choice => ({
  id,
  kind,
  stem: `What about ${id}?`,
  options: ['a', 'b', 'c', 'd'].map(option => ({
    id: option,
    text: `Option ${option}`,
    correct: right.includes(option),
    feedback: `KEY: it is ${right}`,
  })),
})

const single = choice('single', 'single', 'b')
const multiple = choice('multiple', 'multiple', 'ac')

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('drawing', () => {
  const questions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(id => choice(id, 'single', 'a'))

  test('takes as many as the quiz says, none twice, in the order of the file', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(unit, { minLength: 8, maxLength: 8 }),
        (count, numbers) => {
          const { questions: drawn } = draw(quizOf('q', { questions, draw: count }), () => numbers.pop() ?? 0)
          const ids = drawn.map(({ id }) => id)
          expect(ids).toHaveLength(count)
          expect(ids).toEqual([...new Set(ids)].toSorted())
        },
      ),
    )
  })

  test('gives every question its turn', () => {
    const turns = new Map<string, number>()
    const step = 0.618033988749895
    let seed = 0
    for (let round = 0; round < 4000; round++)
      for (const { id } of draw(quizOf('q', { questions, draw: 2 }), () => (seed = (seed + step) % 1))
        .questions)
        turns.set(id, (turns.get(id) ?? 0) + 1)
    expect(turns.size).toBe(8)
  })
})

describe('marking', () => {
  test('a single choice is right when its one right option is chosen', () => {
    expect(mark([single], { single: ['b'] })).toEqual({
      marks: [{ question: 'single', answer: ['b'], right: true, earned: 1, points: 1 }],
      score: 1,
      outOf: 1,
    })
    for (const chosen of [['a'], ['a', 'b'], ['z'], []])
      expect(mark([single], { single: chosen }).score).toBe(0)
  })

  test('a multiple choice is right when exactly its right options are chosen, in any order', () => {
    expect(mark([multiple], { multiple: ['c', 'a'] })).toMatchObject({ score: 1, marks: [{ right: true }] })
    for (const chosen of [['a'], ['a', 'b', 'c'], ['a', 'b'], ['a', 'b', 'c', 'd'], []])
      expect(mark([multiple], { multiple: chosen }).marks[0]!.right).toBe(false)
  })

  test('of a multiple choice each right option earns a share, and each wrong one takes one away: ticking all earns nothing', () => {
    const earned = (chosen: string[]) => mark([multiple], { multiple: chosen }).score
    expect([earned(['a']), earned(['a', 'c', 'b']), earned(['a', 'b'])]).toEqual([0.5, 0.5, 0])
    expect([earned(['a', 'b', 'c', 'd']), earned(['b']), earned([])]).toEqual([0, 0, 0])
    const whole = { ...multiple, whole: true }
    expect(mark([whole], { multiple: ['a'] }).score).toBe(0)
  })

  test('what is not answered, or not asked, earns nothing', () => {
    expect(mark([single, multiple], { single: ['b'], other: ['b'] })).toMatchObject({ score: 1, outOf: 2 })
    expect(mark([choice('constructor', 'single', 'a')], {}).score).toBe(0)
  })

  test('choosing the same option twice is choosing it once', () => {
    expect(mark([single], { single: ['b', 'b'] })).toMatchObject({ score: 1, marks: [{ answer: ['b'] }] })
  })

  test('four of five is 80 per cent, to the point', () => {
    expect(isPass({ score: 4, outOf: 5 }, 80)).toBe(true)
    expect(isPass({ score: 3, outOf: 5 }, 80)).toBe(false)
    expect(isPass({ score: 2, outOf: 3 }, 67)).toBe(false)
    expect(isPass({ score: 0, outOf: 0 }, 1)).toBe(false)
  })
})

test('the paper never holds a key or feedback, whatever else a question comes to hold', () => {
  const extra = fc.dictionary(
    fc.constantFrom('correct', 'feedback', 'answer', 'explanation', 'key'),
    fc.string(),
  )
  const options = fc.array(
    fc.tuple(extra, fc.boolean(), fc.string()).map(([more, correct, feedback]) => ({
      ...more,
      ...{ id: 'a', text: 'text', correct, feedback },
    })),
  )
  const questions = fc.array(
    fc
      .tuple(extra, options)
      .map(([more, options]) => ({ ...more, id: 'q', kind: 'single' as const, stem: 's', options })),
  )
  fc.assert(
    fc.property(questions, asked => {
      for (const question of paper(asked)) {
        expect(Object.keys(question)).toEqual(['id', 'stem', 'asked', 'open', 'hints', 'nextHint'])
        const { asked } = question as { asked: ChoicePaper }
        expect(Object.keys(asked)).toEqual(['kind', 'options'])
        for (const option of asked.options) expect(Object.keys(option)).toEqual(['id', 'text'])
      }
    }),
  )
  expect(JSON.stringify(paper([single, multiple]))).not.toMatch(/KEY|correct|feedback/)
})
