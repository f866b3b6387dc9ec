import type { Db } from '../../db/client.ts'
import { holdSubmission, pauseWhileWorried } from '../../src/grading/pausing.ts'
import type { Person } from '../../src/people/person.ts'
import { reportedPost } from '../../src/reports/case.ts'
import { handleReports } from '../../src/reports/handle.ts'
import { reportPost } from '../../src/reports/report.ts'
import { lenient } from '../discussions/deeds.ts'

export const worried = 'worried'
export const unkind = 'unkind'

/** Reports a post, as the form does. */
export const report = (db: Db, person: Person, post: number, reason = unkind, words = '') =>
  db.transaction(async tx => {
    await holdSubmission(tx, post)
    await reportPost(tx, lenient, person, { post, reason, words })
    await pauseWhileWorried(tx, post)
  })

/** Handles what was reported, as the form does. */
export const handle = (
  db: Db,
  person: Person,
  {
    report,
    seen = Number.MAX_SAFE_INTEGER,
    outcome = 'We talked.',
  }: { report: number; seen?: number; outcome?: string },
) =>
  db.transaction(async tx => {
    await holdSubmission(tx, await reportedPost(tx, report))
    const post = await handleReports(tx, lenient, person, { report, seen, outcome })
    await pauseWhileWorried(tx, post.id)
  })
