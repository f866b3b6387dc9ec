/** A file is no baked badge, or not one that we read. The message is for whoever brought it. */
export class Unbaked extends Error {
  override name = 'Unbaked'
}

/** The most that a credential in a picture may take: bytes. Ours have five thousand. */
export const mostBytes = 1024 * 1024
