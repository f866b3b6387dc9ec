import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { NotFound } from '../errors.ts'
import { inForce, isSuspended, running } from '../people/in-force.ts'
import { roomsOf, unlocksOf } from './unlocks.ts'

const who = z.object({
  id: z.string().meta({ description: 'Stays as it is, whatever they are called.' }),
  handle: z.string(),
})
const suspended = z.boolean().meta({
  description: 'Whether their account is suspended: then nothing is open to them, whatever they hold.',
})

/** What the API says of a person's badges. */
export const badgesAnswer = z.object({
  person: who,
  suspended,
  badges: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        certificate: z.string().meta({ description: 'The code of the certificate: /certificates/{code}.' }),
        grantedAt: z.iso.datetime(),
        expiresOn: z.iso.date().nullable().meta({ description: 'The last day (UTC) on which it holds.' }),
        state: z
          .enum(['valid', 'suspended'])
          .meta({ description: 'A suspended badge opens nothing until it is reinstated.' }),
      }),
    )
    .meta({ description: 'Those they hold now, suspended ones too, the oldest first.' }),
})

/** What the API says of what is open to a person. */
export const unlocksAnswer = z.object({
  person: who,
  suspended,
  unlocks: z.array(
    z.object({
      kind: z
        .enum(['right', 'room'])
        .meta({ description: 'A right on this site, or a room of the platform.' }),
      id: z.string(),
      title: z.string(),
      badges: z.array(z.string()).meta({ description: 'The badges of theirs that open it.' }),
    }),
  ),
})

/** What the API says of a room: a page of those to whom it is open. */
export const roomAnswer = z.object({
  room: z.object({
    id: z.string(),
    title: z.string(),
    badges: z.array(z.string()).meta({ description: 'The badges that open it.' }),
  }),
  people: z.array(who).meta({ description: 'By their id, the lowest first.' }),
  next: z
    .string()
    .nullable()
    .meta({ description: 'What to give as `after` for the next page; null on the last one.' }),
})

interface HolderRow extends Record<string, unknown> {
  id: string
  handle: string
  age_band: 'adult' | 'teen'
  suspended: boolean
  held: {
    badge: string
    code: string
    granted_at: string
    expires_on: string | null
    suspended: boolean
  }[]
}

/** Who has this handle and what they hold, in one statement. @throws NotFound */
async function holderCalled(db: Queryable, handle: string): Promise<HolderRow> {
  const [row] = await db.execute<HolderRow>(sql`
    select p.id, p.handle, p.age_band, ${isSuspended} as suspended,
      (select coalesce(jsonb_agg(to_jsonb(c) order by c.id), '[]') from (
        select c.id, c.badge, c.code, c.granted_at, c.expires_on, c.suspended_at is not null as suspended
        from certificate c where c.person_id = p.id and ${running}) c) as held
    from person p where lower(p.handle) = ${handle.replace(/^@/, '').toLowerCase()} and p.left_at is null`)
  if (!row) throw new NotFound('There is nobody of this handle.')
  return row
}

const personOf = ({ id, handle }: { id: string; handle: string }) => ({ id, handle })

/** The badges that a person holds now. @throws NotFound */
export async function badgesHeldBy(
  db: Queryable,
  content: Content,
  handle: string,
): Promise<z.infer<typeof badgesAnswer>> {
  const row = await holderCalled(db, handle)
  const badges = row.held.map(({ badge, code, granted_at, expires_on, ...of }) => ({
    id: badge,
    title: content.badge(badge)?.title[row.age_band] ?? badge,
    ...{ certificate: code, grantedAt: new Date(granted_at).toISOString(), expiresOn: expires_on },
    state: of.suspended ? ('suspended' as const) : ('valid' as const),
  }))
  return { person: personOf(row), suspended: row.suspended, badges }
}

/** What is open to a person now. @throws NotFound */
export async function openTo(
  db: Queryable,
  content: Content,
  handle: string,
): Promise<z.infer<typeof unlocksAnswer>> {
  const row = await holderCalled(db, handle)
  const open = row.suspended ? [] : row.held.filter(({ suspended: closed }) => !closed)
  const held = open.map(({ badge }) => badge)
  return { person: personOf(row), suspended: row.suspended, unlocks: unlocksOf(content, held) }
}

/** People on a page of those who may enter a room. */
export const mostPeople = 500

/**
 * To whom a room is open now, a page of them: for a platform that starts, or that has been away for long.
 * @param after the `next` of the page before
 * @throws NotFound for a room that no badge opens
 */
export async function whoMayEnter(
  db: Queryable,
  content: Content,
  { room: id, after = 0 }: { room: string; after?: number },
): Promise<z.infer<typeof roomAnswer>> {
  const room = roomsOf(content).find(one => one.id === id)
  if (!room) throw new NotFound(`No badge opens a room “${id}”.`)
  // A short range of an index for each badge, however many people there are and however few of them hold it.
  const rows = await db.execute<{ id: string; handle: string }>(sql`
    with holders as materialized (
      select distinct holder.id from unnest(${sql.param(room.badges)}::text[]) as opens (badge)
      cross join lateral (
        select c.person_id as id from certificate c
        where c.badge = opens.badge and c.person_id > ${after} and ${inForce}
          and not exists (select from suspension s where s.person_id = c.person_id and s.ended_at is null)
        order by c.person_id limit ${mostPeople + 1}
      ) holder
      order by holder.id limit ${mostPeople + 1}
    )
    select p.id, p.handle from holders join person p using (id) order by p.id`)
  const people = rows.slice(0, mostPeople).map(personOf)
  return { room, people, next: rows.length > mostPeople ? people.at(-1)!.id : null }
}
