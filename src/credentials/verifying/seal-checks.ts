import type { SigningKey } from '../../keys/key.ts'
import { dayInWords } from '../../layout/time.ts'
import { didOf } from '../did.ts'
import type { OurCredential } from './our-form.ts'
import type { Says } from './says.ts'
import type { Sealed } from './seal.ts'
import { type Check, check } from './verification.ts'

interface Site {
  origin: string
  /** What the issuer is called. */
  issuer: string
  keys: readonly SigningKey[]
}

/** Whether a credential says, in any of the places where it can, that it is from here. */
export const claimsToBeOurs = ({ keyName }: Sealed, { issuer, id }: Says, origin: string): boolean =>
  issuer.id === didOf(origin) ||
  (keyName?.startsWith(`${didOf(origin)}#`) ?? false) ||
  (id?.startsWith(`${origin}/`) ?? false)

/** Checks whom a credential is from and that it is as it was signed; tells it only if it is. */
export async function checkSeal(
  sealed: Sealed,
  says: Says,
  site: Site,
): Promise<{ checks: Check[]; credential: OurCredential | null }> {
  const checks = [issuerCheck(says, site), signatureCheck(sealed)]
  const key = sealed.keyOf(site.origin, site.keys)
  checks.push(keyCheck(key, site))
  if (!key || checks.some(({ outcome }) => outcome === 'failed')) {
    checks.push(check('unchanged', 'unchecked', 'Without a signature by a key of ours this can’t be told.'))
    return { checks, credential: null }
  }
  const credential = await sealed.openedWith(site.origin, key)
  checks.push(
    credential
      ? check('unchanged', 'passed', 'Every word in it is as it was when we signed it.')
      : check(
          'unchanged',
          'failed',
          'It is not as we signed it: something in it was changed, or is missing.',
        ),
  )
  return { checks, credential }
}

const issuerCheck = ({ issuer }: Says, { origin, issuer: name }: Site): Check =>
  issuer.id === didOf(origin)
    ? check('issuer', 'passed', `It names ${name} (${didOf(origin)}) as its issuer.`)
    : check('issuer', 'failed', `It does not name us, ${didOf(origin)}, as its issuer.`)

function signatureCheck({ signatures, way }: Sealed): Check {
  if (signatures === 0)
    return check('signature', 'failed', 'It bears no signature, so that anybody could have written it.')
  if (signatures > 1)
    return check('signature', 'failed', 'It bears more than one signature, where ours bear one.')
  if (!way) return check('signature', 'failed', 'It is signed in a way in which we never sign.')
  return check(
    'signature',
    'passed',
    way === 'eddsa-rdfc-2022'
      ? 'It bears a Data Integrity proof (eddsa-rdfc-2022).'
      : `It is a signed token (${way}).`,
  )
}

function keyCheck(key: SigningKey | undefined, { origin }: Site): Check {
  if (!key) return check('key', 'failed', 'It does not name a key of ours.')
  const since = key.retiredAt
    ? `signed with it until ${dayInWords(key.retiredAt)}; what it signed still counts`
    : `have signed with it since ${dayInWords(key.madeAt)}`
  return check('key', 'passed', `It names the key ${short(key.id)} of ${didOf(origin)}. We ${since}.`)
}

const short = (id: string) => `${id.slice(0, 8)}…${id.slice(-6)}`
