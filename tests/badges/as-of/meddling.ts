import { sql } from 'drizzle-orm'
import { chooseTrack } from '../../../src/badges/choose-track.ts'
import { applyFor, withdrawApplication } from '../../../src/badges/applying/apply.ts'
import { endorse, withdrawEndorsement } from '../../../src/badges/applying/endorse.ts'
import { deletePost } from '../../../src/discussions/deletion.ts'
import { hidePost, showPost } from '../../../src/discussions/moderation/hiding.ts'
import { revokeVouch, vouch } from '../../../src/guides/vouch.ts'
import { chance } from '../../../db/seed/demo/chance.ts'
import type { Life } from '../../../db/seed/demo/lives.ts'
import type { World } from '../../../db/seed/demo/world.ts'

/** How often each of them was done. */
export type Done = Map<string, number>

/** Somebody who every evening undoes what others did, and does it again: what makes a past hard to tell. */
export async function* meddles(world: World, from: number, done: Done): Life {
  const own = chance(from)
  for (let day = from; day > 0; day--) {
    yield world.evening(day, own)
    for (let times = 0; times < 3; times++) {
      const [name, deed] = own.one(deeds)
      // In a savepoint: what is not possible today changes nothing.
      await world.tx
        .transaction(async tx => {
          await deed({ ...sceneOf(world), tx })
          done.set(name, (done.get(name) ?? 0) + 1)
        })
        .catch(() => {})
    }
  }
}

type Scene = Pick<World, 'tx' | 'content'> & { person: (handle: string) => ReturnType<World['meet']> }
const sceneOf = (world: World): Scene => ({
  ...{ tx: world.tx, content: world.content, person: handle => world.meet(handle) },
})

/** The id and the person of one row, whichever. */
async function pick({ tx }: Scene, what: ReturnType<typeof sql>): Promise<{ id: number; handle: string }> {
  const [row] = await tx.execute<{ id: string; handle: string }>(
    sql`select * from (${what}) as those order by random() limit 1`,
  )
  return { id: Number(row!.id), handle: row!.handle }
}

const replies = (removed: ReturnType<typeof sql>) => sql`
  select post.id, p.handle from post join person p on p.id = post.author_id
    join discussion d on d.id = post.discussion_id
  where post.kind = 'reply' and d.module is not null and post.removed is not distinct from ${removed}`
const reason = 'A test.'
const anybody = sql`select id, handle from person`

const deeds: readonly (readonly [string, (scene: Scene) => Promise<unknown>])[] = [
  [
    'hide',
    async scene => {
      const { id } = await pick(scene, replies(sql`null`))
      await hidePost(scene.tx, scene.content, await scene.person('wren'), { post: id, reason })
    },
  ],
  [
    'show',
    async scene => {
      const { id } = await pick(scene, replies(sql`'hidden'`))
      await showPost(scene.tx, scene.content, await scene.person('wren'), { post: id, reason })
    },
  ],
  [
    'delete',
    async scene => {
      const { id, handle } = await pick(scene, replies(sql`null`))
      await deletePost(scene.tx, scene.content, await scene.person(handle), { post: id })
    },
  ],
  [
    'vouch',
    async scene => {
      const { id } = await pick(scene, anybody)
      const [mentor, guide] = [await scene.person('tobias'), scene.content.guides[id % 7]!.id]
      await vouch(scene.tx, scene.content, mentor, { personId: id, guide, note: reason })
    },
  ],
  [
    'revoke a vouch',
    async scene => {
      const { id } = await pick(scene, sql`select id, '' as handle from guide_vouch where revoked_at is null`)
      await revokeVouch(scene.tx, scene.content, await scene.person('wren'), { vouch: id, reason })
    },
  ],
  [
    'choose a track',
    async scene => {
      const { id } = await pick(scene, sql`select id, '' as handle from generate_series(1, 3) id`)
      const track = (await pick(scene, anybody)).id % 2 === 0 ? 'team' : 'quality'
      const { handle } = await pick(scene, sql`select id, handle from person where id % 9 = ${id}`)
      await chooseTrack(scene.tx, scene.content, await scene.person(handle), { badge: 'mentor', track })
    },
  ],
  [
    'apply',
    async scene => {
      const { handle } = await pick(scene, sql`select id, handle from person where id % 9 = 1`)
      const asked = { badge: 'ambassador', statement: reason }
      await applyFor(scene.tx, scene.content, await scene.person(handle), asked)
    },
  ],
  [
    'withdraw an application',
    async scene => {
      const open = sql`select p.id, p.handle from application a join person p on p.id = a.person_id
        where a.ended_at is null and a.badge = 'ambassador'`
      const { handle } = await pick(scene, open)
      await withdrawApplication(scene.tx, await scene.person(handle), { badge: 'ambassador' })
    },
  ],
  [
    'endorse',
    async scene => {
      const { id: personId } = await pick(
        scene,
        sql`select person_id as id, '' as handle from certificate where badge = 'mentor'`,
      )
      const by = await scene.person(personId % 2 === 0 ? 'selma' : 'demo-mentor')
      await endorse(scene.tx, scene.content, by, { personId, badge: 'mentor-leader', words: reason })
    },
  ],
  [
    'withdraw an endorsement',
    async scene => {
      const given = sql`select e.person_id as id, p.handle from endorsement e join person p on p.id = e.by_id
        where withdrawn_at is null`
      const { id: personId, handle } = await pick(scene, given)
      await withdrawEndorsement(scene.tx, await scene.person(handle), { personId, badge: 'mentor-leader' })
    },
  ],
]
