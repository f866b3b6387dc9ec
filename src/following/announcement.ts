/** A post that has arrived, as the stream tells it; or with `many` that there are so many and more. */
export type Told = { id: number; thread: number; handle: string; many?: number }

/** How posts that have arrived are announced, and the words of the button that shows them. */
export function tellApart(posts: readonly Told[]): { text: string; show: string } {
  const [first] = posts
  if (!first) return { text: '', show: '' }
  if (posts.some(({ many }) => many !== undefined)) return { text: 'Many new posts.', show: 'Go to them' }
  const replies = posts.every(({ id, thread }) => id !== thread)
  const what = replies ? (posts.length === 1 ? 'reply' : 'replies') : posts.length === 1 ? 'post' : 'posts'
  const handles = [...new Set(posts.map(({ handle }) => `@${handle}`))]
  const from = handles.length > 2 ? `${handles[0]} and others` : handles.join(' and ')
  return {
    text: `${posts.length} new ${what} from ${from}.`,
    show: posts.length === 1 ? 'Show it' : 'Show them',
  }
}
