import { z } from 'zod'
import { line } from '../authoring/text.ts'

/** `content/issuer.yaml`: who the certificates are from, as those read it who check one. */
export const issuerSchema = z.strictObject({
  name: line(120).describe('the name of your community, as it stands on certificates'),
  description: line(400).optional().describe('who you are, in a sentence or two'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional()
    .describe('your own home page'),
  email: z
    .email()
    .max(254)
    .optional()
    .describe('where somebody may ask about a certificate; everybody sees it'),
})

export type Issuer = Readonly<z.output<typeof issuerSchema>>

/** Where nobody has said who they are. */
export const unnamedIssuer: Issuer = { name: 'Trellis' }
