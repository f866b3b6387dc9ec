import { completeHandles } from './completion.ts'
import { tendCrisis, watchForCrisis } from './crisis-watch.ts'

/** What helps whoever writes a post. Loaded when a page first shows a form for one. */
let begun = false

/** Looks after the forms for posts that are on the page now. */
export function tendComposers(): void {
  if (!begun) {
    watchForCrisis()
    completeHandles()
  }
  begun = true
  tendCrisis()
}
