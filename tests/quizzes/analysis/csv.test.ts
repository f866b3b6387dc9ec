import { expect, test } from 'vitest'
import { asCsv } from '../../../src/quizzes/analysis/csv.ts'
import { analyse } from '../../../src/quizzes/analysis/of-quiz.ts'
import { question } from '../made-up.ts'
import { byStrength, tries } from './handed-in.ts'

test('a stem with commas, quotes and lines is one cell, and one like a formula stays words', () => {
  const questions = [
    { ...question('q1', 'single', 'b'), stem: 'Say "hi", then\n\nwait' },
    { ...question('q2', 'single', 'b'), stem: '=HYPERLINK("https://evil.example")' },
  ]
  const csv = asCsv(
    analyse(
      { questions, draw: 2 },
      tries(
        questions,
        12,
        byStrength(n => n / 4),
      ),
    ),
  )
  expect(csv).toContain('1,q1,single,"Say ""hi"", then wait",12,0,0.750,,,,,')
  expect(csv).toContain(`2,q2,single,"'=HYPERLINK(""https://evil.example`)
})
