import type { Appealable } from './decided.ts'

/** What was decided, for admins. */
export const appealedInWords: Record<Appealable, string> = {
  decline: 'Declined',
  suspension: 'Suspended',
  revocation: 'Revoked',
}

/** What becomes of it where the appeal is upheld. */
export const undoneInWords: Record<Appealable, string> = {
  decline:
    'The decline is undone. If they meet the criteria they hold the badge at once; if not, they are in the queue as soon as they do.',
  suspension: 'The badge is reinstated at once.',
  revocation: 'They hold the badge again at once, by a new grant.',
}
