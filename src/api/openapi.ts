import { z } from 'zod'
import { batchAnswer, batchShape } from '../practice/batch.ts'

const errorShape = z.object({
  error: z.string().meta({ description: 'What is wrong and what to do, in words.' }),
})

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: withoutDialect(z.toJSONSchema(schema, { io })) },
})

/** OpenAPI says once for all which JSON Schema is meant. */
function withoutDialect({ $schema: _, ...schema }: z.core.JSONSchema.BaseSchema) {
  return schema
}

const wrong = (description: string) => ({ description, content: json(errorShape, 'output') })

/** What the API takes and answers, made from the schemas that it takes and answers by. */
export const openApi = (origin: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Trellis',
    version: '1',
    description: 'What a community’s chat platform tells Trellis about the practice of its volunteers.',
  },
  servers: [{ url: origin }],
  paths: {
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
          401: wrong('There is no token, or it is unknown or revoked.'),
          413: wrong('The body is more than 1 MiB.'),
          415: wrong('The body is not said to be JSON.'),
          429: wrong('Too many requests with this token: wait a minute.'),
          503: wrong('The database is away; send it again in a minute.'),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token that an admin made, under Admin, Tokens.',
      },
    },
  },
})
