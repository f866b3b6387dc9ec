import { z } from 'zod'
import { duration, type Duration, milliseconds } from '../authoring/duration.ts'
import { line, markdown, namedApart, slug, titleByAgeBand, type TitleByAgeBand } from '../authoring/text.ts'
import type { Right } from '../people/person.ts'
import { criterionSchema, type Criterion, ofBadge } from './criterion.ts'

/** The emblems that are drawn. */
export const emblems = ['sprout', 'shield', 'hands', 'star', 'compass', 'circle', 'mic', 'spark'] as const
/** The tints they come in. */
export const tints = ['moss', 'amber', 'sky', 'rose', 'violet', 'clay', 'teal', 'ink'] as const
/** What the site itself lets the holders of a badge do. */
export const rights = ['grade'] as const satisfies readonly Right[]

export type Emblem = (typeof emblems)[number]
export type Tint = (typeof tints)[number]

/** A length of time that is counted in whole days (UTC). */
const days = duration.refine(({ unit }) => unit === 'days' || unit === 'weeks', {
  error: 'is counted in whole days\nWrite it like `10 days` or `4 weeks`.',
})

const onFailure = z
  .strictObject({
    suspend: z
      .boolean()
      .default(false)
      .describe('true when the badge is suspended until the course is finished'),
    'lapse-after': days
      .optional()
      .describe('how long after the suspension it lapses, or after the day where there is none'),
  })
  .refine(({ suspend, 'lapse-after': lapseAfter }) => suspend || lapseAfter !== undefined, {
    error: 'says of nothing what happens\nWrite `suspend: true`, or `lapse-after:`, or both.',
  })

/** `content/badges/<badge>.yaml`. */
export const badgeSchema = z.strictObject({
  title: titleByAgeBand.describe('its name, or one for adults and one for teens'),
  summary: line(160).describe('one plain sentence: what its holder does'),
  description: markdown(4000).describe('what the role is, Markdown'),
  emblem: z.enum(emblems).describe('the picture on it'),
  tint: z.enum(tints).describe('its colour'),
  order: z.int().min(1).describe('its place in lists, 1 first'),
  after: z.array(slug).default([]).describe('the badges it stands on, for drawing the path'),
  tracks: z
    .array(
      z.strictObject({
        id: slug.describe('its name for `by-track`'),
        title: line(80).describe('what it is called'),
        summary: line(240).describe('what one does on it, in one sentence'),
      }),
    )
    .min(2, 'has only one track\nGive it a second one, or none.')
    .max(6)
    .refine(tracks => new Set(tracks.map(({ id }) => id)).size === tracks.length, {
      error: 'has two tracks with the same id\nGive each an id of its own.',
    })
    .optional()
    .describe('what its holders choose between, if they do'),
  criteria: criterionSchema.describe('what it takes'),
  duties: z
    .array(
      z.strictObject({
        course: slug.describe('the course to finish, unless already done'),
        within: days.describe('how soon after the grant, such as `2 weeks`'),
        remind: z
          .array(days)
          .max(5)
          .default([])
          .describe('how long before that day its holder is reminded, such as `[7 days, 1 day]`'),
        'on-failure': onFailure
          .optional()
          .describe('what happens by itself when the day has passed; nothing where it is left out'),
      }),
    )
    .superRefine((duties, ctx) => {
      duties.forEach(({ within, remind }, duty) =>
        remind.forEach((before, index) => {
          if (milliseconds(before) >= milliseconds(within))
            ctx.addIssue({
              code: 'custom',
              path: [duty, 'remind', index],
              message: 'is as long as there is for it\nGive less than `within`.',
            })
        }),
      )
    })
    .default([])
    .describe('what a holder must finish after the grant'),
  unlocks: z.array(z.enum(rights)).default([]).describe('what its holders may do on this site'),
  rooms: z
    .array(
      z.strictObject(
        {
          id: slug.describe('what the chat platform knows it by, which stays as it is'),
          title: line(120).describe('what it is called, in words'),
        },
        {
          error: issue =>
            typeof issue.input === 'string'
              ? 'should have a name for the chat platform beside its words\nWrite it as `{ id: support-rooms, title: Support rooms }`.'
              : undefined,
        },
      ),
    )
    .default([])
    .superRefine(namedApart)
    .describe('what opens to them on the chat platform'),
  lapses: z
    .strictObject({
      after: duration.describe('how long after the grant, and after each renewal, such as `52 weeks`'),
      notice: days
        .default({ amount: 4, unit: 'weeks' })
        .describe('how long before its last day its holder is told, and it can be renewed'),
      renew: criterionSchema
        .optional()
        .describe('what it takes for its holder to renew it themselves; without it, an admin does'),
    })
    .refine(({ after, notice }) => milliseconds(notice) < milliseconds(after), {
      error: 'is as long as the badge holds\nGive less than `after`.',
      path: ['notice'],
    })
    .optional()
    .describe('when it ends by itself'),
  alignment: z
    .array(
      z.strictObject({
        name: line(120).describe('what the framework calls it'),
        url: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .describe('where it is described'),
        framework: line(120).optional().describe('the name of the framework'),
        code: line(60).optional().describe('its number there'),
        description: line(400).optional().describe('what it is, in short'),
      }),
    )
    .max(20)
    .default([])
    .describe('what it answers to in frameworks of skills, for those who read its credentials'),
  tags: z.array(line(40)).max(20).default([]).describe('words under which wallets find its credentials'),
})

/** What a badge answers to in a framework of skills. */
export type Alignment = z.output<typeof badgeSchema>['alignment'][number]

/** A course that the holder finishes within a time of the grant, unless they have already. */
export type Duty = {
  readonly course: string
  readonly within: Duration
  /** How long before its day the holder is reminded. */
  readonly remind: readonly Duration[]
  /** What happens by itself once the day has passed. */
  readonly onFailure: { readonly suspend: boolean; readonly lapseAfter: Duration | undefined } | undefined
}

/** A room of the chat platform, or something one may do there. Several badges may open the same. */
export type Room = {
  /** What the platform knows it by: `support-rooms`. */
  readonly id: string
  readonly title: string
}

/** A way of holding a badge. */
export type Track = { readonly id: string; readonly title: string; readonly summary: string }

export type Badge = {
  /** `room-supporter` */
  readonly id: string
  readonly title: TitleByAgeBand
  readonly summary: string
  /** Markdown. */
  readonly description: string
  readonly emblem: Emblem
  readonly tint: Tint
  readonly order: number
  /** Ids of the badges it stands on. */
  readonly after: readonly string[]
  /** What its holders choose between; none where there is no choice. */
  readonly tracks: readonly Track[]
  readonly criteria: Criterion
  /** Which version of the criteria is in force; unknown in content that no site has begun to judge by. */
  readonly version?: number
  readonly duties: readonly Duty[]
  /** What the site lets its holders do. */
  readonly unlocks: readonly Right[]
  /** What opens on the chat platform. */
  readonly rooms: readonly Room[]
  /** How long after the grant it lapses, if it does. */
  readonly lapsesAfter: Duration | undefined
  /** How long before its last day its holder is told, and it can be renewed. */
  readonly notice: Duration
  /** What it takes to renew it oneself; undefined where an admin does. */
  readonly renewal: Criterion | undefined
  readonly alignment: readonly Alignment[]
  readonly tags: readonly string[]
}

/** The badge that a checked badge file describes. */
export const asBadge = (
  id: string,
  { lapses, tracks = [], ...written }: z.output<typeof badgeSchema>,
): Badge => ({
  id,
  ...written,
  tracks,
  criteria: ofBadge(written.criteria, { id, tracks }),
  duties: written.duties.map(({ 'on-failure': failure, ...duty }) => ({
    ...duty,
    onFailure: failure && { suspend: failure.suspend, lapseAfter: failure['lapse-after'] },
  })),
  lapsesAfter: lapses?.after,
  notice: lapses?.notice ?? { amount: 4, unit: 'weeks' },
  renewal: lapses?.renew && ofBadge(lapses.renew, { id, tracks }),
})
