import { z } from 'zod'
import { verificationAnswer } from '../credentials/verifying/answer.ts'
import { sentAs } from '../credentials/verifying/read-asked.ts'
import type { Descriptions } from './record-paths.ts'

const form = z.object({
  text: z.string().optional().meta({ description: 'A link, a code, a token, or JSON as text.' }),
  file: z
    .string()
    .optional()
    .meta({ format: 'binary', description: 'A PNG, an SVG, a JSON file or a token.' }),
  email: z
    .string()
    .optional()
    .meta({ description: 'Check as well that it was made out to this address. It is not kept.' }),
})

/** The path by which anybody checks a certificate. It takes no token. */
export function verifyPath({ json, wrong }: Descriptions) {
  const answer = (description: string, shape: z.ZodType = verificationAnswer) => ({
    ...{ description, content: json(shape, 'output') },
  })
  const answers = {
    200: answer('What it came to: the verdict, and each thing that was checked.'),
    400: answer(
      'It can’t be read: the verdict is `unreadable`, and the check `readable` says why. Or there was nothing to check.',
      z.union([verificationAnswer, z.object({ error: z.string() })]),
    ),
    404: answer('The record has no certificate of this code.'),
    429: wrong('Too many from this address: wait a minute.'),
    503: wrong('The database is away; ask again in a minute.'),
  }
  const file = { schema: { type: 'string', format: 'binary' } }
  const { 'application/json': asForm } = json(form, 'input') as Record<string, object>
  return {
    '/api/v1/verify': {
      get: {
        ...{ operationId: 'verifyCode', summary: 'Check a certificate by its code or link', security: [] },
        parameters: [{ name: 'code', in: 'query', required: true, schema: { type: 'string' } }],
        responses: answers,
      },
      post: {
        ...{ operationId: 'verifyFile', summary: 'Check a certificate by a file of it', security: [] },
        description: 'Nothing that is sent is kept, and nothing is fetched.',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': asForm,
            ...Object.fromEntries(sentAs.map(type => [type, file])),
          },
        },
        responses: {
          ...answers,
          413: wrong('The body is more than 1 MiB.'),
          415: wrong('The body is of no kind that is read.'),
        },
      },
    },
  }
}
