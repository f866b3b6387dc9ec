import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { publicCertificate } from '../../badges/certificates.ts'
import { NotFound } from '../../errors.ts'
import type { SigningKey } from '../../keys/key.ts'
import type { Person } from '../../people/person.ts'
import { checkInLog } from '../../record/in-log.ts'
import { Unbaked } from '../baked/unbaked.ts'
import { certifiedBy } from '../certified.ts'
import { identityHash } from '../credential.ts'
import { type Brought, type BroughtText, openFile, recognise } from './brought.ts'
import { foreignChecks, formCheck } from './foreign.ts'
import type { OurCredential } from './our-form.ts'
import { type Recipient, recipientCheck } from './recipient.ts'
import { agreementCheck, datesCheck, knownCheck, logCheck, statusChecks } from './record-checks.ts'
import { checkSeal, claimsToBeOurs } from './seal-checks.ts'
import { sealedIn } from './seal.ts'
import { saysOf } from './says.ts'
import { type Check, check, failed, type Verdict, type Verification } from './verification.ts'

/** Where it is checked, by whom and against which keys. */
export interface Around {
  content: Content
  origin: string
  /** All keys of this site, retired ones too. */
  keys: readonly SigningKey[]
  viewer: Person | null
  now?: Date
}

/** What was brought: a text (a link, a code, a token, JSON) or a file, and perhaps the address of whoever showed it. */
export interface Asked {
  /** The code at the end of a certificate's own address. */
  code?: string
  text?: string | undefined
  file?: Uint8Array | undefined
  email?: string | undefined
}

/**
 * Checks a certificate by its link or code, or by a file that carries its credential. Nothing is fetched, and nothing
 * that was brought is kept. What is told of a certificate of ours is what the record says, never what the file does.
 */
export async function verifyCredential(db: Queryable, asked: Asked, around: Around): Promise<Verification> {
  const blank: Verification = {
    ...{ verdict: 'unreadable', carrier: 'unknown', at: around.now ?? new Date(), code: null },
    ...{ certificate: null, inLog: null, says: null, brought: asked.text ?? '', checks: [] },
  }
  let carrier: Verification['carrier'] = 'unknown'
  try {
    const brought = broughtIn(asked, around.origin)
    carrier = brought.carrier
    if (brought.carrier !== 'code')
      return {
        ...blank,
        carrier,
        brought: brought.text,
        ...(await verifyText(db, brought, asked.email, around)),
      }
    const { code } = brought
    return { ...blank, carrier, code, brought: code, ...(await verifyCode(db, code, asked.email, around)) }
  } catch (error) {
    if (!(error instanceof Unbaked)) throw error
    return { ...blank, carrier, checks: [check('readable', 'failed', error.message)] }
  }
}

function broughtIn({ code, text = '', file }: Asked, origin: string): Brought {
  if (code !== undefined) return { carrier: 'code', code }
  return file ? openFile(file) : recognise(text, origin)
}

type Found = Partial<Verification> & Pick<Verification, 'verdict' | 'checks'>

async function verifyCode(
  db: Queryable,
  code: string,
  email: string | undefined,
  around: Around,
): Promise<Found> {
  const unsigned = check(
    'signature',
    'not-applicable',
    'You brought no file whose signature could be checked. The record itself was asked.',
  )
  const found = await verifyInRecord(db, code, null, around)
  if (!found.certificate) return found
  const recipients = email === undefined ? [] : await recipientsNow(db, around.content, code)
  return { ...found, checks: [...found.checks, unsigned, recipientCheck(recipients, email)] }
}

/** None once its holder has left: their address went with them, and only what they took along still has its hash. */
async function recipientsNow(db: Queryable, content: Content, code: string): Promise<Recipient[]> {
  try {
    const { email, salt } = await certifiedBy(db, content, code)
    return [{ hash: identityHash(email, salt), salt }]
  } catch (error) {
    if (error instanceof NotFound) return []
    throw error
  }
}

async function verifyText(
  db: Queryable,
  { text, carrier }: BroughtText,
  email: string | undefined,
  around: Around,
): Promise<Found> {
  const sealed = sealedIn(text)
  const says = saysOf(sealed.credential)
  const checks = [check('readable', 'passed', readable[carrier]), formCheck(says)]
  if (says.form === null) return { verdict: 'unreadable', checks }
  const { origin, keys, content, now = new Date() } = around
  if (!claimsToBeOurs(sealed, says, origin))
    return { verdict: 'foreign', says, checks: [...checks, ...foreignChecks(sealed, says, now)] }

  const seal = await checkSeal(sealed, says, { origin, keys, issuer: content.issuer.name })
  checks.push(...seal.checks)
  if (!seal.credential) return { verdict: 'altered', checks }
  const found = await verifyInRecord(db, codeOf(seal.credential, origin), seal.credential, around)
  checks.push(...found.checks)
  if (!found.certificate) return { ...found, checks }
  return { ...found, checks: [...checks, recipientCheck(recipientsIn(seal.credential), email)] }
}

const readable = {
  json: 'It is JSON.',
  jwt: 'It is a token.',
  png: 'It is a PNG picture that carries a credential.',
  svg: 'It is an SVG drawing that carries a credential.',
} as const

const codeOf = ({ id }: OurCredential, origin: string) => id.slice(`${origin}/certificates/`.length)

const recipientsIn = ({ credentialSubject }: OurCredential): Recipient[] =>
  credentialSubject.identifier
    .filter(({ hashed, identityType }) => hashed && identityType === 'emailAddress')
    .map(({ identityHash: hash, salt = '' }) => ({ hash, salt }))

/** What the record says of a code, and of a sound credential with this code if there is one. */
async function verifyInRecord(
  db: Queryable,
  code: string,
  credential: OurCredential | null,
  { viewer, origin }: Around,
): Promise<Found> {
  const certificate = await publicCertificate(db, viewer, code)
  const record = credential ? agreementCheck(credential, certificate, origin) : knownCheck(certificate)
  if (certificate && record.outcome === 'failed') return { verdict: 'altered', checks: [record] }
  if (!certificate) {
    // Of one that went with its holder's account the status list still says that it does not count.
    const status = credential ? await statusChecks(db, 'unknown', credential, origin) : []
    return { verdict: verdictOf('unknown', status), checks: [record, ...status] }
  }
  const inLog = await checkInLog(db, code)
  const status = await statusChecks(db, certificate.validity, credential, origin)
  const verdict = verdictOf(certificate.validity, [...status, logCheck(inLog)])
  const checks = [record, datesCheck(certificate, credential), ...status, logCheck(inLog)]
  return { verdict, code, certificate, inLog, checks }
}

/** What the record says, unless something else that was looked at says worse: nothing is valid of which a check failed. */
function verdictOf(recorded: Verdict, checks: readonly Check[]): Verdict {
  if (recorded !== 'valid' && recorded !== 'unknown') return recorded
  const [worst] = failed({ checks })
  const verdicts = { revocation: 'revoked', suspension: 'suspended', log: 'unproved' } as const
  return worst && worst.name in verdicts ? verdicts[worst.name as keyof typeof verdicts] : recorded
}
