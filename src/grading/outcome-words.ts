import type { Outcome, Rule } from './decide.ts'

/** What a mentor made of a reflection, in words. */
export const outcomeWords: Record<Outcome, string> = {
  pass: 'Passed',
  distinction: 'Passed with distinction',
  return: 'Returned for another try',
}

/** How a result came about, where that is worth saying to its author. */
export const ruleWords = (rule: Rule): string | null =>
  ({
    only: null,
    first: 'Two mentors have read it, each for themselves.',
    mean: 'Two mentors have read it, each for themselves; this is the middle of the two.',
    higher: 'Two mentors have read it, each for themselves.',
    adjudicated: 'Two mentors saw it differently, so a third has looked at it all.',
    appeal: 'This is the second look that was asked for.',
  })[rule]
