/** Everybody's in the demonstration. */
export const password = 'trellis-demo'
