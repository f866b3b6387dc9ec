import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkContent } from '../../src/authoring/check.ts'
import { content } from '../../src/authoring/content.ts'
import { badge, contentFolder } from './small-content.ts'

test('the content is read once, and while someone is writing again after a change', () => {
  const folder = contentFolder()
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
  const first = content(folder)
  const file = join(folder, 'badges/host.yaml')
  writeFileSync(file, badge('Hostess', 2, 'holds: { badge: helper }'))
  utimesSync(file, new Date(), new Date(Date.UTC(2100, 0)))
  expect(content(folder)).toBe(first)

  vi.setSystemTime(1000)
  expect(content(folder).badge('host')?.title.adult).toBe('Hostess')
  vi.useRealTimers()
})

test('content with mistakes in it is refused with all of them', () => {
  const folder = contentFolder({ 'badges/host.yaml': badge('Host', 2, 'holds: { badge: halper }') })
  rmSync(join(folder, 'evidence.yaml'))
  expect(() => content(folder)).toThrow(
    [
      'The content has mistakes in it:',
      `${folder}/badges/host.yaml:7: there is no badge called 'halper'. Did you mean 'helper'?`,
      `${folder}/evidence.yaml:1: the file is missing. The site needs it.`,
    ].join('\n'),
  )
})

test('a check tells how much there is, or what is wrong', () => {
  expect(checkContent(contentFolder())).toEqual({
    problems: [],
    warnings: [],
    counts: { courses: 1, modules: 2, guides: 1, questions: 3, rubrics: 1, badges: 2 },
  })
  expect(checkContent('/nowhere')).toEqual({
    problems: [
      {
        file: '/nowhere',
        line: 1,
        problem: 'there is no such folder',
        remedy: 'Start from the folder that has `content/` in it.',
      },
    ],
    warnings: [],
    counts: null,
  })
})
