import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGift } from '../../../../src/quizzes/exchange/gift/read-gift.ts'
import { writeGift } from '../../../../src/quizzes/exchange/gift/write-gift.ts'
import type { Question } from '../../../../src/quizzes/questions/question.ts'
import { anyQuestion, picture, told } from '../any-question.ts'

const read = (text: string) => readGift(text, name => name === picture)

/** What GIFT has no place for, taken off. */
const withoutWhatGiftLacks = (question: Question): Question => ({
  ...question,
  ...{ points: undefined, hints: undefined, difficulty: undefined },
  ...('whole' in question ? { whole: undefined } : {}),
  ...('unit' in question ? { unit: undefined } : {}),
  ...('matchCase' in question ? { matchCase: false, matchAccents: false } : {}),
})

test('any sound questions that go out as GIFT come back the same, but for what the export counts as left out', () => {
  fc.assert(
    fc.property(
      fc.array(anyQuestion('single', 'multiple', 'true-false', 'text', 'number', 'matching', 'gaps'), {
        maxLength: 6,
      }),
      questions => {
        const { text, written, leftOut } = writeGift(questions)
        const { found, skipped } = read(text)
        expect(skipped).toEqual([])
        expect(found).toHaveLength(written)
        const lost = leftOut.filter(one => one.questions).reduce((sum, { count }) => sum + count, 0)
        expect(written + lost).toBe(questions.length)
        const back = found.map(({ name, question }) => told({ ...question, id: name }, false))
        for (const one of back)
          expect(questions.map(question => told(withoutWhatGiftLacks(question), false))).toContainEqual(one)
      },
    ),
    { numRuns: 400 },
  )
})
