import { z } from 'zod'

/** What an endpoint may hear of, in the words of the page where that is chosen. The names are part of the API. */
export const eventWords = {
  'badge.granted': 'A badge is granted',
  'badge.renewed': 'A badge is renewed',
  'badge.suspended': 'A badge is suspended',
  'badge.reinstated': 'A suspended badge holds again',
  'badge.revoked': 'A badge is revoked',
  'badge.lapsed': 'A badge lapses',
  'person.suspended': 'An account is suspended',
  'person.reinstated': 'A suspended account is opened again',
  'person.erased': 'Somebody has left and is to be forgotten',
  'rooms.changed': 'What badges open has changed',
} as const

export type EventType = keyof typeof eventWords

export const eventTypes = Object.keys(eventWords) as [EventType, ...EventType[]]

/** What is sent to try an endpoint out. Whoever is told of anything is told of this. */
export const testEvent = 'webhook.test'

/** An event's type in words. */
export const eventInWords = (type: string): string =>
  type === testEvent ? 'A test' : type in eventWords ? eventWords[type as EventType] : type

const unlock = z.object({
  kind: z.enum(['right', 'room']).meta({ description: 'A right on this site, or a room of the platform.' }),
  id: z.string(),
})

const unlocks = z.object({
  now: z.array(unlock).meta({ description: 'All that is open to them once this has happened.' }),
  gained: z.array(unlock),
  lost: z.array(unlock),
})

const who = z.object({
  id: z.string().meta({ description: 'Stays as it is, whatever they are called.' }),
  handle: z.string(),
})

/**
 * What an event says. It is thin on purpose: no reasons and no names, for whoever opens and locks doors needs neither,
 * and what a person was told in confidence should not lie in the logs of another system.
 */
export const badgeData = z.object({
  person: who,
  badge: z.string(),
  certificate: z.string().meta({ description: 'The code of the certificate, as in its public address.' }),
  status: z.enum(['valid', 'suspended', 'revoked', 'lapsed']),
  entry: z.int().meta({ description: 'The entry of the certification record that this stands in.' }),
  unlocks,
})
export const personData = z.object({ person: who, suspended: z.boolean(), unlocks })
/** Whoever is to be forgotten is not named once more: the platform knows them by their id. */
export const erasedData = z.object({ person: who.pick({ id: true }), unlocks })
export const roomsData = z.object({ rooms: z.array(z.object({ id: z.string(), title: z.string() })) })
export const testData = z.object({ words: z.string() })

const sequence = z.int().meta({
  description:
    'Grows with each event. Deliveries may overtake each other: of a person, leave out what is lower than the last you took in.',
})

/** The body of a delivery, by the type of its event. */
const body = <T extends string, S extends z.ZodRawShape>(types: readonly [T, ...T[]], data: z.ZodObject<S>) =>
  z.object({
    type: z.enum(types),
    timestamp: z.iso.datetime().meta({ description: 'When it happened.' }),
    data: z.object({ sequence }).extend(data.shape),
  })

/** Every kind of body, with the shape of what it says. */
export const bodies = {
  badge: body(
    [
      'badge.granted',
      'badge.renewed',
      'badge.suspended',
      'badge.reinstated',
      'badge.revoked',
      'badge.lapsed',
    ],
    badgeData,
  ),
  person: body(['person.suspended', 'person.reinstated'], personData),
  erased: body(['person.erased'], erasedData),
  rooms: body(['rooms.changed'], roomsData),
  test: body([testEvent], testData),
}

export type BadgeData = z.infer<typeof badgeData>
export type PersonData = z.infer<typeof personData>

/** What happened, with what it says beyond its type. */
export type Happening =
  | { type: Extract<EventType, `badge.${string}`>; data: BadgeData }
  | { type: 'person.suspended' | 'person.reinstated'; data: PersonData }
  | { type: 'person.erased'; data: z.infer<typeof erasedData> }
  | { type: 'rooms.changed'; data: z.infer<typeof roomsData> }

/** An event as it is sent: the same in every delivery, whoever sends it. */
export const bodyOf = (event: {
  id: number
  type: string
  at: Date
  data: Record<string, unknown>
}): string =>
  JSON.stringify({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: { sequence: event.id, ...event.data },
  })
