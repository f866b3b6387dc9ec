import type { TitleByAgeBand } from '../authoring/text.ts'
import type { Content } from '../authoring/content.ts'
import type { Badge } from './badge.ts'
import type { Criterion } from './criterion.ts'
import { inWords, type Words } from './words.ts'

/** A badge as it stood when something was decided on it, as the certification record keeps it. */
export interface FrozenBadge {
  title: TitleByAgeBand
  summary: string
  criteria: Criterion
  /** Which version of them it is: 1, 2, … Not said in what was decided before versions were counted. */
  version?: number
  /** The criteria in the words of that day, since courses and kinds of evidence may be renamed. */
  words: Words
  /** For a grant: the last day (UTC) on which it is valid, if it lapses. */
  expiresOn: string | null
}

export const frozen = (content: Content, badge: Badge, expiresOn: string | null = null): FrozenBadge => ({
  title: badge.title,
  summary: badge.summary,
  criteria: badge.criteria,
  ...(badge.version !== undefined && { version: badge.version }),
  words: inWords(badge.criteria, content.outline),
  expiresOn,
})
