import { certificateHeld } from '../../src/badges/certificates.ts'
import { certifiedBy } from '../../src/credentials/certified.ts'
import { content } from '../../src/authoring/content.ts'
import { certify } from '../credentials/certificate.ts'
import { all, type RouteRow } from './row.ts'
import type { World } from './world.ts'

/** The code of a certificate that the trainee holds. */
async function certificateOfTrainee({ db, people: { trainee } }: World): Promise<string> {
  return (await certificateHeld(db, trainee.id, 'moderator')) ?? certify(db, trainee)
}

/** Whoever knows the code of a certificate may have it: to be shown to others is what it is for. */
export const routeRows: Record<string, RouteRow> = {
  '/.well-known/did.json': { path: '/.well-known/did.json', answers: all(200) },
  '/api/v1/issuer': { path: '/api/v1/issuer', answers: all(200) },
  '/api/v1/verify': {
    path: async world => `/api/v1/verify?code=${await certificateOfTrainee(world)}`,
    answers: all(200),
  },
  '/badges/[badge]': { path: '/badges/moderator', answers: all(200) },
  '/badges/[badge]/image.png': { path: '/badges/moderator/image.png', answers: all(200) },
  '/certificates/[code]/[file]': {
    path: async world => `/certificates/${await certificateOfTrainee(world)}/credential.json`,
    answers: all(200),
  },
  '/verify': { path: async world => `/verify?code=${await certificateOfTrainee(world)}`, answers: all(200) },
  '/credentials/status/[list]': {
    path: async world => {
      const { place } = await certifiedBy(world.db, content(), await certificateOfTrainee(world))
      return `/credentials/status/revocation-${place.list}`
    },
    answers: all(200),
  },
}
