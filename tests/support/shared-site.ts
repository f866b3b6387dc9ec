import { startTrellis } from './start.ts'

/** One site for the whole end-to-end run: `baseURL`. The link for its first admin is in TRELLIS_FIRST_ADMIN. */
export default async function setup(): Promise<() => Promise<void>> {
  const site = await startTrellis()
  process.env.TRELLIS_SITE = site.origin
  process.env.TRELLIS_FIRST_ADMIN = site.link('/sign-up/')
  return () => site.stop()
}
