import type { Db } from '../../../db/client.ts'
import { content } from '../../../src/authoring/content.ts'
import { certifiedBy } from '../../../src/credentials/certified.ts'
import { credentialFile, type Format } from '../../../src/credentials/files.ts'
import type { JsonObject } from '../../../src/credentials/json-ld.ts'
import type { TokenAlgorithm } from '../../../src/credentials/vc-jwt.ts'
import type { Check, Verification } from '../../../src/credentials/verifying/verification.ts'
import { type Asked, verifyCredential } from '../../../src/credentials/verifying/verify.ts'
import { allKeys } from '../../../src/keys/ring.ts'
import { signHead } from '../../../src/record/heads.ts'
import { siteSigner } from '../../../src/record/signer.ts'
import { addTrainee } from '../../support/cast.ts'
import { certify } from '../certificate.ts'

export const origin = 'https://training.example.org'
export const bytes = (text: string) => new TextEncoder().encode(text)

/** Somebody with a certificate that is in the log, what they take along of it, and the table on which it is checked. */
export async function checkingBench(db: Db, handle = 'hope') {
  const hope = await addTrainee(db, { handle, displayName: 'Hope أمل' })
  const code = await certify(db, hope)
  await signHead(db, siteSigner())
  const file = async (format: Format, algorithm?: TokenAlgorithm) =>
    credentialFile(db, content(), origin, { code, format, ...(algorithm && { algorithm }) })
  return {
    ...{ hope, code, file },
    certified: () => certifiedBy(db, content(), code),
    json: async () => JSON.parse(new TextDecoder().decode(await file('json'))) as JsonObject,
    token: async (algorithm: TokenAlgorithm) => new TextDecoder().decode(await file('jwt', algorithm)),
    check: (asked: Asked, now?: Date) =>
      verifyCredential(db, asked, {
        ...{ content: content(), origin, keys: allKeys(), viewer: null },
        ...(now && { now }),
      }),
  }
}

/** What came of one thing that was looked at. */
export const outcomeOf = ({ checks }: Verification, name: Check['name']) =>
  checks.find(check => check.name === name)?.outcome

export const failedIn = ({ checks }: Verification) =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
