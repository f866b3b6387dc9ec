import { describe, expect, test } from 'vitest'
import { badge } from './small-content.ts'
import { told as toldOf } from './told.ts'

const told = (changes: Parameters<typeof toldOf>[0]) => toldOf(changes).problems
const host = badge('Host', 2, 'weeks-holding: { badge: helper, weeks: 8 }')
const duty = (more: string) => ({
  'badges/host.yaml': `${host}duties:\n  - { course: hosting, within: 2 weeks, ${more} }\n`,
})
const lapses = (lines: string) => ({ 'badges/host.yaml': `${host}lapses: ${lines}\n` })
const reasons = (...lines: string[]) => ({
  'reasons.yaml': `reasons:\n${lines.map(line => `  - ${line}\n`).join('')}`,
})
const duties = '{ id: duty, title: A duty, of: [suspension], duty: true }'
const conduct = '{ id: conduct, title: Conduct, of: [suspension, revocation] }'

describe('an author is told of', () => {
  test('nothing, where all of it is there', () => {
    expect(
      told(duty('remind: [7 days, 1 day], on-failure: { suspend: true, lapse-after: 4 weeks }')),
    ).toEqual([])
    expect(
      told(lapses('{ after: 52 weeks, notice: 4 weeks, renew: { course-complete: { course: hosting } } }')),
    ).toEqual([])
    expect(told(reasons(duties, conduct))).toEqual([])
  })

  test('a reminder as early as the grant, and a failure without any consequence', () => {
    expect(told(duty('remind: [2 weeks]'))).toEqual([
      expect.stringContaining('is as long as there is for it. Give less than `within`.'),
    ])
    expect(told(duty('on-failure: {}'))).toEqual([
      expect.stringContaining('Write `suspend: true`, or `lapse-after:`, or both.'),
    ])
    expect(told(duty('remind: [3 hours]'))).toEqual([expect.stringContaining('is counted in whole days')])
  })

  test('notice that is as long as the badge holds, and renewing that takes what is not there', () => {
    expect(told(lapses('{ after: 4 weeks, notice: 4 weeks }'))).toEqual([
      expect.stringContaining('is as long as the badge holds. Give less than `after`.'),
    ])
    expect(told(lapses('{ after: 52 weeks, renew: { course-complete: { course: hostin } } }'))).toEqual([
      expect.stringContaining("there is no course called 'hostin'. Did you mean 'hosting'?"),
    ])
  })

  test('reasons without one for a duty, with two, or with none to revoke', () => {
    const missing = expect.stringContaining('Give one of them `duty: true`') as string
    expect(told(reasons(conduct))).toEqual([missing])
    expect(told(reasons(duties, duties.replace('id: duty', 'id: other'), conduct))).toEqual([missing])
    expect(told(reasons(duties))).toEqual([
      expect.stringContaining('Put `revocation` among what one of them is `of`.'),
    ])
    expect(told({ 'reasons.yaml': null })).toEqual([expect.stringContaining('the file is missing')])
  })
})
