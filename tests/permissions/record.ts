import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { signHead } from '../../src/record/heads.ts'
import { siteSigner } from '../../src/record/signer.ts'
import { addTrainee } from '../support/cast.ts'
import { all, type RouteRow } from './row.ts'
import type { World } from './world.ts'

let code: string | undefined

/** A certificate that is in the record under a signed head. */
async function signedCertificate({ db }: World): Promise<string> {
  if (code !== undefined) return code
  const grant = {
    personId: (await addTrainee(db)).id,
    badge: 'ambassador',
    reason: 'A test.',
    override: true,
  }
  const made = await db.transaction(tx => grantBadge(tx, content(), null, grant))
  await signHead(db, siteSigner())
  return (code = made.code)
}

/** What anybody may read. */
const open = (path: (code: string) => string): RouteRow => ({
  path: async world => path(await signedCertificate(world)),
  answers: all(200),
})

export const routeRows: Record<string, RouteRow> = {
  '/record': { path: '/record', answers: all(200) },
  '/api/v1/record/head': open(() => '/api/v1/record/head'),
  '/api/v1/record/entries': open(() => '/api/v1/record/entries'),
  '/api/v1/record/proof': open(certificate => `/api/v1/record/proof?certificate=${certificate}`),
  '/api/v1/record/consistency': open(() => '/api/v1/record/consistency?from=1'),
}
