import type { Fields } from '../support/site.ts'
import type { Role, World } from './world.ts'

/** A status; `sign-in` where one is led to sign in and back, `done` where one is led on. */
export type Answer = number | 'sign-in' | 'done'
export type Answers = Record<Role, Answer>

export interface RouteRow {
  path: string | ((world: World) => Promise<string> | string)
  request?: RequestInit
  answers: Answers
}

export interface ActionRow {
  /** The page on which its form stands. */
  page: string | ((world: World) => Promise<string> | string)
  /** What this role posts: well-formed, so that only permission decides. */
  fields: (world: World, role: Role) => Promise<Fields> | Fields
  answers: Answers
}

/** The same answer for all, but for those named. */
export const all = (answer: Answer, but: Partial<Answers> = {}): Answers => ({
  guest: answer,
  suspended: answer,
  otherTrainee: answer,
  trainee: answer,
  otherMentor: answer,
  mentor: answer,
  admin: answer,
  ...but,
})

const outside = { guest: 'sign-in', suspended: 'sign-in' } as const

/** For whoever is signed in; the suspended are guests. */
export const signedIn = (answer: Answer, but: Partial<Answers> = {}) => all(answer, { ...outside, ...but })
