import { admin } from './admin.ts'
import { badges } from './badges.ts'
import { boards } from './boards.ts'
import { calibration } from './calibration.ts'
import { certificates } from './certificates.ts'
import { comments } from './comments.ts'
import { courses } from './courses.ts'
import { decisions } from './decisions.ts'
import { discussions } from './discussions.ts'
import { disputes } from './disputes.ts'
import { drafts } from './drafts.ts'
import { following } from './following.ts'
import { grading } from './grading.ts'
import { guides } from './guides.ts'
import { own } from './own.ts'
import { pace } from './pace.ts'
import { people } from './people.ts'
import { practice } from './practice.ts'
import { quizzes } from './quizzes.ts'
import { recall } from './recall.ts'
import { reports } from './reports.ts'
import { rules } from './rules.ts'
import { webhooks } from './webhooks.ts'

/** Every write of the site, by room. The name of each is its address: `?_action=people.signIn`. */
export const server = {
  admin,
  badges,
  boards,
  calibration,
  certificates,
  comments,
  courses,
  decisions,
  discussions,
  disputes,
  drafts,
  following,
  grading,
  guides,
  own,
  pace,
  people,
  practice,
  quizzes,
  recall,
  reports,
  rules,
  webhooks,
}
