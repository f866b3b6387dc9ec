/** The thing does not exist, or the person may not know that it does. Answered with 404. */
export class NotFound extends Error {
  override name = 'NotFound'
  constructor(message = 'There is nothing at this address.') {
    super(message)
  }
}

/** The person may know of the thing but not do this to it. Answered with 403. */
export class Forbidden extends Error {
  override name = 'Forbidden'
  constructor(message = 'You do not have permission to do this.') {
    super(message)
  }
}

/** The thing has changed since the person looked at it. Answered with 409, their words kept. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/** Nobody is signed in where somebody must be. Answered with the way to the sign-in page, and back. */
export class SignedOut extends Error {
  override name = 'SignedOut'
}

/** Too many tries. Answered with 429. */
export class TooMany extends Error {
  override name = 'TooMany'
}

/** What was posted can't be taken. Answered with 400, a sentence beside each field and every word kept. */
export class Invalid extends Error {
  override name = 'Invalid'
  readonly fields: Record<string, string>
  /** @param fields field name to sentence; the empty name is for the form as a whole */
  constructor(fields: Record<string, string>) {
    super(Object.values(fields).join(' '))
    this.fields = fields
  }
}

/** The sentences that people are meant to read; anything else thrown is ours to mend. */
export const forPeople = (error: unknown): error is NotFound | Forbidden | Conflict | TooMany | Invalid =>
  error instanceof NotFound ||
  error instanceof Forbidden ||
  error instanceof Conflict ||
  error instanceof TooMany ||
  error instanceof Invalid

/** The HTTP status that answers `error`. */
export function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404
  if (error instanceof Forbidden) return 403
  if (error instanceof Conflict) return 409
  if (error instanceof TooMany) return 429
  if (error instanceof Invalid) return 400
  return 500
}

/** Lets nothing pass that is not allowed. @throws Forbidden */
export function ensure(allowed: boolean, message?: string): asserts allowed {
  if (!allowed) throw new Forbidden(message)
}

/** What was looked for, or 404. @throws NotFound */
export function found<T>(thing: T | null | undefined): T {
  if (thing === null || thing === undefined) throw new NotFound()
  return thing
}

/** The person at this request, where only a signed-in one makes sense. @throws SignedOut */
export function signedIn<P>(locals: { person: P | null }): P {
  if (!locals.person) throw new SignedOut()
  return locals.person
}
