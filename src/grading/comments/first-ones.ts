/** Two comments to begin with, for a mentor who keeps none: praise, and what to change. */
export const firstOnes = [
  {
    title: 'What stayed with me',
    markdown:
      'Thank you for this, {name}. What stayed with me is … You say what you saw and what you did about it, and that is what helps a room. Keep doing that.',
  },
  {
    title: 'Tell it as it happened',
    markdown:
      'You explain well why it matters. For your next try, take one moment and tell it as it happened: what was said, what you did, and what came of it. Three or four sentences are enough, and all the rest can stay as it is.',
  },
] as const
