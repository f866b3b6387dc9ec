import type { recallCard } from '../../../db/schema/recall.ts'
import type { Memory } from './schedule.ts'

/** What a card's row says of how well it is remembered; null before its first answer. */
export function memoryOf({
  stability,
  difficulty,
  reviews,
  lapses,
  reviewedAt,
}: Pick<
  typeof recallCard.$inferSelect,
  'stability' | 'difficulty' | 'reviews' | 'lapses' | 'reviewedAt'
>): Memory | null {
  if (stability === null || difficulty === null || reviewedAt === null) return null
  return { stability, difficulty, reviews, lapses, reviewedAt }
}
