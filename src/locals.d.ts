/// <reference types="astro/client" />
import type { Written } from './actions/form-action.ts'
import type { Person } from './people/person.ts'

declare global {
  namespace App {
    interface Locals {
      /** Who is signed in, as they stand at this request. */
      person: Person | null
      /** The id of the session at hand, by which a person may end the others. */
      sessionId: string | null
      /** When their account is erased, if they have asked for that. */
      leavesAt: Date | null
      /** What became of the write that this request asked for. */
      written?: Written
      /** A form that could not be taken and that no page can draw again. */
      unsent?: Unsent
      /** What a page needs to draw a form again that could not be taken. */
      refused?: Refused
      /** Why a page can't be shown, for the page that says so. */
      problem?: { status: number; sentence: string }
      /** A sentence about what was just done, shown once. */
      flash?: string
    }
  }
}

/** A form that could not be taken: which, why, and every word in it but passwords. */
export interface Refused {
  action: string
  status: number
  fields: Record<string, string>
  values: Record<string, string[]>
  /** Names of the fields whose words a form on the page has given back. */
  givenBack: Set<string>
}

/** A form whose words are given back on a page of their own. */
export interface Unsent {
  status: number
  /** Why it could not be taken. */
  sentence: string
  /** Where it was posted to. */
  address: string
  values: Record<string, string[]>
  /** The page that it stood on, where that can still be shown. */
  back: string | null
}
