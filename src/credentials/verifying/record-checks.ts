import type { Queryable } from '../../../db/client.ts'
import type { PublicCertificate } from '../../badges/certificates.ts'
import { dayInWords } from '../../layout/time.ts'
import type { InLog } from '../../record/in-log.ts'
import { withoutFraction } from '../credential.ts'
import { markedIn } from '../status.ts'
import { listNamed, type Purpose, purposes } from '../status-entries.ts'
import type { OurCredential } from './our-form.ts'
import { type Check, check, type Verdict } from './verification.ts'

/** What the record says of the certificate that a sound credential names. */
export function agreementCheck(
  { credentialSubject, validFrom }: OurCredential,
  certificate: PublicCertificate | null,
  origin: string,
): Check {
  if (!certificate) return check('record', 'failed', notKnown)
  const agrees =
    credentialSubject.achievement.id === `${origin}/badges/${certificate.badge}` &&
    validFrom === withoutFraction(certificate.grantedAt)
  return agrees
    ? check('record', 'passed', 'Our certification record has the same badge, granted at the same time.')
    : check('record', 'failed', 'Our certification record has another badge or another date under this code.')
}

/** The same for a code by itself. */
export const knownCheck = (certificate: PublicCertificate | null): Check =>
  certificate
    ? check('record', 'passed', 'It stands in our certification record.')
    : check('record', 'failed', notKnown)

const notKnown = 'Our certification record has no certificate with this code.'

/** Whether its last day is over. The record counts: a badge that was renewed says its new last day there alone. */
export function datesCheck(
  { expiresOn, validity, reasonClass, endedAt }: PublicCertificate,
  credential: OurCredential | null,
): Check {
  const day = expiresOn && dayInWords(new Date(expiresOn))
  if (validity === 'lapsed' && reasonClass && endedAt)
    return check('dates', 'failed', `It lapsed on ${dayInWords(endedAt)} (${reasonClass.title}).`)
  if (validity === 'lapsed')
    return check('dates', 'failed', day ? `It was valid until ${day}.` : 'It has lapsed.')
  const saidUntil = credential?.validUntil?.slice(0, 10)
  const changed = credential && (saidUntil ?? null) !== expiresOn
  const words = day ? `It is valid until ${day}.` : 'It has no end date.'
  return check(
    'dates',
    'passed',
    changed ? `${words} That was changed since this file was made; a fresh one can be downloaded.` : words,
  )
}

/**
 * Whether the record, or the status list that a credential names, says that it was revoked or suspended.
 * @param validity what the record says of it; `unknown` for nothing
 */
export async function statusChecks(
  db: Queryable,
  validity: Verdict,
  credential: OurCredential | null,
  origin: string,
): Promise<Check[]> {
  const checks: Check[] = []
  for (const purpose of purposes) {
    const inList = credential && (await listed(db, credential, purpose, origin))
    checks.push(statusCheck(purpose, validity, inList))
  }
  return checks
}

/** What the list says: whether it is marked there, or null where the credential names no list of ours. */
async function listed(
  db: Queryable,
  { credentialStatus }: OurCredential,
  purpose: Purpose,
  origin: string,
): Promise<boolean | null> {
  const entry = credentialStatus.find(({ statusPurpose }) => statusPurpose === purpose)
  const start = `${origin}/credentials/status/`
  if (!entry?.statusListCredential.startsWith(start)) return null
  const named = listNamed(entry.statusListCredential.slice(start.length))
  const marked = named?.purpose === purpose ? await markedIn(db, purpose, named.list) : null
  return marked?.includes(Number(entry.statusListIndex)) ?? null
}

const done = { revocation: 'revoked', suspension: 'suspended' } as const

/** @param inList null where no list of ours was named, as with a code by itself */
function statusCheck(purpose: Purpose, validity: Verdict, inList: boolean | null): Check {
  const how = done[purpose]
  if (validity === how) return check(purpose, 'failed', `It is ${how}: it does not count.`)
  if (inList)
    return check(
      purpose,
      'failed',
      `The status list that the file names says that it is ${how}: it does not count.`,
    )
  const list = 'the status list that the file names'
  if (validity === 'unknown')
    return check(
      purpose,
      'unchecked',
      `Our record does not know it, and ${list} does not say that it is ${how}.`,
    )
  return check(
    purpose,
    'passed',
    inList === null
      ? `Our record says that it is not ${how}.`
      : `Neither our record nor ${list} says that it is ${how}.`,
  )
}

export function logCheck(inLog: InLog | null): Check {
  switch (inLog?.state) {
    case 'proved':
      return check(
        'log',
        'passed',
        `We followed the proof to the signed head over ${inLog.size.toLocaleString('en-GB')} entries: it is among them.`,
      )
    case 'new':
      return check(
        'log',
        'unchecked',
        'It is so new that it is not signed yet. That happens within a minute.',
      )
    default:
      return check('log', 'failed', 'The proof does not lead to what we signed. Please treat it as unproved.')
  }
}
