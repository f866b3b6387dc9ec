import { describe, expect, test } from 'vitest'
import { sentence } from '../../../src/authoring/problem.ts'
import { readContent } from '../../../src/authoring/reading.ts'
import { contentFolder } from '../../authoring/small-content.ts'

const file = 'courses/hosting/calibration.yaml'
const anchor = (id: string) => `  - id: ${id}
    module: welcome
    text: Somebody said hello to me.
    outcome: pass
    note: It answers the question.
    levels: { honest: there }
    reasons: { honest: It is told plainly. }
`
const sound = `anchors:\n${['one', 'two', 'three'].map(anchor).join('')}`

const read = (text: string, more: Record<string, string | null> = {}) => {
  const folder = contentFolder({ [file]: text, ...more })
  const { content, problems } = readContent(folder)
  return { content, told: problems.map(problem => sentence(problem).replace(`${folder}/`, '')) }
}
const edited = (from: string, to: string) => {
  const text = sound.replace(from, to)
  expect(text).not.toBe(sound)
  return read(text).told
}

test('a course has the anchors that its author wrote, with what they ask by themselves', () => {
  const { content, told } = read(sound)
  expect(told).toEqual([])
  expect(content!.course('hosting')!.calibration).toMatchObject({ tolerance: 1, pass: 0.8 })
  expect(content!.course('hosting')!.calibration!.anchors).toHaveLength(3)
  expect(content!.course('hosting')!.calibration!.anchors[0]).toEqual({
    id: 'one',
    module: 'hosting/welcome',
    text: 'Somebody said hello to me.',
    outcome: 'pass',
    note: 'It answers the question.',
    levels: { honest: 'there' },
    reasons: { honest: 'It is told plainly.' },
  })
})

test('a course without the file has no calibration', () => {
  const { content } = readContent(contentFolder())
  expect(content!.course('hosting')!.calibration).toBeUndefined()
})

describe('an author is told, with file, line and remedy', () => {
  test('of a module that is not there, or asks nothing', () => {
    expect(edited('module: welcome', 'module: welcom')).toEqual([
      `${file}:3: there is no module called 'welcom'. Did you mean 'welcome'?`,
    ])
    expect(edited('module: welcome', 'module: goodbye')).toEqual([
      `${file}:3: the module 'goodbye' has no reflection. Choose a module that asks a question.`,
    ])
  })

  test('of a level or a criterion that the rubric does not have', () => {
    expect(edited('levels: { honest: there }', 'levels: { honest: ther }')).toEqual([
      `${file}:7: there is no level of 'honest' called 'ther'. Did you mean 'there'?`,
    ])
    expect(edited('levels: { honest: there }', 'levels: { honest: there, kind: there }')).toEqual([
      `${file}:7: there is no criterion called 'kind'. There is 'honest'.`,
    ])
  })

  test('of a criterion without a level or without a reason', () => {
    const remedy = "Write a line for each criterion of the rubric: 'honest'."
    expect(edited('levels: { honest: there }', 'levels: {}')).toEqual([
      `${file}:7: \`levels\` of 'one' leaves out 'honest'. ${remedy}`,
    ])
    expect(edited('reasons: { honest: It is told plainly. }', 'reasons: {}')).toEqual([
      `${file}:8: \`reasons\` of 'one' leaves out 'honest'. ${remedy}`,
    ])
  })

  test('of two anchors of one name, of too few, and of an outcome that is none', () => {
    expect(edited('id: two', 'id: one')).toEqual([
      `${file}:9: \`id\` 'one' stands here twice. Give each its own name.`,
    ])
    expect(read(`anchors:\n${anchor('one')}`).told).toEqual([`${file}:1: \`anchors\` needs 3 items.`])
    expect(edited('outcome: pass', 'outcome: passed')).toEqual([
      `${file}:5: \`outcome\` cannot be 'passed'. Did you mean 'pass'?`,
    ])
  })

  test('of what is missing, unknown, or beyond what can be asked', () => {
    expect(edited('    note: It answers the question.\n', '')).toEqual([
      `${file}:2: \`note\` is missing. Add \`note:\`, why that outcome, one or two sentences.`,
    ])
    expect(read(`tolerence: 1\n${sound}`).told).toEqual([
      `${file}:1: the file has 'tolerence', which means nothing here. Did you mean 'tolerance'?`,
    ])
    expect(read(`pass: 1.2\n${sound}`).told).toEqual([`${file}:1: \`pass\` is 1.2, and 1 is the most.`])
    expect(read(`tolerance: 0.5\n${sound}`).told).toEqual([
      `${file}:1: \`tolerance\` should be a whole number. Write it in digits, without quotation marks.`,
    ])
  })

  test('of a calibration in a folder that is no course', () => {
    expect(read(sound, { 'courses/hostin/calibration.yaml': sound }).told).toEqual([
      "courses/hostin/calibration.yaml:1: there is no course 'hostin' for this calibration. Did you mean 'hosting'?",
    ])
  })

  test('once of a rubric with a mistake in it, and not of the anchors that follow it', () => {
    const { told } = read(sound, { 'rubrics/plain.yaml': 'title: Plain\n' })
    expect(told.filter(line => line.startsWith(file))).toEqual([])
  })
})

describe('the content that ships', () => {
  const { courses } = readContent().content!
  test.each(courses)('$id has four to six anchors, of all three outcomes', ({ calibration }) => {
    expect(calibration!.anchors.length).toBeGreaterThanOrEqual(4)
    expect(calibration!.anchors.length).toBeLessThanOrEqual(6)
    expect(new Set(calibration!.anchors.map(({ outcome }) => outcome)).size).toBe(3)
    for (const { text } of calibration!.anchors) {
      expect(text.split(/\s+/).length).toBeGreaterThanOrEqual(80)
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(250)
    }
  })

  test.each(courses)(
    'nobody passes $id by giving everything the same level and outcome',
    ({ calibration }) => {
      for (const level of ['not-yet', 'partly', 'there'])
        for (const outcome of ['pass', 'distinction', 'return']) {
          const all = calibration!.anchors.flatMap(anchor => [
            ...Object.values(anchor.levels).map(reference => reference === level),
            anchor.outcome === outcome,
          ])
          expect(all.filter(Boolean).length / all.length, `${level}, ${outcome}`).toBeLessThan(
            calibration!.pass,
          )
        }
    },
  )
})
