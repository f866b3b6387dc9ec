import { type Duration, inWords } from '../authoring/duration.ts'
import { dayInWords } from '../layout/time.ts'
import type { Criterion } from './criterion.ts'
import type { Facts } from './facts.ts'
import type { Outline } from './outline.ts'

/** A criterion in words for one person, where the author gave none: `30 help guides completed`. */
export function labelFor(
  criterion: Criterion,
  need: number,
  { ageBand }: Pick<Facts, 'ageBand'>,
  outline: Outline,
): string {
  const course = (id: string) => outline.courses.get(id)?.title ?? id
  const badge = (id: string) => outline.badges.get(id)?.[ageBand] ?? id

  switch (criterion.kind) {
    case 'all':
      return 'All of these'
    case 'any':
      return 'One of these'
    case 'at-least':
      return `At least ${criterion.count} of these`
    case 'not':
      // Its author has to say it in words of their own.
      return 'What must not be'
    case 'by-kind':
    case 'by-age-band':
      return 'What is asked of you'
    case 'by-track':
      return 'A track chosen'
    case 'or-earlier':
      return `The rules now, or until ${dayInWords(new Date(criterion.until))} the earlier ones`
    case 'course-complete':
      return `${course(criterion.course)} completed`
    case 'modules-read':
      return `Every module of ${course(criterion.course)} read`
    case 'reflections-passed':
      return passed('reflection', criterion, need, course)
    case 'quizzes-passed':
      return passed('quiz', criterion, need, course)
    case 'replied':
      return replied(criterion, need, course)
    case 'guides-completed':
      return `${need} help ${need === 1 ? 'guide' : 'guides'} completed${lately(criterion.within)}`
    case 'evidence':
      return `${evidence(criterion.evidence, need, outline)}${lately(criterion.within)}`
    case 'supervised-hours': {
      const plural = outline.evidenceKinds.get(criterion.evidence)?.plural ?? criterion.evidence
      return `${need} ${need === 1 ? 'hour' : 'hours'} of ${plural} with somebody beside you${lately(criterion.within)}`
    }
    case 'assessed': {
      const title = outline.checklists.get(criterion.checklist) ?? criterion.checklist
      const times = need === 1 ? '' : `${need} times, `
      return `${title}: ${times}seen and passed${lately(criterion.within)}`
    }
    case 'application':
      return 'An application'
    case 'endorsements': {
      const holders = criterion.by.map(id => badge(id)).join(' or ')
      return need === 1
        ? `Endorsed by somebody who is ${holders}`
        : `Endorsed by ${need} people who are ${holders}`
    }
    case 'weeks-since-joining':
      return `${weeks(need)} in the community`
    case 'weeks-holding':
      return `${weeks(need)} as ${badge(criterion.badge)}`
    case 'holds':
      return `${badge(criterion.badge)} badge held`
  }
}

type Passed = Extract<Criterion, { kind: 'reflections-passed' | 'quizzes-passed' }>

function passed(
  thing: 'reflection' | 'quiz',
  criterion: Passed,
  need: number,
  title: (id: string) => string,
) {
  const of = criterion.course === undefined ? '' : ` of ${title(criterion.course)}`
  if (criterion.count === undefined) return `Every ${thing}${of} passed`
  const plural = thing === 'quiz' ? 'quizzes' : 'reflections'
  return `${need} ${need === 1 ? thing : plural}${of} passed`
}

function replied(
  { course, count }: Extract<Criterion, { kind: 'replied' }>,
  need: number,
  title: (id: string) => string,
) {
  if (count === undefined && course !== undefined)
    return `Replies to others written wherever ${title(course)} asks for them`
  const where = course === undefined ? '' : ` in ${title(course)}`
  return `${need} ${need === 1 ? 'reply' : 'replies'} to others${where}`
}

function evidence(id: string, need: number, outline: Outline) {
  const kind = outline.evidenceKinds.get(id)
  const words = need === 1 ? kind?.title : kind?.plural
  return `${need} ${words ?? id}`
}

const lately = (within: Duration | undefined) => (within ? ` in the last ${inWords(within)}` : '')

const weeks = (count: number) => `${count} ${count === 1 ? 'week' : 'weeks'}`
