import type { Mark } from '../checklist.ts'

/** What an assessor says of an item, in words. */
export const markWords: Record<Mark, string> = {
  seen: 'Seen',
  'not-yet': 'Not yet',
  'no-occasion': 'There was no occasion',
}
