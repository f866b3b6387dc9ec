import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { reviewStanding, reviewStandings } from '../badges/review-standing.ts'
import { forgetDraft } from '../drafts/forget-draft.ts'
import { appealInput, appealResult } from '../grading/appeal.ts'
import { claimMarking, releaseClaim } from '../grading/claims.ts'
import { gradeInput, gradeMarking } from '../grading/grade.ts'
import { releaseBatch } from '../grading/held.ts'
import { deskHref, filterIn } from '../grading/desk/links.ts'
import { claimNext } from '../grading/next.ts'
import type { DeskFilter } from '../grading/queue.ts'
import type { Outcomes } from '../grading/settle.ts'
import type { Person } from '../people/person.ts'
import { type Done, formAction } from './form-action.ts'

const marking = z.coerce.number().int().min(1)
/** How the desk is filtered, as its address says it, so that it stays so from one reflection to the next. */
const from = z
  .string()
  .max(600)
  .default('')
  .transform(query => filterIn(new URLSearchParams(query)))
/** By which a page names itself that holds a claim. */
const page = z.uuid().optional()

export const grading = {
  claim: formAction(z.object({ marking, page, from }), async (tx, mentor, { marking, page, from }) => {
    await claimMarking(tx, content(), mentor, marking, page)
    return { redirect: deskHref(from, marking) }
  }),

  claimNext: formAction(z.object({ from }), (tx, mentor, { from }) => onToNext(tx, mentor, '', from)),

  release: formAction(z.object({ marking, page, from }), async (tx, mentor, { marking, page, from }) => {
    await releaseClaim(tx, mentor, marking, page)
    return { redirect: deskHref(from), flash: 'It is back on the desk, for anyone to take.' }
  }),

  grade: formAction(gradeInput.extend({ from }), async (tx, mentor, { from, ...values }) => {
    const { authorId, became } = await gradeMarking(tx, content(), mentor, values)
    await forgetDraft(tx, mentor, `grade:${values.marking}`)
    await forgetDraft(tx, mentor, `to-change:${values.marking}`)
    await reviewStanding(tx, content(), authorId)
    return onToNext(tx, mentor, wordsFor(values.outcome, became), from)
  }),

  releaseBatch: formAction(
    z.object({ cohort: z.coerce.number().int().min(1), module: z.string().max(160) }),
    async (tx, mentor, values) => {
      const { authorIds } = await releaseBatch(tx, content(), mentor, values)
      await reviewStandings(tx, content(), authorIds)
      const count = authorIds.length
      return {
        redirect: '/desk/held',
        flash: `${count} ${count === 1 ? 'answer has' : 'answers have'} gone out.`,
      }
    },
  ),

  appeal: formAction(appealInput, async (tx, person, values) => {
    const { module } = await appealResult(tx, content(), person, values)
    await forgetDraft(tx, person, `appeal:${values.result}`)
    return {
      redirect: `/courses/${module}#reflection`,
      flash: 'Thank you for saying so. A mentor who has not marked it yet will look again.',
    }
  }),
}

function wordsFor(outcome: 'pass' | 'distinction' | 'return', became: Outcomes['became']): string {
  if (became === 'asked-another') return 'Saved. Another mentor reads it too before its author hears.'
  if (became === 'held') return 'Saved, and held until its batch is released.'
  return { pass: 'Passed.', distinction: 'Passed with distinction.', return: 'Returned for another try.' }[
    outcome
  ]
}

/** Leads a mentor to the next marking, which is then theirs, or back to the desk. */
async function onToNext(tx: Tx, mentor: Person, done: string, filter: DeskFilter): Promise<Done> {
  const next = await claimNext(tx, content(), mentor, filter)
  const flash = next === null ? `${done} Nothing else waits for you.`.trim() : done
  return { redirect: deskHref(filter, next), ...(flash && { flash }) }
}
