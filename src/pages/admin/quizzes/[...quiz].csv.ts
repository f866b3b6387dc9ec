import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { content } from '../../../authoring/content.ts'
import { NotFound, signedIn } from '../../../errors.ts'
import { asCsv } from '../../../quizzes/analysis/csv.ts'
import { analysisOf } from '../../../quizzes/analysis/one-quiz.ts'
import { canSeeAnalysis } from '../../../quizzes/policy.ts'

/** The figures of a quiz's questions, for a spreadsheet. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const person = signedIn(locals)
  if (!canSeeAnalysis(person)) throw new NotFound()
  const which = url.searchParams.get('tries') === 'all' ? 'all' : 'first'
  const { quiz, analysis } = await analysisOf(db(), content(), person, params.quiz ?? '', which)
  const name = `${quiz.id.replaceAll('/', '-')}.csv`
  return new Response(asCsv(analysis), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
}
