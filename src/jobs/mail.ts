import { createTransport } from 'nodemailer'
import type { Mail } from '../../db/queue.ts'
import { env } from '../env.ts'
import { logger } from '../logger.ts'

const transport = env.SMTP_URL === undefined ? null : createTransport(env.SMTP_URL)

/** Hands a letter to the mail server; without one, shows it in the log. @throws what the mail server says */
export async function deliver(mail: Mail): Promise<void> {
  if (transport) await transport.sendMail({ from: env.MAIL_FROM, ...mail })
  else
    logger.info(
      `Mail to ${mail.to} (SMTP_URL is not set, so it is shown here)\nSubject: ${mail.subject}\n\n${mail.text}`,
    )
}
