import { describe, expect, test } from 'vitest'
import { questionExamples } from '../../src/authoring/question-examples.ts'
import { quiz, told } from './told.ts'

/** A quiz of one question, as the examples write it and changed so; its first line is the fourth of the file. */
function quizOf(kind: keyof typeof questionExamples, from: string, to: string): Record<string, string> {
  const source = questionExamples[kind].trim()
  const text = source.replace(from, to)
  expect(text).not.toBe(source)
  return { [quiz]: `pass-mark: 80\n# Questions.\nquestions:\n  - ${text.replaceAll('\n', '\n    ')}\n` }
}

describe('an author is told of a question nobody could answer, by its line', () => {
  test('a branch of a scene that nothing leads to', () => {
    expect(told(quizOf('chat', '        next: rough-week\n', '')).problems).toEqual([
      expect.stringMatching(
        /^courses\/hosting\/quizzes\/welcome\.yaml:21: `rough-week` is never reached\. Let a choice lead to it/,
      ),
    ])
  })

  test('a branch that leads to no turn', () => {
    expect(told(quizOf('chat', 'next: rough-week', 'next: rough-weak')).problems).toContainEqual(
      expect.stringContaining(`${quiz}:17: \`next\` is 'rough-weak', which is no turn of the scene.`),
    )
  })

  test('a choice without a key', () => {
    expect(told(quizOf('single', '    correct: true\n', '')).problems).toEqual([
      expect.stringContaining(`${quiz}:7: \`options\` has no right answer. Mark one with \`correct: true\`.`),
    ])
  })

  test('a text, a number and a gap that earn nothing', () => {
    expect(told(quizOf('number', 'tolerance: 1', 'tolerance: 1, credit: 50%')).problems).toEqual([
      expect.stringContaining(`${quiz}:7: \`accept\` has no answer that earns all of it.`),
    ])
    expect(told(quizOf('gaps', 'correct: insults', 'correct: shouting')).problems).toEqual([
      expect.stringMatching(
        /welcome\.yaml:10: item 2 of `gaps` has a right word that is none of its options/,
      ),
    ])
  })
})
