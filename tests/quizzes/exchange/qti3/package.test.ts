import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { content } from '../../../../src/authoring/content.ts'
import { exportQuestions } from '../../../../src/quizzes/exchange/export.ts'
import { readPackage } from '../../../../src/quizzes/exchange/qti3/package.ts'
import { xmlFilesIn } from '../../../../src/quizzes/exchange/qti3/zip.ts'
import type { Question } from '../../../../src/quizzes/questions/question.ts'
import { picture } from '../any-question.ts'

const withPicture = (id: string): Question => ({
  ...{ id, kind: 'true-false', feedback: undefined, answer: true, tags: ['ladder'] },
  stem: `It starts at the bottom.\n\n![A ladder](pictures/${picture})`,
  options: [
    { id: 'true', text: 'True', correct: true, feedback: undefined },
    { id: 'false', text: 'False', correct: false, feedback: undefined },
  ],
})

const { bytes } = exportQuestions(
  [{ id: 'a-course/a-module', questions: [withPicture('one'), withPicture('two')] }],
  'qti3',
  content().pictures,
)

test('a picture stands in the package once, beside the items that show it, and the manifest names it for each', () => {
  const file = `items/a-course/a-module/pictures/${picture}`
  const [manifest] = xmlFilesIn(bytes).filter(({ name }) => name === 'imsmanifest.xml')
  expect(Buffer.from(manifest!.bytes).toString().split(`<file href="${file}"/>`)).toHaveLength(3)
  const zip = Buffer.from(bytes)
  const at = zip.indexOf(file)
  // Its name stands before its bytes, and once more in the directory at the end.
  expect(zip.toString('latin1').split(file)).toHaveLength(3)
  const packed = zip.subarray(at + file.length, at + file.length + zip.readUInt32LE(at - 12))
  expect(inflateRawSync(packed).toString()).toMatch(/^<svg/)
})

test('its questions come back with the picture, where the site has it, and else say where to save it', () => {
  const back = readPackage(bytes, name => name === picture)
  expect(back.found.map(({ draft }) => draft.stem)).toEqual([
    withPicture('one').stem,
    withPicture('two').stem,
  ])
  const [skip] = readPackage(bytes, () => false).skipped
  expect(skip?.remedy).toBe(`Save it as \`content/pictures/${picture}\`, and try again.`)
})
