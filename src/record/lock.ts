import { lock, type Tx } from '../../db/client.ts'

/** Lets one decision on a badge be made at a time, until the transaction ends. */
export const lockRecord = (tx: Tx) => lock(tx, 'certification-record')
