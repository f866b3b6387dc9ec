import { mean } from './mean.ts'

/**
 * The facility index: the mean share of a question's points that was earned, from 0 (nobody earned anything) to 1. For
 * right and wrong it is the difficulty index p, the share of people who have it right. Null from nobody.
 *
 * Moodle documentation, "Quiz statistics calculations", facility index: mean score over the range of scores.
 */
export const facility = (shares: readonly number[]): number | null => mean(shares)
