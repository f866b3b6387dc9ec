import type { Told } from './links.ts'
import { pictureNamed, type Picture } from './pictures.ts'
import type { Report } from './problem.ts'
import { readingLevel, usualLevel } from './reading-level.ts'
import type { LessonSource, Sources } from './sources.ts'

/** Says what stops nobody and might be better. */
export function advise(
  sources: Sources,
  told: readonly Told[],
  pictures: ReadonlyMap<string, Picture>,
  warn: Report,
) {
  findOrphanGuides(sources, told, warn)
  findOrphanPictures(told, pictures, warn)
  for (const lesson of [...sources.modules, ...sources.guides]) judgeLevel(lesson, warn)
}

/** A guide that only the list of guides shows is found by those who look for it, and not by those who need it. */
function findOrphanGuides({ guides, modules, reports }: Sources, told: readonly Told[], warn: Report) {
  const reached = new Set(modules.flatMap(({ sound }) => sound.guides ?? []))
  if (reports?.sound.plan) reached.add(reports.sound.plan)
  for (const { page, mentions } of told)
    for (const { url } of mentions) {
      const [, guide] = /^\/guides\/([^/#?]+)/.exec(url) ?? []
      if (guide !== undefined && page !== `/guides/${guide}`) reached.add(guide)
    }
  for (const { id, file, sound } of guides)
    if (!reached.has(id) && !sound.draft)
      warn(
        file,
        1,
        'no module, guide or badge leads to this guide',
        `Name it under \`guides:\` of a module, or link to /guides/${id} where it helps.`,
      )
}

function findOrphanPictures(told: readonly Told[], pictures: ReadonlyMap<string, Picture>, warn: Report) {
  const shown = new Set(told.flatMap(({ mentions }) => mentions.map(({ url }) => pictureNamed(url))))
  for (const { name, file } of pictures.values())
    if (!shown.has(name)) warn(file, 1, 'no text shows this picture', 'Show it, or take it away.')
}

function judgeLevel(
  { file, lineOf, sound, body }: LessonSource<{ 'reading-level'?: number | undefined }>,
  warn: Report,
) {
  const most = sound['reading-level'] ?? usualLevel
  const level = readingLevel(body?.prose ?? [])
  if (level === undefined || level < most + 0.5) return
  warn(
    file,
    lineOf(['reading-level']),
    `reads like grade ${Math.round(level)}, and grade ${most} is meant`,
    'Shorten words and sentences, or say `reading-level:` at the top where it has to be so.',
  )
}
