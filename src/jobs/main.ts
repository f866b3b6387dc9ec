import { PgBoss } from 'pg-boss'
import { ensureQueues, type Mail } from '../../db/queue.ts'
import { databaseUrl } from '../env.ts'
import { logger } from '../logger.ts'
import { tendGrading } from './grading.ts'
import { share } from './hand-out.ts'
import { lapse } from './lapse.ts'
import { learn } from './learn.ts'
import { leave } from './leave.ts'
import { deliver } from './mail.ts'
import { signRecord } from './sign-record.ts'
import { startRules } from './rules.ts'
import { sweep } from './sweep.ts'
import { endTimedQuizzes } from './timed-quizzes.ts'
import { startWebhooks } from './webhooks.ts'

const minute = 60_000
const hour = 60 * minute

/** Starts the work that nobody waits for. Answers with what stops it. */
export async function startJobs(): Promise<() => Promise<void>> {
  const boss = new PgBoss({ connectionString: databaseUrl(), max: 2, schedule: false })
  boss.on('error', error => logger.warn({ error: error.message }, 'the job queue lost its database'))
  await boss.start()
  await ensureQueues(boss)
  await boss.work<Mail>('mail', { pollingIntervalSeconds: 2 }, ([job]) => deliver(job!.data))

  await lapse()
  const stopWebhooks = startWebhooks()
  const stopRules = startRules()
  // A try may have ended while the site was away.
  void endTimedQuizzes()
  void signRecord()
  void learn()
  void share()
  const everyMinute = setInterval(() => {
    void endTimedQuizzes()
    // Its rights end at midnight; the rooms are told as soon as it is on the record.
    void lapse()
    void leave()
    void signRecord()
  }, minute)
  const often = setInterval(() => void share(), 5 * minute)
  const hourly = setInterval(() => {
    void sweep()
    void tendGrading()
    void learn()
  }, hour)
  return async () => {
    clearInterval(everyMinute)
    clearInterval(often)
    clearInterval(hourly)
    await stopWebhooks()
    await stopRules()
    await boss.stop({ graceful: false })
  }
}
