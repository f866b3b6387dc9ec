import type { PublicCertificate } from '../../badges/certificates.ts'
import type { InLog } from '../../record/in-log.ts'
import type { Says } from './says.ts'

/** What comes of checking a certificate. */
export const verdicts = [
  'valid',
  'suspended',
  'revoked',
  'lapsed',
  'foreign',
  'altered',
  'unproved',
  'unknown',
  'unreadable',
] as const
export type Verdict = (typeof verdicts)[number]

export const outcomes = ['passed', 'failed', 'unchecked', 'not-applicable'] as const
export type Outcome = (typeof outcomes)[number]

/** Everything that is looked at, in this order. The names are part of the API and stay as they are. */
export const checkNames = [
  'readable',
  'form',
  'issuer',
  'signature',
  'key',
  'unchanged',
  'record',
  'dates',
  'revocation',
  'suspension',
  'log',
  'recipient',
] as const
export type CheckName = (typeof checkNames)[number]

export interface Check {
  name: CheckName
  outcome: Outcome
  /** What it means, for anybody. */
  sentence: string
}

/** In what a certificate was brought. */
export const carriers = ['code', 'json', 'jwt', 'png', 'svg', 'unknown'] as const
export type Carrier = (typeof carriers)[number]

/** What a check came to: the verdict, what it rests on, and what anybody may learn of the certificate. */
export interface Verification {
  verdict: Verdict
  carrier: Carrier
  at: Date
  /** The code of the certificate; null where it is not ours, or nothing that was brought can be relied on. */
  code: string | null
  /** As our record has it, never as a file says. */
  certificate: PublicCertificate | null
  inLog: InLog | null
  /** What the credential of another issuer says of itself, which we can't vouch for. */
  says: Says | null
  /** The code, or the credential as text, by which it can be checked once more. */
  brought: string
  checks: readonly Check[]
}

export const failed = ({ checks }: Pick<Verification, 'checks'>): Check[] =>
  checks.filter(({ outcome }) => outcome === 'failed')

export const check = (name: CheckName, outcome: Outcome, sentence: string): Check => ({
  ...{ name, outcome, sentence },
})
