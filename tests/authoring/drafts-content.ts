import { courseFile, guideFile, moduleFile, quizFile } from '../../src/authoring/templates.ts'

/** A green square. */
export const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16"><rect width="24" height="16" fill="green"/></svg>'

const shown = '![A green square](pictures/green-square.svg)'
const inModule = moduleFile('Night rooms', 'reflection', { draft: true })

/** A course that is being written, a module of a course that is there, a guide, and a picture that a draft shows. */
export const drafts: Readonly<Record<string, string>> = {
  'courses/night-school/course.yaml': courseFile('Night school', 9),
  'courses/night-school/01-dusk.mdx': moduleFile('Dusk', 'reflection', { draft: false }),
  'courses/night-school/quizzes/dusk.yaml': quizFile().replace(
    'Which of these belong in a warning?',
    `Which of these belong in a warning? ${shown}`,
  ),
  'courses/introduction-to-group-support/09-night-rooms.mdx': `${inModule}\n${shown}\n`,
  'guides/being-awake.mdx': guideFile('Being awake'),
  'pictures/green-square.svg': square,
}
