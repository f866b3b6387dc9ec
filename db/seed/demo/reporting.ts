import { sql } from 'drizzle-orm'
import { found } from '../../../src/errors.ts'
import { holdSubmission, pauseWhileWorried } from '../../../src/grading/pausing.ts'
import { handleReports } from '../../../src/reports/handle.ts'
import { reportPost } from '../../../src/reports/report.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

export interface Reporting {
  cohortId: number
  kind: 'reflection' | 'reply'
  /** Only one that waits for its grade. */
  waits?: boolean
  reason: string
  words: string
  /** Days before the present. */
  from: number
  /** Who looks at it the day after, and what they say they did. */
  handled?: { by: string; outcome: string }
}

/** Somebody reports the latest post that fits, and it is looked after where that is part of the story. */
export async function* reports(world: World, story: Reporting): Life {
  const { tx, content } = world
  yield world.evening(story.from)
  const { post, reporter } = await postAndReader(world, story)
  const { reason, words } = story
  await holdSubmission(tx, post)
  await reportPost(tx, content, await world.person(reporter), { post, reason, words })
  await pauseWhileWorried(tx, post)

  if (!story.handled) return
  yield world.evening(story.from - 1)
  const { by, outcome } = story.handled
  const [open] = await tx.execute<{ id: string }>(
    sql`select id from report where post_id = ${post} and handled_at is null`,
  )
  const report = Number(found(open).id)
  await holdSubmission(tx, post)
  await handleReports(tx, content, await world.person(by), { report, seen: report, outcome })
  await pauseWhileWorried(tx, post)
}

/** A post, and somebody of the same cohort who reads it, having answered its question themselves. */
async function postAndReader({ tx }: World, { cohortId, kind, waits = false }: Reporting) {
  const [row] = await tx.execute<{ id: string; handle: string }>(sql`
    select post.id, reader.handle from post join discussion d on d.id = post.discussion_id
      join person author on author.id = post.author_id
      join submission own on own.cohort_id = d.cohort_id and own.module = d.module
      join person reader on reader.id = own.author_id
    where d.cohort_id = ${cohortId} and post.kind = ${kind} and post.removed is null
      and author.handle <> 'demo-trainee' and author.id <> reader.id
      and not exists (select from report r where r.post_id = post.id)
      and (not ${waits}::boolean or exists (
        select from submission s where s.post_id = post.id and s.state = 'submitted'))
    order by post.id desc, reader.id limit 1`)
  const { id, handle: reporter } = found(row)
  return { post: Number(id), reporter }
}
