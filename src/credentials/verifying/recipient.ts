import { identityHash } from '../credential.ts'
import { type Check, check } from './verification.ts'

/** Whose a credential is: an address as a hash, with the salt that went into it. */
export interface Recipient {
  hash: string
  salt: string
}

/** Whether it was made out to this address. The address is hashed as the credential has it, compared, and forgotten. */
export function recipientCheck(recipients: readonly Recipient[], email: string | undefined): Check {
  if (email === undefined)
    return check(
      'recipient',
      'unchecked',
      'It says by an e-mail address, in scrambled form, whose it is. You gave none to compare.',
    )
  if (recipients.length === 0)
    return check(
      'recipient',
      'unchecked',
      'Our record has no address of its holder any more. A file of it still can tell.',
    )
  return recipients.some(({ hash, salt }) => identityHash(email.trim(), salt) === hash)
    ? check('recipient', 'passed', 'It was made out to the address that you typed.')
    : check(
        'recipient',
        'failed',
        'It was not made out to the address that you typed. They may have had another one then: ask them which.',
      )
}
