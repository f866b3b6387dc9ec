import { db } from '../../db/client.ts'
import { asWritten, content } from '../authoring/content.ts'
import { honourRenames } from '../authoring/honour-renames.ts'
import { rebuildIfContentChanged } from '../badges/everybody/rebuild-standings.ts'
import { learnRules } from '../badges/rules/load-rules.ts'
import { noteProposals } from '../badges/rules/propose.ts'
import { tellRoomsOfContent } from '../badges/tell-rooms.ts'
import { ensureSelfPacedCohorts } from '../courses/cohorts.ts'
import { reflectedWhereDone } from '../courses/finishing.ts'
import { growTreeWhereBehind } from '../record/tree.ts'
import { indexIfContentChanged } from '../search/index-content.ts'

/**
 * What the rooms need in the database besides tables: everything under the name that it has now, an open cohort for
 * each course, the rules that badges are judged by, its pages where they are searched, who has passed every reflection of which course, the tree over a
 * record that is older than it, the platform told when badges open other rooms, and everybody's standings as judged by
 * today's content.
 * @throws ContentProblems when the content has mistakes in it
 */
export async function settle(say: (line: string) => void): Promise<void> {
  await honourRenames(db(), content())
  await noteProposals(db(), asWritten())
  await learnRules(db())
  await ensureSelfPacedCohorts(db(), content())
  await indexIfContentChanged(db(), content())
  await reflectedWhereDone(db(), content())
  await tellRoomsOfContent(db(), content())
  await growTreeWhereBehind(db())
  await rebuildIfContentChanged(db(), content(), (done, all) =>
    say(`Judging standings by the new content: ${done} of ${all} people.`),
  )
}
