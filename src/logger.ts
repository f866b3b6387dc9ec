import { pino } from 'pino'
import { env } from './env.ts'

/** The log: a line of JSON for each request and each thing an operator should know. No text that a person wrote. */
export const logger = pino({ level: env.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime })
