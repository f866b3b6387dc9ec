import { draftsIn } from './drafts.ts'
import type { Heading } from './lesson.ts'
import { mentionsWithin, type Mention } from './mentions.ts'
import { didYouMean } from './nearest.ts'
import { pictureNamed, type Picture } from './pictures.ts'
import type { Report } from './problem.ts'
import { partsOf, sitePages } from './site-pages.ts'
import type { LessonSource, Source, Sources } from './sources.ts'

/** A file, the page that it makes (none for a rubric), and what it leads to. */
export type Told = {
  readonly file: string
  /** `/guides/giving-a-warning` */
  readonly page: string | undefined
  readonly draft: boolean
  readonly mentions: readonly Mention[]
}

/** Everything that says something to readers, with its links and pictures. */
export function tellers(sources: Sources): Told[] {
  const drafts = draftsIn(sources)
  const told = (source: Source<unknown>, page?: string, draft = false): Told => {
    const body = 'body' in source ? (source as LessonSource<unknown>).body : undefined
    return {
      file: source.file,
      page,
      draft,
      mentions: [...mentionsWithin(source), ...(body?.mentions ?? [])],
    }
  }
  return [
    ...sources.courses.map(one => told(one, `/courses/${one.id}`, drafts.courses.has(one.id))),
    ...sources.modules.map(one => told(one, `/courses/${one.id}`, drafts.modules.has(one.id))),
    ...sources.quizzes.map(one => told(one, undefined, drafts.modules.has(one.id))),
    ...sources.guides.map(one => told(one, `/guides/${one.id}`, drafts.guides.has(one.id))),
    ...sources.badges.map(one => told(one, `/path/${one.id}`)),
    ...sources.banks.map(one => told(one)),
    ...sources.calibrations.map(one => told(one, undefined, drafts.courses.has(one.id))),
    ...sources.rubrics.map(one => told(one)),
  ]
}

/** Pages with what can be led to on each, and which of them are drafts. */
type Places = {
  readonly anchors: ReadonlyMap<string, ReadonlySet<string>>
  readonly drafts: ReadonlySet<string>
}

/** Reports links that lead nowhere, and pictures that are not there or are not said in words. */
export function checkMentions(
  sources: Sources,
  told: readonly Told[],
  pictures: ReadonlyMap<string, Picture>,
  report: Report,
  warn: Report | null,
) {
  const places = placesIn(sources)
  for (const teller of told)
    for (const mention of teller.mentions) {
      if (mention.kind === 'picture') checkPicture(teller, mention, pictures, report)
      else checkLink(teller, mention, places, report, warn)
    }
}

function placesIn(sources: Sources): Places {
  const { names } = sources
  const anchors = new Map<string, ReadonlySet<string>>()
  for (const id of names.courses) anchors.set(`/courses/${id}`, new Set(partsOf.course))
  for (const id of names.modules) anchors.set(`/courses/${id}`, new Set(partsOf.module))
  for (const id of names.guides) anchors.set(`/guides/${id}`, new Set(partsOf.guide))
  for (const id of names.badges) anchors.set(`/path/${id}`, new Set())
  for (const { id } of sources.quizzes) anchors.set(`/courses/${id}/quiz`, new Set())
  for (const { id, body } of sources.modules)
    anchors.set(`/courses/${id}`, new Set([...partsOf.module, ...idsOf(body?.headings ?? [])]))
  for (const { id, body } of sources.guides)
    anchors.set(`/guides/${id}`, new Set([...partsOf.guide, ...idsOf(body?.headings ?? [])]))
  const { courses, modules, guides } = draftsIn(sources)
  const drafts = [
    ...[...courses, ...modules].map(id => `/courses/${id}`),
    ...[...guides].map(id => `/guides/${id}`),
  ]
  return { anchors, drafts: new Set(drafts) }
}

/**
 * The ids that headings get on the page, which are GitHub's: small letters, signs left out, spaces as hyphens, and a
 * number behind what was there before.
 */
export function idsOf(headings: readonly Heading[]): string[] {
  const seen = new Map<string, number>()
  return headings.map(({ text }) => {
    const plain = text
      .toLowerCase()
      .replace(/-{2,3}|[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(plain)
    seen.set(plain, (before ?? 0) + 1)
    return before === undefined ? plain : `${plain}-${before}`
  })
}

function checkLink(
  { file, page, draft }: Told,
  { url, line }: Mention,
  { anchors, drafts }: Places,
  report: Report,
  warn: Report | null,
) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) {
    checkElsewhere(file, url, line, report)
    return
  }
  const [path = '', anchor] = url.split('#')
  const [address = ''] = (path || page || '').split('?')
  const leadsTo = address.length > 1 ? address.replace(/\/$/, '') : address
  if (!url.startsWith('/') && !url.startsWith('#')) {
    report(
      file,
      line,
      `'${url}' leads nowhere`,
      'Write it from the top of the site, like `/guides/giving-a-warning`.',
    )
    return
  }
  const there = anchors.get(leadsTo)
  if (there && anchor && !there.has(anchor))
    report(file, line, `there is no part '#${anchor}' on ${leadsTo}`, didYouMean(anchor, there))
  if (there && !draft && drafts.has(leadsTo))
    warn?.(file, line, `'${leadsTo}' is a draft, which readers can't open yet`, 'Publish it first.')
  if (!there && !sitePages.has(leadsTo))
    report(
      file,
      line,
      page === undefined && path === '' ? `'${url}' leads nowhere` : `there is no page '${leadsTo}'`,
      didYouMean(leadsTo, [...anchors.keys(), ...sitePages]) ??
        'Lead to a course, a module, a guide or a badge.',
    )
}

/** Of other sites only the shape is looked at: whether they answer is theirs. */
function checkElsewhere(file: string, url: string, line: number, report: Report) {
  if (/^mailto:[^@\s]+@[^@\s]+\.[^@\s]+$/i.test(url) || /^(tel|sms):\+?[\d().\s-]{3,}$/i.test(url)) return
  const host = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).hostname : ''
  if (!/^[^.\s]+(\.[^.\s]+)+$/.test(host))
    report(file, line, `'${url}' is no address that can be opened`, 'Start it with `https://`.')
}

function checkPicture(
  { file }: Told,
  { url, words, line }: Mention,
  pictures: ReadonlyMap<string, Picture>,
  report: Report,
) {
  const name = pictureNamed(url)
  if (name === undefined)
    report(
      file,
      line,
      `'${url}' is no picture of ours`,
      'Put it into content/pictures/ and write `pictures/<name>.png`.',
    )
  else if (!pictures.has(name))
    report(
      file,
      line,
      `there is no picture '${name}' in content/pictures/`,
      didYouMean(name, pictures.keys()),
    )
  if (words.trim() === '')
    report(
      file,
      line,
      `the picture '${url}' says nothing to those who can't see it`,
      'Say in brackets what it shows: `![A warning in three lines](pictures/…)`.',
    )
  else if (isUseless(words))
    report(
      file,
      line,
      `'${words}' tells nobody what the picture shows`,
      'Say in a few words what one would miss without it.',
    )
}

/** A file's name, or a word that only says that here is a picture. */
const isUseless = (words: string): boolean =>
  /\.(png|jpe?g|webp|avif|svg|gif)$/i.test(words.trim()) ||
  /^(an?|the|this)?\s*(image|picture|photo|photograph|graphic|diagram|figure|screenshot|illustration|icon|chart|img|pic)\s*(of|\d+|here|below|above)?[.:]?$/i.test(
    words.trim(),
  )
