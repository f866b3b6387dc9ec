import { z } from 'zod'
import { after, duration } from './duration.ts'
import { line } from './text.ts'

/** What a revision means for whoever had finished: nothing, a look at what changed, or doing it again. */
export type Asks = 'keep' | 'refresh' | 'redo'

/** What may be asked again: another reading, another answer to the question, another pass of the quiz. */
const again = ['read', 'reflection', 'quiz'] as const

/** A significant change of a page, as its author tells of it. */
export type Revision = {
  readonly version: number
  /** ISO day. */
  readonly on: string
  /** In words, for whoever knew the page before. */
  readonly changed: string
  readonly asks: Asks
  /** ISO day by which to have looked at it; null but for `refresh`. */
  readonly by: string | null
  /** What does not count any more; empty but for `redo`. */
  readonly again: readonly (typeof again)[number][]
}

/** What has versions: a module or a guide. */
export type Versioned = { readonly version: number; readonly revisions: readonly Revision[] }

/** The fields of a page that has versions. A guide is never taken back, so it asks for no `redo`. */
export const versionFields = (asks: readonly [Asks, ...Asks[]]) => ({
  version: z
    .int()
    .min(1)
    .max(999)
    .default(1)
    .describe('one more with each significant change; a small edit leaves it as it is'),
  revisions: z.array(revisionSchema(asks)).max(50).default([]).describe('significant changes, newest first'),
})

const revisionSchema = (asks: readonly [Asks, ...Asks[]]) =>
  z
    .strictObject({
      version: z.int().min(2).max(999).describe('the version that it made'),
      on: z.iso
        .date({ error: 'is not a day\nWrite it like `2026-11-22`.' })
        .describe('the day on which it changed'),
      changed: line(400).describe('what changed, in words for whoever knew the page before'),
      asks: z.enum(asks).describe('what it means for whoever had finished'),
      by: duration.optional().describe('how long they have to look at it, for `refresh`'),
      again: z.array(z.enum(again)).min(1).optional().describe('what is asked again, for `redo`'),
    })
    .superRefine((revision, ctx) => {
      const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
      if (revision.asks === 'refresh' && !revision.by)
        wrong('by', 'is missing\nSay how long people have to look at what changed, like `by: 4 weeks`.')
      if (revision.asks !== 'refresh' && revision.by)
        wrong('by', 'means nothing here\nOnly `asks: refresh` has a time by which; take the line out.')
      if (revision.asks !== 'redo' && revision.again)
        wrong('again', 'means nothing here\nOnly `asks: redo` asks for something again; take the line out.')
    })
    .transform(({ by, again, ...rest }): Revision => ({
      ...rest,
      by: by ? after(new Date(rest.on), by).toISOString().slice(0, 10) : null,
      again: rest.asks === 'redo' ? (again ?? ['read']) : [],
    }))

/** Reports versions that go backwards, or that nobody tells of. */
export function checkVersions({ version, revisions }: Versioned, ctx: z.core.$RefinementCtx): void {
  const wrong = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message })
  const newest = revisions[0]?.version ?? 1
  if (version < newest)
    wrong(['version'], `goes backwards: there is a revision ${newest}\nWrite \`version: ${newest}\`.`)
  if (version > newest)
    wrong(
      ['version'],
      `is ${version}, and no revision tells what changed\nAdd it under \`revisions\`, or leave \`version: ${newest}\` after a small edit.`,
    )
  revisions.forEach((revision, index) => {
    const newer = revisions[index - 1]
    if (newer && revision.version >= newer.version)
      wrong(
        ['revisions', index, 'version'],
        'goes backwards\nPut the newest revision first, each with a smaller version.',
      )
    else if (newer && revision.on > newer.on)
      wrong(['revisions', index, 'on'], 'is later than the revision above it\nCheck the two days.')
  })
}

/** The version from which a reading counts. */
export const readingNeeded = ({ revisions }: Versioned): number =>
  revisions.find(({ again }) => again.includes('read'))?.version ?? 1

/** The ISO day (UTC) from which a pass of the quiz, or an answer to the question, counts; null where each does. */
export const askedSince = ({ revisions }: Versioned, what: 'quiz' | 'reflection'): string | null =>
  revisions.find(({ again }) => again.includes(what))?.on ?? null

/** The revisions that somebody who knows `version` has not heard of, newest first. */
export const since = ({ revisions }: Versioned, version: number): Revision[] =>
  revisions.filter(revision => revision.version > version)

/** What somebody is asked to look at: everything that changed since, and the ISO day by which. */
export type Refresh = { readonly by: string; readonly changed: readonly Revision[] }

/** What whoever finished `version` is asked to look at, or null. What they have finished stays finished. */
export function refreshDue(thing: Versioned, version: number): Refresh | null {
  const changed = since(thing, version)
  const days = changed.flatMap(({ by }) => by ?? []).toSorted()
  return days[0] ? { by: days[0], changed } : null
}
