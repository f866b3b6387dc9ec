import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQti3 } from '../../../../src/quizzes/exchange/qti3/read-qti3.ts'
import { writeQti3 } from '../../../../src/quizzes/exchange/qti3/write-qti3.ts'
import type { Question } from '../../../../src/quizzes/questions/question.ts'
import { anyQuestion, picture, told } from '../any-question.ts'

const read = (text: string) => readQti3(text, name => name === picture)

/** What the export counts as left out, taken off. */
const withoutWhatQtiLacks = (question: Question): Question =>
  question.kind === 'gaps'
    ? {
        ...question,
        gaps: question.gaps.map(gap =>
          gap.as === 'typed'
            ? { ...gap, accept: gap.accept.map(one => ({ ...one, feedback: undefined })) }
            : gap,
        ),
      }
    : question

test('any sound question that goes out as QTI 3 comes back the same, but for what the export counts as left out', () => {
  fc.assert(
    fc.property(anyQuestion(), question => {
      const { items, leftOut } = writeQti3([question])
      if (items.length === 0) {
        expect(leftOut.some(one => one.questions)).toBe(true)
        return
      }
      const { found, skipped } = read(items[0]!.xml)
      expect(skipped).toEqual([])
      const back = found.map(({ name, question: one }) => told({ ...one, id: name }, true))
      expect(back).toEqual([told(withoutWhatQtiLacks(question), true)])
      const parts = found.flatMap(one => one.parts.map(({ reason }) => reason))
      expect(parts).toEqual(question.kind === 'ordering' ? ['neighbours in the right order earn a part'] : [])
    }),
    { numRuns: 600 },
  )
})
