import { guideCompletion, guideVouch } from '../../db/schema/guides.ts'
import { content } from '../../src/authoring/content.ts'
import { addTrainee } from '../support/cast.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { module } from './posts.ts'
import { type ActionRow, signedIn } from './row.ts'
import type { World } from './world.ts'

const guide = 'giving-a-warning'

/** Somebody new in the mentor's cohort. */
async function aMember({ db, cohort }: World): Promise<number> {
  const { id } = await addTrainee(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: id }))
  return id
}

/** The mentor's word on a guide of somebody. */
async function aVouch(world: World): Promise<string> {
  const personId = await aMember(world)
  const { db, people } = world
  const [word] = await db
    .insert(guideVouch)
    .values({ personId, guide, mentorId: people.mentor.id, note: 'On Tuesday.' })
    .returning()
  await db.insert(guideCompletion).values({ personId, guide, vouchId: word!.id })
  return String(word!.id)
}

export const actionRows: Record<string, ActionRow> = {
  'courses.read': {
    page: `/courses/${module}`,
    fields: () => ({ module, opened: '0' }),
    answers: signedIn(403, { trainee: 'done', otherTrainee: 'done' }),
  },
  // They have read it as it is today: there is nothing to look at, and nothing to refuse.
  'courses.readChanges': {
    page: `/courses/${module}`,
    fields: () => ({ module }),
    answers: signedIn(403, { trainee: 'done', otherTrainee: 'done' }),
  },
  'guides.bookmark': {
    page: '/guides',
    fields: () => ({ guide, keep: 'yes' }),
    answers: signedIn('done'),
  },
  'guides.readChanges': {
    page: `/guides/${guide}`,
    fields: () => ({ guide }),
    answers: signedIn('done'),
  },
  // An admin may know of everybody's guides, and vouches for nobody.
  'guides.vouch': {
    page: '/helplines',
    fields: async world => ({
      ...{ personId: String(await aMember(world)), guide: content().guides[0]!.id, note: 'On Tuesday.' },
    }),
    answers: signedIn(404, { mentor: 'done', admin: 403 }),
  },
  'guides.revokeVouch': {
    page: '/helplines',
    fields: async world => ({ vouch: await aVouch(world), reason: 'It was somebody else.' }),
    answers: signedIn(404, { mentor: 'done', admin: 'done' }),
  },
}
