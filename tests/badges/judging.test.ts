import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '../../src/badges/criteria.ts'
import type { Criterion } from '../../src/badges/criterion.ts'
import { plusDays } from '../../src/badges/day.ts'
import { ALWAYS, isMetOn } from '../../src/badges/days-met.ts'
import { nextStep } from '../../src/badges/next-step.ts'
import type { Standing } from '../../src/badges/standing.ts'
import { both, criteria, days, facts, monotone, outline } from './arbitrary.ts'

describe('whatever the criterion and the facts', () => {
  test('more facts never unmeet anything', () => {
    fc.assert(
      fc.property(monotone, facts, facts, days, (criterion, some, more, today) => {
        const before = judge(criterion, some, today, outline)
        const after = judge(criterion, both(some, more), today, outline)
        expect(!before.met || after.met).toBe(true)
        expect(before.metFrom === null || (after.metFrom !== null && after.metFrom <= before.metFrom)).toBe(
          true,
        )
      }),
    )
  })

  test('it is met from the day that it says, and not the day before', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        const { metFrom, metUntil, met } = judge(criterion, some, today, outline)
        expect(met).toBe(metFrom !== null && metFrom <= today)
        if (metFrom !== null && metFrom !== ALWAYS) {
          expect(judge(criterion, some, metFrom, outline)).toMatchObject({ met: true, metFrom })
          expect(judge(criterion, some, plusDays(metFrom, -1), outline)).toMatchObject({
            met: false,
            metFrom,
          })
        }
        if (metUntil === null) return
        expect(judge(criterion, some, metUntil, outline).met).toBe(false)
        expect(judge(criterion, some, plusDays(metUntil, -1), outline)).toMatchObject({ met: true, metUntil })
      }),
    )
  })

  test('the days that it names are the same on whatever day it is asked', () => {
    fc.assert(
      fc.property(criteria, facts, days, days, (criterion, some, today, another) => {
        const { metOn } = judge(criterion, some, today, outline)
        expect(metOn).toEqual([...new Set(metOn)].toSorted())
        expect(judge(criterion, some, another, outline)).toMatchObject({
          ...{ metOn, met: isMetOn(metOn, another) },
        })
      }),
    )
  })

  test('what must not be is met exactly when it is not, and twice turned round is as it was', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        const judged = judge(criterion, some, today, outline)
        const not: Criterion = { kind: 'not', criterion }
        expect(judge(not, some, today, outline).met).toBe(!judged.met)
        expect(judge({ kind: 'not', criterion: not }, some, today, outline).metOn).toEqual(judged.metOn)
      }),
    )
  })

  test('all, any and so many of them are one and the same rule', () => {
    fc.assert(
      fc.property(fc.array(criteria, { minLength: 1, maxLength: 4 }), facts, days, (parts, some, today) => {
        const on = (criterion: Criterion) => judge(criterion, some, today, outline).metOn
        expect(on({ kind: 'at-least', count: parts.length, criteria: parts })).toEqual(
          on({ kind: 'all', criteria: parts }),
        )
        expect(on({ kind: 'at-least', count: 1, criteria: parts })).toEqual(
          on({ kind: 'any', criteria: parts }),
        )
      }),
    )
  })

  test('every part has words, and enough is what is met', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        for (const part of parts(judge(criterion, some, today, outline))) {
          expect(part.label).not.toBe('')
          expect(part.met).toBe(part.have >= part.need)
        }
      }),
    )
  })

  test('there is a next step exactly when it is not met', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        const judged = judge(criterion, some, today, outline)
        expect(nextStep(judged) === undefined).toBe(judged.met)
      }),
    )
  })
})

const parts = (standing: Standing): Standing[] =>
  'criteria' in standing ? [standing, ...standing.criteria.flatMap(parts)] : [standing]
