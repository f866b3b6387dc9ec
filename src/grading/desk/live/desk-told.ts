/** What a desk that is open hears: nothing of what a mark is wanted for, or of who has made it. */
export interface DeskTold {
  /** How markings that the page shows stand now. */
  now: MarkingNow[]
  /** Markings that are wanted since the page was drawn. */
  opened: Opened[]
}

export interface MarkingNow {
  id: number
  /** The handle of who is at work on it. */
  by: string | null
  closed: boolean
}

export interface Opened {
  id: number
  /** By when an answer is promised, in milliseconds: where in the queue it has come in. */
  at: number
}
