import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { Forbidden, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import type { Module } from './course.ts'
import { canReadAhead } from './policy.ts'
import { type Enrolment, type Progress, progressOf } from './progress.ts'
import { missingBefore } from './steps.ts'

/** A module that a person is working on, with the cohort they take it with. */
export type OpenModule = { module: Module; enrolment: Enrolment; progress: Progress }

/**
 * The module, for a person about to do something in it: they take its course, and have done what it builds on.
 * @throws NotFound when there is no such module; Forbidden, with what to do first
 */
export async function openModule(
  db: Queryable,
  content: Content,
  person: Person,
  moduleId: string,
): Promise<OpenModule> {
  const module = found(content.module(moduleId))
  const progress = await progressOf(db, person)
  const enrolment = progress.enrolments.get(module.course)
  if (!enrolment) throw new Forbidden('Please start this course first, on its page.')
  const [first] = missingBefore(content, module, progress)
  if (first) throw new Forbidden(`This module builds on “${first.title}”. Please finish that one first.`)
  return { module, enrolment, progress }
}

/**
 * What a person has to finish before they can open this module; empty where they can. Everybody may read any module
 * of a course that they do not take; in one that they take, they come to it in its order, and keep what they have begun.
 */
export function barredBy(
  content: Content,
  person: Person | null,
  module: Module,
  progress: Progress,
): Module[] {
  const begun = progress.readings.has(module.id) || progress.reflections.has(module.id)
  if (begun || !progress.enrolments.has(module.course) || canReadAhead(person)) return []
  return missingBefore(content, module, progress)
}
