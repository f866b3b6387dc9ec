import type { z } from 'zod'
import { multipleSchema, singleSchema, trueFalseSchema } from '../quizzes/questions/choice.ts'
import { gapsSchema } from '../quizzes/questions/gaps.ts'
import { matchingSchema } from '../quizzes/questions/matching.ts'
import { numberSchema } from '../quizzes/questions/numeric.ts'
import { orderingSchema } from '../quizzes/questions/ordering.ts'
import type { Question } from '../quizzes/questions/question.ts'
import { sceneSchema } from '../quizzes/questions/scene.ts'
import { textSchema } from '../quizzes/questions/short-text.ts'

/** What authors call the kinds of questions, and what each is good for. */
export const kindTitles: Readonly<Record<Question['kind'], { title: string; use: string }>> = {
  single: { title: 'Single choice', use: 'One answer is right. Good for: what would you do first?' },
  multiple: {
    title: 'Multiple choice',
    use: 'Several are right, and each earns its share; ticking all earns nothing. `whole: true` takes all or nothing.',
  },
  'true-false': { title: 'True or false', use: 'A statement that people tend to get wrong.' },
  text: { title: 'Short text', use: 'A word or a number to know by heart. `*` stands for any words.' },
  number: { title: 'Number', use: 'A number, with a tolerance and a unit where you like.' },
  matching: { title: 'Matching', use: 'What goes with what.' },
  ordering: { title: 'Ordering', use: 'Steps that have an order. Write them in the right one.' },
  gaps: { title: 'Gap text', use: 'Words to fill in or to choose, at `[1]`, `[2]` and so on.' },
  chat: {
    title: 'Chat scenario',
    use: 'A room to moderate, turn by turn. Each choice has points from 0 (harmful) to 3 (what we hope for), what the room does then, and coaching.',
  },
}

/** What is read of a question of each kind. */
export const kindSchemas: Readonly<Record<Question['kind'], z.ZodType>> = {
  single: singleSchema,
  multiple: multipleSchema,
  'true-false': trueFalseSchema,
  text: textSchema,
  number: numberSchema,
  matching: matchingSchema,
  ordering: orderingSchema,
  gaps: gapsSchema,
  chat: sceneSchema,
}
