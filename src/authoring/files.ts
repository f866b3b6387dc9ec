import type { z } from 'zod'
import { badgeSchema } from '../badges/badge.ts'
import { reasonsSchema } from '../badges/holding/reason.ts'
import { courseSchema, moduleSchema } from '../courses/course.ts'
import { helplinesSchema } from '../courses/helplines.ts'
import { issuerSchema } from '../credentials/issuer.ts'
import { discussionsSchema } from '../discussions/choices.ts'
import { crisisWordsSchema } from '../discussions/composer/crisis-words.ts'
import { calibrationSchema } from '../grading/calibration/anchors.ts'
import { rubricSchema } from '../grading/rubric.ts'
import { guideSchema } from '../guides/guide.ts'
import { checklistSchema } from '../practice/checklist.ts'
import { evidenceKindsSchema } from '../practice/evidence-kind.ts'
import { bankSchema } from '../quizzes/bank.ts'
import { quizSchema } from '../quizzes/quiz.ts'
import { reportsSchema } from '../reports/reasons.ts'
import { renamedSchema } from './renamed.ts'

type Kind = {
  readonly title: string
  /** Below `content/`; what is in brackets are its names. */
  readonly path: string
  /** Of the whole file, or of the particulars at the top of a page. */
  readonly schema: z.ZodType
}

/** Every kind of file that authors write, in the order in which the reference tells of them. */
export const files = {
  courses: { title: 'Course', path: 'courses/<course>/course.yaml', schema: courseSchema },
  modules: { title: 'Module', path: 'courses/<course>/<01-module>.mdx', schema: moduleSchema },
  quizzes: { title: 'Quiz', path: 'courses/<course>/quizzes/<module>.yaml', schema: quizSchema },
  banks: { title: 'Bank of questions', path: 'banks/<bank>.yaml', schema: bankSchema },
  guides: { title: 'Guide', path: 'guides/<guide>.mdx', schema: guideSchema },
  badges: { title: 'Badge', path: 'badges/<badge>.yaml', schema: badgeSchema },
  checklists: { title: 'Checklist', path: 'checklists/<checklist>.yaml', schema: checklistSchema },
  reasons: { title: 'Reasons to take a badge away', path: 'reasons.yaml', schema: reasonsSchema },
  rubrics: { title: 'Rubric', path: 'rubrics/<rubric>.yaml', schema: rubricSchema },
  calibrations: {
    title: 'Calibration',
    path: 'courses/<course>/calibration.yaml',
    schema: calibrationSchema,
  },
  evidence: { title: 'Kinds of evidence', path: 'evidence.yaml', schema: evidenceKindsSchema },
  discussions: { title: 'Discussions', path: 'discussions.yaml', schema: discussionsSchema },
  reports: { title: 'Reasons to report a post', path: 'reports.yaml', schema: reportsSchema },
  'crisis-words': { title: 'Words of a crisis', path: 'crisis-words.yaml', schema: crisisWordsSchema },
  helplines: { title: 'Helplines', path: 'helplines.yaml', schema: helplinesSchema },
  issuer: { title: 'Issuer', path: 'issuer.yaml', schema: issuerSchema },
  renamed: { title: 'Names that changed', path: 'renamed.yaml', schema: renamedSchema },
} satisfies Record<string, Kind>

export type Place = keyof typeof files

export const places = Object.keys(files) as Place[]

/** What a checked file of a kind says. */
export type Said<P extends Place> = z.output<(typeof files)[P]['schema']>
