import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'

/** argon2id with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Long enough to be hard to guess; NIST SP 800-63B asks for no rules of composition. */
export const passwordRule = z
  .string()
  .min(10, 'Please use at least 10 characters; a short sentence works well.')
  .max(200)

export const hashPassword = (password: string) => hash(password, argon2id)

/** A hash that no password fits, so that an unknown address takes as long as a known one. */
const nobodys = hashPassword(crypto.randomUUID())

/** Whether `password` fits `stored`; takes as long when there is nobody to compare with. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await nobodys), password, argon2id)
  return stored !== undefined && fits
}
