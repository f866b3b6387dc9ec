/** The first letter large, for the beginning of a line. */
export const begin = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
