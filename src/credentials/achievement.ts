import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Badge } from '../badges/badge.ts'
import type { FrozenBadge } from '../badges/frozen.ts'
import { titleForAnybody, type Words } from '../badges/words.ts'
import type { JsonObject } from './json-ld.ts'

/** What a badge is, as it stood at a grant or stands today, and what content says of it beside that. */
export interface Achieved {
  badge: string
  granted: Pick<FrozenBadge, 'title' | 'summary' | 'criteria' | 'version' | 'words'>
  /** Undefined once content has the badge no more. */
  now: Pick<Badge, 'alignment' | 'tags'> | undefined
  /** Null for a title that tells nothing of who holds it. */
  ageBand: 'adult' | 'teen' | null
}

/** A badge as an Achievement of Open Badges 3.0. Its version is another as soon as its criteria are. */
export function achievement({ badge, granted, now, ageBand }: Achieved, origin: string): JsonObject {
  const id = `${origin}/badges/${badge}`
  const alignment = now?.alignment ?? []
  return {
    id,
    type: ['Achievement'],
    achievementType: 'Certification',
    name: titleOf({ granted, ageBand }),
    description: granted.summary,
    criteria: { id: `${origin}/path/${badge}`, narrative: narrative(granted.words) },
    image: { id: `${id}/image.png`, type: 'Image', caption: `The badge ${titleForAnybody(granted.title)}` },
    version: versionOf(granted),
    inLanguage: 'en',
    ...(alignment.length > 0 && { alignment: alignment.map(aligned) }),
    ...(now && now.tags.length > 0 && { tag: [...now.tags] }),
  }
}

export const titleOf = ({ granted, ageBand }: Pick<Achieved, 'granted' | 'ageBand'>): string =>
  ageBand ? granted.title[ageBand] : titleForAnybody(granted.title)

/** The criteria of a grant as outsiders read them: which version of them, and what they were. */
export const criteriaTold = (granted: Achieved['granted']) => ({
  ...{ version: versionOf(granted), text: narrative(granted.words) },
})

/** The words as a Markdown list, which is what Open Badges takes. */
function narrative({ text, parts }: Words, indent = ''): string {
  return [`${indent}- ${text}`, ...parts.map(part => narrative(part, `${indent}  `))].join('\n')
}

/** Twelve digits of the SHA-256 of the criteria in canonical JSON. */
const fingerprintOf = ({ criteria }: Achieved['granted']): string =>
  createHash('sha256')
    .update(canonicalize(criteria) ?? '')
    .digest('hex')
    .slice(0, 12)

/** Which version the criteria are, and their fingerprint: `2 (5f0c…)`. */
function versionOf(granted: Achieved['granted']): string {
  const fingerprint = fingerprintOf(granted)
  return granted.version === undefined ? fingerprint : `${granted.version} (${fingerprint})`
}

const aligned = ({ name, url, framework, code, description }: Badge['alignment'][number]): JsonObject => ({
  type: ['Alignment'],
  targetName: name,
  targetUrl: url,
  ...(framework && { targetFramework: framework }),
  ...(code && { targetCode: code }),
  ...(description && { targetDescription: description }),
})
