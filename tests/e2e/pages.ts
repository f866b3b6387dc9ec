import { account } from './sights/account.ts'
import { admin } from './sights/admin.ts'
import { certification } from './sights/certification.ts'
import { desk } from './sights/desk.ts'
import { learning } from './sights/learning.ts'
import { talk } from './sights/talk.ts'
import type { Sight } from './sights/sight.ts'

export type { Sight } from './sights/sight.ts'

/** Every page of the demonstration in each of its states. */
export const sights: Sight[] = [...account, ...learning, ...talk, ...certification, ...desk, ...admin]
