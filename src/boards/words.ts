import type { TopicInList } from './topics.ts'

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** How much was said under a topic: "No replies yet", "1 reply", "1,204 replies". */
export const repliesInWords = (count: number): string =>
  count === 0 ? 'No replies yet' : counted(count, 'reply', 'replies')

/** How many have answered what a topic asks: "9 votes", "1 answer"; nothing for a talk. */
export function votersInWords({ form, voters }: Pick<TopicInList, 'form' | 'voters'>): string | null {
  if (form === 'poll') return counted(voters, 'vote', 'votes')
  if (form === 'check-in') return counted(voters, 'answer', 'answers')
  return null
}

/** What kind of topic it is, where it is more than a talk. */
export const formInWords = { talk: null, poll: 'Poll', 'check-in': 'Check-in' } as const

/** What stands for the title of a topic whose opening is out of sight. */
export const withoutTitle = 'A topic that was removed'
