import { type Criterion, partsOf } from '../badges/criterion.ts'
import { within } from './criteria-within.ts'
import { reportCycles } from './cycles.ts'
import { draftsIn } from './drafts.ts'
import { list } from './nearest.ts'
import type { Report } from './problem.ts'
import type { Missing, Speaker } from './references.ts'
import type { Sources } from './sources.ts'
import type { Path } from './written.ts'

/** Reports what badges say of courses, badges and kinds of evidence that is not so. */
export function checkBadges(sources: Sources, missing: Missing, report: Report) {
  const { badges, names } = sources
  for (const badge of badges) {
    const { after = [], duties = [], criteria, lapses } = badge.sound
    after.forEach((id, index) => {
      if (!names.badges.has(id)) missing(badge, ['after', index], 'badge', id, names.badges)
    })
    duties.forEach(({ course }, index) => {
      if (!names.courses.has(course))
        missing(badge, ['duties', index, 'course'], 'course', course, names.courses)
    })
    const renew = lapses?.renew
    for (const [criterion, path] of [
      ...(criteria ? within(criteria, ['criteria']) : []),
      ...(renew ? within(renew, ['lapses', 'renew']) : []),
    ]) {
      checkCriterion(badge, criterion, path, sources, missing, report)
      checkTracks(badge, criterion, path, report)
    }
  }
  checkRooms(badges, report)
  reportCycles(badges, badge => badge.sound.after ?? [], 'after', report)
  reportCycles(badges, badge => badgesNeededFor(badge.sound.criteria), 'criteria', report)
}

/** Reports a room that two badges call by different names: the chat platform knows it as one. */
function checkRooms(badges: Sources['badges'], report: Report) {
  const called = new Map<string, string>()
  for (const badge of badges)
    badge.sound.rooms?.forEach(({ id, title }, index) => {
      const before = called.get(id) ?? title
      called.set(id, before)
      if (before !== title)
        report(
          badge.file,
          badge.lineOf(['rooms', index, 'title']),
          `calls the room '${id}' “${title}”, and another badge “${before}”`,
          'Give both the same title, or each room an id of its own.',
        )
    })
}

/** Reports a variant by track that does not name each track of its badge, and no other. */
function checkTracks(badge: Sources['badges'][number], criterion: Criterion, path: Path, report: Report) {
  if (criterion.kind !== 'by-track') return
  const [named, there] = [criterion.tracks, badge.sound.tracks ?? []].map(tracks =>
    tracks.map(({ id }) => id),
  )
  if (named!.toSorted().join() !== there!.toSorted().join())
    report(
      badge.file,
      badge.lineOf(path),
      `names the tracks ${list(named!)}, and the badge has ${there!.length > 0 ? list(there!) : 'none'}`,
      'Name each of the badge’s `tracks:` once.',
    )
}

function checkCriterion(
  badge: Speaker,
  criterion: Criterion,
  path: Path,
  sources: Sources,
  missing: Missing,
  report: Report,
) {
  const { courses, badges, evidenceKinds, checklists } = sources.names
  if ('course' in criterion && criterion.course !== undefined && !courses.has(criterion.course))
    missing(badge, [...path, 'course'], 'course', criterion.course, courses)
  else if ('course' in criterion) checkReach(badge, criterion, path, sources, report)
  if ('badge' in criterion && !badges.has(criterion.badge))
    missing(badge, [...path, 'badge'], 'badge', criterion.badge, badges)
  if (criterion.kind === 'endorsements')
    criterion.by.forEach((id, index) => {
      if (!badges.has(id)) missing(badge, [...path, 'by', index], 'badge', id, badges)
    })
  if (criterion.kind === 'assessed' && !checklists.has(criterion.checklist))
    missing(badge, [...path, 'checklist'], 'checklist', criterion.checklist, checklists)
  if (criterion.kind === 'supervised-hours') checkSupervised(badge, criterion, path, sources, report)
  if ('evidence' in criterion && evidenceKinds && !evidenceKinds.has(criterion.evidence))
    missing(badge, [...path, 'kind'], 'kind of evidence', criterion.evidence, evidenceKinds)
}

/** Reports hours asked of a kind of evidence that nobody stands by. */
function checkSupervised(
  badge: Speaker,
  { evidence }: Extract<Criterion, { kind: 'supervised-hours' }>,
  path: Path,
  { evidenceKinds }: Sources,
  report: Report,
) {
  const kind = evidenceKinds?.value?.[evidence]
  if (kind && !kind['supervised-by'])
    report(
      badge.file,
      badge.lineOf([...path, 'kind']),
      `asks for hours of '${evidence}', by which nobody stands`,
      'Say in evidence.yaml whose word counts: `supervised-by: [mentor]`.',
    )
}

/** Reports a course that does not have as many reflections or quizzes as are asked of it, or asks for no replies. */
function checkReach(badge: Speaker, criterion: Criterion, path: Path, sources: Sources, report: Report) {
  if (criterion.kind === 'replied') {
    checkReplies(badge, criterion, path, sources, report)
    return
  }
  if (criterion.kind !== 'reflections-passed' && criterion.kind !== 'quizzes-passed') return
  const { kind, course, count = 1 } = criterion
  if (course === undefined) return
  const drafts = draftsIn(sources).modules
  const finished = sources.modules.filter(({ id }) => !drafts.has(id))
  const there =
    kind === 'reflections-passed'
      ? finished.filter(module => module.course === course && module.sound.reflection).length
      : sources.quizzes.filter(({ id }) => id.startsWith(`${course}/`) && !drafts.has(id)).length
  const asked = typeof count === 'number' ? count : Math.max(...Object.values(count))
  const noun = kind === 'reflections-passed' ? 'reflections' : 'quizzes'
  if (there < asked)
    report(
      badge.file,
      badge.lineOf(path),
      `asks for ${asked} ${noun} of '${course}', which has ${there}`,
      'Lower `count`, or add to the course.',
    )
}

/** So many replies can be written wherever there is a discussion; without a number, modules have to ask for some. */
function checkReplies(
  badge: Speaker,
  { course, count }: Extract<Criterion, { kind: 'replied' }>,
  path: Path,
  { modules }: Sources,
  report: Report,
) {
  const discussed = modules.filter(module => module.course === course && module.sound.reflection)
  if (course === undefined || discussed.some(({ sound }) => count !== undefined || sound.reflection?.replies))
    return
  report(
    badge.file,
    badge.lineOf(path),
    `asks for replies in '${course}', where no module does`,
    'Add `replies: 1` to a module there, or a `count:` here.',
  )
}

/** The badges that nobody gets round: where there is a choice, or something must not be, none of it is needed. */
function badgesNeededFor(criterion: Criterion | undefined): string[] {
  if (!criterion || criterion.kind === 'any' || criterion.kind === 'not') return []
  if (criterion.kind === 'by-track') return []
  if (criterion.kind === 'at-least' && criterion.count < criterion.criteria.length) return []
  if ('badge' in criterion) return [criterion.badge]
  return partsOf(criterion).flatMap(([part]) => badgesNeededFor(part))
}
