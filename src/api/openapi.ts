import { z } from 'zod'
import { badgesAnswer, roomAnswer, unlocksAnswer } from '../badges/for-rooms.ts'
import { batchAnswer, batchShape } from '../practice/batch.ts'
import { bodies } from '../webhooks/events.ts'
import { recordPaths } from './record-paths.ts'
import type { Scope } from './scopes.ts'
import { verifyPath } from './verify-path.ts'

const errorShape = z.object({
  error: z.string().meta({ description: 'What is wrong and what to do, in words.' }),
})

const issuerShape = z.object({
  '@context': z.array(z.string()),
  id: z.string().meta({ description: 'did:web of the site.' }),
  type: z.array(z.string()),
  name: z.string(),
  url: z.string(),
  description: z.string().optional(),
  email: z.string().optional(),
})

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: withoutDialect(z.toJSONSchema(schema, { io })) },
})

/** OpenAPI says once for all which JSON Schema is meant. */
function withoutDialect({ $schema: _, ...schema }: z.core.JSONSchema.BaseSchema) {
  return schema
}

const wrong = (description: string) => ({ description, content: json(errorShape, 'output') })

/** What may come of any request, for a token of this scope. */
const answersToAll = (scope: Scope) => ({
  401: wrong('There is no token, or it is unknown, revoked or expired.'),
  403: wrong(`The token is not for that: it takes one with the scope \`${scope}\`.`),
  429: wrong('Too many requests with this token: wait a minute.'),
  503: wrong('The database is away; send it again in a minute.'),
})

const ofPerson = {
  name: 'handle',
  in: 'path',
  required: true,
  description: 'With or without the `@`.',
  schema: { type: 'string', maxLength: 40 },
}
const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of what you have: if that still holds, the answer is 304 without a body.',
  schema: { type: 'string' },
}

/** A read that is cheap to repeat. */
const reading = (
  operationId: string,
  summary: string,
  { description, parameters, answer, ...more }: Read,
) => ({
  get: {
    ...{ operationId, summary, description, security: [{ token: [] }] },
    parameters: [...parameters, ifNoneMatch],
    responses: {
      200: {
        description: 'As it stands at this moment.',
        headers: { ETag: { description: 'For `If-None-Match` next time.', schema: { type: 'string' } } },
        content: json(answer, 'output'),
      },
      304: { description: 'What you have still holds.' },
      ...more,
      ...answersToAll('badges:read'),
    },
  },
})
interface Read {
  description: string
  parameters: object[]
  answer: z.ZodType
  400?: object
  404: object
}

const nobody = wrong('There is nobody of this handle.')

const reads = {
  '/api/v1/people/{handle}/badges': reading('readBadges', 'The badges that a person holds now', {
    description: 'A badge is listed from its grant until it lapses, is revoked or is suspended.',
    parameters: [ofPerson],
    answer: badgesAnswer,
    404: nobody,
  }),
  '/api/v1/people/{handle}/unlocks': reading('readUnlocks', 'What is open to a person now', {
    description:
      'Rooms of the platform and rights on this site, each with the badges that open it. To a suspended person nothing is open.',
    parameters: [ofPerson],
    answer: unlocksAnswer,
    404: nobody,
  }),
  '/api/v1/unlocks': reading('readRoom', 'To whom a room is open now, page by page', {
    description:
      'For a platform that starts, or has been away for long. Who comes or goes while you turn pages is told by webhook.',
    parameters: [
      { name: 'room', in: 'query', required: true, schema: { type: 'string', maxLength: 80 } },
      {
        ...{ name: 'after', in: 'query', schema: { type: 'string', pattern: '^[0-9]{1,15}$' } },
        description: 'The `next` of the page before.',
      },
    ],
    answer: roomAnswer,
    400: wrong('It is not said which room, or `after` is not what a page called `next`.'),
    404: wrong('No badge opens a room of this id.'),
  }),
}

/** The headers by which a receiver sees who sent something: https://www.standardwebhooks.com */
const signature = [
  ['webhook-id', 'The same each time that this event is sent: leave out what you have taken in already.'],
  ['webhook-timestamp', 'When it was sent, in seconds since 1970. Refuse what is older than five minutes.'],
  [
    'webhook-signature',
    'HMAC-SHA-256 over `{webhook-id}.{webhook-timestamp}.{body}`, as `v1,<base64>`; several with spaces between while the secret changes.',
  ],
].map(([name, description]) => ({
  ...{ name, description, in: 'header', required: true, schema: { type: 'string' } },
}))

const telling = (summary: string, body: z.ZodType) => ({
  post: {
    summary,
    parameters: signature,
    requestBody: { content: json(body, 'output') },
    responses: {
      '2XX': {
        description: 'You have taken it in. Any other answer has it sent again later, for about three days.',
      },
      410: { description: 'You want to be told nothing any more: the webhook is paused.' },
    },
  },
})

/** What the API takes and answers, made from the schemas that it takes and answers by. */
export const openApi = (origin: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Trellis',
    version: '1',
    description:
      'What a community’s chat platform tells Trellis about the practice of its volunteers, and what it asks and is told about their badges.',
  },
  servers: [{ url: origin }],
  paths: {
    ...recordPaths({ json, wrong }),
    ...verifyPath({ json, wrong }),
    '/api/v1/issuer': {
      get: {
        operationId: 'readIssuer',
        summary: 'Who the credentials are from: a Profile of Open Badges 3.0',
        security: [],
        responses: {
          200: {
            description: 'The same that credentials name.',
            content: { 'application/ld+json': { schema: withoutDialect(z.toJSONSchema(issuerShape)) } },
          },
        },
      },
    },
    '/api/v1/evidence': {
      post: {
        operationId: 'sendEvidence',
        summary: 'Send evidence of practice',
        description:
          'Each item is answered by itself: a bad one does not stop the good ones. Sending the same `source` and `externalId` again does no harm, so a batch may be sent again whenever its answer was lost.',
        security: [{ token: [] }],
        requestBody: { required: true, content: json(batchShape, 'input') },
        responses: {
          200: { description: 'What became of each item.', content: json(batchAnswer, 'output') },
          400: wrong('The body is not JSON, or not a batch of 1 to 1,000 items.'),
          413: wrong('The body is more than 1 MiB.'),
          415: wrong('The body is not said to be JSON.'),
          ...answersToAll('evidence:write'),
        },
      },
    },
    ...reads,
  },
  webhooks: {
    badge: telling('A badge, or its status, has changed', bodies.badge),
    person: telling('An account was suspended, or opened again', bodies.person),
    erased: telling(
      'Somebody has left: nothing is open to them any more, and they are to be forgotten',
      bodies.erased,
    ),
    rooms: telling('Badges open other rooms than before: read them anew', bodies.rooms),
    test: telling('An admin tries the webhook out', bodies.test),
  },
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token that an admin made, under Admin, API tokens, for what it is to open.',
      },
    },
  },
})
