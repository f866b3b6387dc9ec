import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { badgeChoice } from '../../db/schema/own.ts'
import { person } from '../../db/schema/people.ts'
import { inForce, isSuspended } from '../people/in-force.ts'
import { found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canBePublic } from '../people/policy.ts'
import { audit } from '../record/audit.ts'

const slug = z.string().regex(/^[a-z0-9-]{1,80}$/)
const most = 50

export const pageInput = z.object({
  about: z
    .string()
    .trim()
    .max(400, 'Please keep to 400 characters.')
    .transform(words => words.replaceAll(/\r\n?/g, '\n'))
    .refine(
      words => !/\p{Cc}/u.test(words.replaceAll('\n', '')),
      'There is a sign in it that can’t be shown.',
    ),
  /** The badges that are shown. */
  shown: z.array(slug).max(most).default([]),
  /** Badge to its place: 1 comes first. */
  order: z.record(slug, z.coerce.number('Please give a number.').int().min(1).max(most)).default({}),
  publicPage: z.literal('on').optional(),
})

/** A badge that a person holds, as they would have it on their page. */
export interface OwnBadge {
  badge: string
  code: string
  since: Date
  shown: boolean
}

/** What a person shows of themselves. */
export interface OwnPage {
  about: string
  /** Whether anybody who has the link may see it: asked for, and allowed. */
  publicPage: boolean
  /** Those they hold now, in the order they chose; what they said nothing of is shown, after the others. */
  badges: OwnBadge[]
}

interface Row extends Record<string, unknown> {
  about: string
  public_page: boolean
  age_band: Person['ageBand']
  suspended: boolean
  badges: { badge: string; code: string; granted_at: string; shown: boolean }[]
}

/** A person's page, as they chose it. Who may read it is for `canSeePage` to say. */
export async function pageOf(db: Queryable, who: { id: number }): Promise<OwnPage> {
  const [row] = await db.execute<Row>(sql`
    select p.about, p.public_page, p.age_band, ${isSuspended} as suspended, coalesce((
      select jsonb_agg(jsonb_build_object('badge', c.badge, 'code', c.code, 'granted_at', c.granted_at,
        'shown', coalesce(choice.shown, true)) order by choice.position nulls last, c.id)
      from certificate c
      left join badge_choice choice on choice.person_id = c.person_id and choice.badge = c.badge
      where c.person_id = p.id and ${inForce}), '[]') as badges
    from person p where p.id = ${who.id} and p.left_at is null`)
  const { about, public_page, age_band, suspended, badges } = found(row)
  return {
    about,
    publicPage: public_page && canBePublic({ ageBand: age_band }) && !suspended,
    badges: badges.map(({ badge, code, granted_at, shown }) => ({
      badge,
      code,
      since: new Date(granted_at),
      shown,
    })),
  }
}

/**
 * Sets what a person shows of themselves. Hidden badges count as before, and admins see them.
 * @throws Invalid when somebody's page must not be public
 */
export async function choosePage(
  tx: Tx,
  who: Person,
  { about, shown, order, publicPage }: z.output<typeof pageInput>,
): Promise<void> {
  if (publicPage === 'on' && !canBePublic(who))
    throw new Invalid({ publicPage: 'Pages of teens are for people who are signed in.' })
  const changed = { about, publicPage: publicPage === 'on' }
  await tx.update(person).set(changed).where(eq(person.id, who.id))
  const { badges } = await pageOf(tx, who)
  const places = inOrder(
    badges.map(({ badge }) => badge),
    order,
  )
  for (const [position, badge] of places.entries()) {
    const choice = { shown: shown.includes(badge), position }
    await tx
      .insert(badgeChoice)
      .values({ personId: who.id, badge, ...choice })
      .onConflictDoUpdate({ target: [badgeChoice.personId, badgeChoice.badge], set: choice })
  }
  const hidden = places.filter(badge => !shown.includes(badge))
  await audit(tx, who, 'person.changed', { publicPage: changed.publicPage, hidden: hidden.join(' ') }, who.id)
}

/** Two of the same number stay as they stood to each other. */
const inOrder = (badges: readonly string[], order: Readonly<Record<string, number>>): string[] =>
  badges.toSorted((one, other) => (order[one] ?? most) - (order[other] ?? most))
