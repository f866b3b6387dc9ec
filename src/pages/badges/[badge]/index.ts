import type { APIRoute } from 'astro'
import { jsonLd } from '../../../api/for-everybody.ts'
import { content } from '../../../authoring/content.ts'
import { frozen } from '../../../badges/frozen.ts'
import { achievement } from '../../../credentials/achievement.ts'
import { credentialsV2, openBadgesV3 } from '../../../credentials/contexts.ts'
import { env } from '../../../env.ts'
import { found } from '../../../errors.ts'

/** The address that credentials give a badge: programs get it as it stands today, people are led to its page. */
export const GET: APIRoute = ({ params, request, redirect }) => {
  const all = content()
  const badge = found(all.badge(params.badge ?? ''))
  if (request.headers.get('accept')?.includes('text/html')) return redirect(`/path/${badge.id}`, 303)
  const described = { badge: badge.id, granted: frozen(all, badge), now: badge, ageBand: null }
  const response = jsonLd({
    '@context': [credentialsV2, openBadgesV3],
    ...achievement(described, env.ORIGIN),
  })
  response.headers.set('vary', 'accept')
  return response
}
