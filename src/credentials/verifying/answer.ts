import { z } from 'zod'
import { titleForAnybody } from '../../badges/words.ts'
import { criteriaTold } from '../achievement.ts'
import { carriers, checkNames, outcomes, verdicts, type Verification } from './verification.ts'
import { sentenceOf, titleOf } from './words.ts'

const certificateShape = z.object({
  code: z.string(),
  address: z.url(),
  badge: z.object({ id: z.string(), title: z.string(), summary: z.string() }),
  holder: z.string().nullable().meta({ description: 'Their name, where they wish it to be shown.' }),
  criteria: z.object({
    version: z.string().meta({ description: 'Another as soon as the criteria are.' }),
    text: z.string().meta({ description: 'As they stood at the grant, as a list in Markdown.' }),
  }),
  reason: z
    .object({ id: z.string(), title: z.string() })
    .nullable()
    .meta({ description: 'What kind of reason it was suspended, revoked or let lapse for.' }),
  override: z.boolean().meta({ description: 'Granted although not all criteria were met.' }),
  grantedAt: z.iso.datetime(),
  validUntil: z.iso.date().nullable().meta({ description: 'The last day (UTC), if it has one.' }),
  suspendedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable().meta({ description: 'When it was revoked, or lapsed.' }),
})

const logShape = z.object({
  entries: z.array(z.int()).meta({ description: 'The numbers of its entries.' }),
  size: z.int().meta({ description: 'How many entries the signed head covers.' }),
  signedAt: z.iso.datetime(),
  proof: z.url(),
})

const saysShape = z.object({
  issuer: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  badge: z.string().nullable(),
  holder: z.string().nullable(),
  validFrom: z.iso.datetime().nullable(),
  validUntil: z.iso.datetime().nullable(),
})

/** What the API answers, and the page in words. */
export const verificationAnswer = z.object({
  verdict: z.enum(verdicts),
  sentence: z.string(),
  checkedAt: z.iso.datetime(),
  brought: z.enum(carriers).meta({ description: 'In what it was brought.' }),
  certificate: certificateShape.nullable().meta({ description: 'As our record has it.' }),
  log: logShape.nullable().meta({ description: 'Its place in the log, once that is proved.' }),
  says: saysShape
    .nullable()
    .meta({ description: 'What another issuer’s credential says of itself. We don’t vouch for it.' }),
  checks: z.array(
    z.object({
      name: z.enum(checkNames),
      outcome: z.enum(outcomes),
      title: z.string(),
      sentence: z.string(),
    }),
  ),
})
export type Answer = z.output<typeof verificationAnswer>

export function answerOf(verification: Verification, origin: string): Answer {
  const { verdict, at, carrier, checks } = verification
  return {
    ...{ verdict, sentence: sentenceOf(verification), checkedAt: at.toISOString(), brought: carrier },
    certificate: certificateOf(verification, origin),
    log: logOf(verification, origin),
    says: saysIn(verification),
    checks: checks.map(one => ({ ...one, title: titleOf(one.name, verification) })),
  }
}

function certificateOf({ certificate, code }: Verification, origin: string): Answer['certificate'] {
  if (!certificate || code === null) return null
  const { granted, ageBand, badge, grantedAt, endedAt } = certificate
  const title = ageBand ? granted.title[ageBand] : titleForAnybody(granted.title)
  return {
    ...{ code, address: `${origin}/certificates/${code}`, holder: certificate.name },
    badge: { id: badge, title, summary: granted.summary },
    criteria: criteriaTold(granted),
    override: certificate.override,
    grantedAt: grantedAt.toISOString(),
    validUntil: certificate.expiresOn,
    suspendedAt: certificate.suspendedAt?.toISOString() ?? null,
    reason: certificate.reasonClass,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

function logOf({ inLog, code }: Verification, origin: string): Answer['log'] {
  if (inLog?.state !== 'proved') return null
  const { entries, size, signedAt } = inLog
  const proof = `${origin}/api/v1/record/proof?certificate=${code}`
  return { entries, size, signedAt: signedAt.toISOString(), proof }
}

function saysIn({ says }: Verification): Answer['says'] {
  if (!says) return null
  const { issuer, badge, holder, from, until } = says
  return {
    ...{ issuer, badge, holder },
    validFrom: from?.toISOString() ?? null,
    validUntil: until?.toISOString() ?? null,
  }
}

/** With what status it is answered: what can't be read can't be answered, and of an unknown code there is nothing. */
export function answerStatus({
  verdict,
  carrier,
}: Pick<Verification, 'verdict' | 'carrier'>): 200 | 400 | 404 {
  if (verdict === 'unreadable') return 400
  return verdict === 'unknown' && carrier === 'code' ? 404 : 200
}
