import fc from 'fast-check'
import { fsrs } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import {
  afterAll,
  afterReview,
  type Felt,
  felts,
  type Memory,
  type Review,
} from '../../../src/quizzes/recall/schedule.ts'

const DAY = 24 * 60 * 60_000

/** Answers on the very days on which they are asked; after each one what is known. */
function follow(answers: readonly Felt[], by?: ReturnType<typeof fsrs>) {
  let memory: Memory | null = null
  let now = new Date('2022-12-29T12:30:00Z')
  return answers.map(felt => {
    const after: ReturnType<typeof afterReview> = afterReview(memory, { felt, reviewedAt: now }, by)
    memory = after.memory
    now = new Date(now.getTime() + after.days * DAY)
    return after
  })
}

/** The worked examples that ts-fsrs publishes of its long-term scheduler: packages/fsrs/__tests__/impl/long-term_scheduler.test.ts. */
describe('as ts-fsrs has published', () => {
  const w = [
    ...[0.4197, 1.1869, 3.0412, 15.2441, 7.1434, 0.6477, 1.0007, 0.0674, 1.6597, 0.1712, 1.1178, 2.0225],
    ...[0.0904, 0.3025, 2.1214, 0.2498, 2.9466, 0.4891, 0.6468],
  ]
  const published = fsrs({ w, enable_short_term: false })

  const examples: {
    name: string
    felt: Felt[]
    days: number[]
    stability: number[]
    difficulty: number[]
  }[] = [
    {
      name: 'test1',
      felt: [...many('good', 6), ...many('again', 2), ...many('good', 5)],
      days: [3, 13, 48, 155, 445, 1158, 17, 3, 11, 37, 112, 307, 773],
      stability: [
        ...[3.0412, 13.09130698, 48.15848988, 154.93732625, 445.05562739, 1158.07779739, 16.63063166],
        ...[3.01732209, 11.42247264, 37.37521902, 111.8752758, 306.5974569, 772.94026648],
      ],
      difficulty: [
        ...[4.49094334, 4.26664289, 4.05746029, 3.86237659, 3.68044154, 3.51076891, 4.69833071],
        ...[5.55956298, 5.26323756, 4.98688448, 4.72915759, 4.4888015, 4.26464541],
      ],
    },
    {
      name: 'test2',
      felt: ['again', 'hard', 'good', 'easy', 'again', 'hard', 'good', 'easy'],
      days: [1, 2, 6, 41, 4, 7, 21, 133],
      stability: [
        ...[0.4197, 1.0344317, 5.5356759, 41.0033667, 4.46605519, 6.67743292, 20.88868155, 132.81849454],
      ],
      difficulty: [
        ...[7.1434, 7.03653841, 6.64066485, 5.92312772, 6.44779861, 6.45995078, 6.10293922, 5.36588547],
      ],
    },
    {
      name: 'test5',
      felt: ['easy', 'again', 'hard', 'good', 'easy', 'again', 'hard', 'good'],
      days: [15, 3, 6, 27, 240, 10, 17, 60],
      stability: [
        ...[15.2441, 3.25621013, 6.32684549, 26.56339029, 239.70462771, 9.75621519, 17.06035531, 59.59547542],
      ],
      difficulty: [
        ...[1.16304343, 2.99573557, 3.59851762, 3.43436666, 2.60045771, 4.03816348, 4.46259158, 4.24020203],
      ],
    },
  ]

  test.each(examples)('$name', ({ felt, days, stability, difficulty }) => {
    const after = follow(felt, published)
    expect(after.map(one => one.days)).toEqual(days)
    expect(after.map(({ memory }) => memory.stability)).toEqual(stability)
    expect(after.map(({ memory }) => memory.difficulty)).toEqual(difficulty)
  })
})

test('what was wrong comes tomorrow; the easier a right answer felt, the later it comes', () => {
  expect(felts.map(felt => follow([felt])[0]?.days)).toEqual([1, 2, 3, 8])
})

test('a slip makes the next time come soon, whatever went before, and is counted', () => {
  const after = follow(['good', 'good', 'good', 'again'])
  expect(after[3]!.days).toBeLessThan(after[2]!.days)
  expect(after[3]!.memory).toMatchObject({ lapses: 1, reviews: 4 })
})

const anyAnswers = fc.array(
  fc.record({ felt: fc.constantFrom(...felts), hours: fc.integer({ min: 0, max: 24 * 400 }) }),
  { minLength: 1, maxLength: 25 },
)

test('whoever answers whenever: it is asked again within half a year, and the same answers lead to the same day', () => {
  fc.assert(
    fc.property(anyAnswers, answers => {
      let at = Date.parse('2026-01-01T20:00:00Z')
      const reviews: Review[] = answers.map(({ felt, hours }) => {
        at += hours * 60 * 60_000
        return { felt, reviewedAt: new Date(at) }
      })
      const after = afterAll(reviews)!
      expect(after.days).toBeGreaterThanOrEqual(1)
      expect(after.days).toBeLessThanOrEqual(183)
      expect(afterAll(reviews)).toEqual(after)
      expect(after.memory.reviews).toBe(reviews.length)
    }),
  )
})

function many(felt: Felt, times: number): Felt[] {
  return Array.from({ length: times }, () => felt)
}
