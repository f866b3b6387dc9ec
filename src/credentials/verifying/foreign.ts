import { dayInWords } from '../../layout/time.ts'
import type { Says } from './says.ts'
import type { Sealed } from './seal.ts'
import { type Check, check } from './verification.ts'

/** Whether it is a badge that this page reads. */
export function formCheck({ form }: Says): Check {
  switch (form) {
    case 'open-badge':
      return check('form', 'passed', 'It is an Open Badge 3.0 (Verifiable Credentials 2.0).')
    case 'older-open-badge':
      return check(
        'form',
        'passed',
        'It is an Open Badge 3.0 of the older form (Verifiable Credentials 1.1).',
      )
    case 'open-badge-2':
      return check('form', 'failed', 'It is an Open Badge of version 2, and this page reads version 3.')
    case 'other-credential':
      return check('form', 'failed', 'It is a verifiable credential, but not a badge.')
    default:
      return check('form', 'failed', 'It is none of the kinds of credential that this page reads.')
  }
}

/** What can be told of another issuer's credential with nothing but itself. */
export function foreignChecks({ signatures, way }: Sealed, says: Says, now: Date): Check[] {
  const { issuer } = says
  const whose = issuer.id ?? issuer.name
  return [
    whose
      ? check('issuer', 'passed', 'It names an issuer, who is not us.')
      : check('issuer', 'failed', 'It does not name an issuer.'),
    signatures === 0
      ? check('signature', 'failed', 'It bears no signature, so that anybody could have written it.')
      : check(
          'signature',
          'unchecked',
          way
            ? 'It bears a signature that only its issuer’s key can confirm. We fetch nothing from elsewhere, and do not have that key.'
            : 'It bears a signature of a kind that this page does not read.',
        ),
    foreignDates(says, now),
    check('revocation', 'unchecked', 'Whether its issuer has revoked it, only its issuer can say.'),
    check('record', 'not-applicable', 'Our record has our own certificates alone.'),
  ]
}

function foreignDates({ from, until }: Says, now: Date): Check {
  if (from && from > now) return check('dates', 'failed', `It says that it begins on ${dayInWords(from)}.`)
  if (until && until < now) return check('dates', 'failed', `It says that it ended on ${dayInWords(until)}.`)
  return from
    ? check('dates', 'passed', 'By the dates that it says, it holds today.')
    : check('dates', 'unchecked', 'It does not say from when it holds.')
}
