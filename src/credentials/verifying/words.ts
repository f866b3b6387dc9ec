import { type CheckName, failed, type Outcome, type Verdict, type Verification } from './verification.ts'

/** A verdict for somebody who knows nothing of us: one sentence, and what it means or what to do. */
export const verdictWords: Record<Verdict, { heading: string; sentence: string }> = {
  valid: { heading: 'This certificate is valid', sentence: 'It stands in our certification record today.' },
  suspended: {
    heading: 'This certificate is suspended',
    sentence: 'It was granted, and does not count for the time being. It may hold again.',
  },
  revoked: {
    heading: 'This certificate was revoked',
    sentence: 'It was granted once, and does not count any more.',
  },
  lapsed: {
    heading: 'This certificate has lapsed',
    sentence: 'It was valid until its last day, which is over.',
  },
  foreign: {
    heading: 'This is not from us',
    sentence:
      'Another issuer’s name stands on it. We looked at what can be told without asking them; whether it is true, they alone can say. Please check it where they say, or ask them.',
  },
  altered: {
    heading: 'Do not rely on this',
    sentence:
      'It says that it is from us, but it is not as we signed it. It may have been changed or forged, or damaged on its way. Ask whoever showed it to you for the link to their certificate, and check that here.',
  },
  unproved: {
    heading: 'We can’t prove this certificate',
    sentence:
      'It stands in our certification record, but the record is not as we signed it. Please treat it as unproved until we have found out why.',
  },
  unknown: {
    heading: 'This certificate is unknown',
    sentence:
      'Our certification record has no certificate of this code. Please check that the link or the code is whole.',
  },
  unreadable: { heading: 'This can’t be read', sentence: '' },
}

/** The sentence under the verdict; for what can't be read it is the reason. */
export function sentenceOf(
  verification: Pick<Verification, 'verdict' | 'carrier' | 'checks' | 'certificate'>,
): string {
  const { verdict, carrier, certificate } = verification
  if (verdict === 'lapsed' && certificate?.reasonClass)
    return 'It was granted once, and lapsed before its last day. It does not count any more.'
  if (verdict === 'unreadable') return failed(verification)[0]?.sentence ?? ''
  if (verdict === 'unknown' && carrier !== 'code')
    return 'We signed it, but our certification record has no such certificate any more. Please do not rely on it, and ask us or whoever showed it to you.'
  return verdictWords[verdict].sentence
}

export const checkTitles: Record<CheckName, string> = {
  readable: 'It can be read',
  form: 'It is an Open Badge',
  issuer: 'It is from us',
  signature: 'It is signed',
  key: 'The key is ours',
  unchanged: 'Nothing was changed since',
  record: 'Our record knows it',
  dates: 'It holds today by its dates',
  revocation: 'It was not revoked',
  suspension: 'It is not suspended',
  log: 'The log proves it',
  recipient: 'It belongs to who showed it',
}

/** With another issuer's credential the same questions are asked of them. */
export const foreignTitles: Partial<Record<CheckName, string>> = { issuer: 'It names its issuer' }

export const titleOf = (name: CheckName, { verdict }: Pick<Verification, 'verdict'>): string =>
  (verdict === 'foreign' ? foreignTitles[name] : undefined) ?? checkTitles[name]

export const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  unchecked: 'Could not be checked',
  'not-applicable': 'Does not apply',
}
