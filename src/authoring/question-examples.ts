import { parse } from 'yaml'
import { z } from 'zod'
import { type Question, questionsSchema } from '../quizzes/questions/question.ts'

/** A question of each kind, as an author writes it. What is shown, scaffolded and copied is this text itself. */
export const questionExamples = {
  single: `
id: first-words
kind: single
stem: Somebody new comes in and says "hi, first time here". What do you write?
options:
  - text: '"Welcome! You can read along, or say what brought you, as you like."'
    correct: true
    feedback: It says hello, and that nothing is asked of them.
  - text: '"Please read the rules before you post."'
    feedback: The rules matter, but they are no welcome.
hints:
  - text: What would you like to read at that moment?
    cost: 25%`,
  multiple: `
id: good-warnings
kind: multiple
stem: Which of these belong in a warning?
options:
  - text: The rule that was broken
    correct: true
    feedback: Nobody can keep a rule that is not named.
  - text: What comes next if it happens again
    correct: true
    feedback: It is fair to know beforehand.
  - text: What kind of person they seem to be
    feedback: A warning is about an act, never about a person.`,
  'true-false': `
id: silence
kind: true-false
stem: Somebody who only reads takes part in the room.
answer: true
feedback: Reading along is a way of being there. Nobody has to write.`,
  text: `
id: emergency-number
kind: text
stem: Which number do you give to somebody in the **United Kingdom** who is in danger right now?
accept:
  - "999"
  - { text: "112", feedback: It works as well; 999 is the one that people know. }
feedback: Both lead to the emergency services.
otherwise: That is not the emergency number. Look at the page with the helplines.`,
  number: `
id: round-of-six
kind: number
stem: Six people check in for two minutes each. How long does the round take?
accept:
  - { value: 12, tolerance: 1 }
unit: [minutes, min]
feedback: Six times two; a minute more for the pauses does no harm.`,
  matching: `
id: which-step
kind: matching
stem: What comes first in each of these?
pairs:
  - { prompt: A first slip, match: A light word in the room }
  - { prompt: The same again ten minutes later, match: A private warning }
  - { prompt: A threat, match: Removal and a report }
others: [Nothing at all]
feedback: The ladder starts low, and is skipped where somebody may come to harm.`,
  ordering: `
id: a-session
kind: ordering
stem: Put the parts of a session in order.
items:
  - Welcome and ground rules
  - Check-in
  - The topic of the evening
  - Closing words
feedback: People arrive, settle, work and leave, in this order.`,
  gaps: `
id: i-message
kind: gaps
stem: Complete what a moderator writes.
text: "@finch, you called @moss [1]. Our rule is: no [2]. I'd like you to stay."
gaps:
  - accept: [pathetic]
  - { options: [insults, adverts, jokes], correct: insults }
feedback: It names the words and the rule, and leaves the door open.`,
  chat: `
id: quiet-newcomer
kind: chat
stem: You moderate the evening room. Play the scene.
turns:
  arrival:
    says:
      - room: "@wren joined."
      - wren: hi. not sure i should be here
    choices:
      - text: '"Hello @wren, good that you came. You can just read along."'
        points: 3
        then: [{ wren: "thanks. it has been a rough week" }]
        coaching: A short welcome, and nothing is asked of them.
        next: rough-week
      - text: '"Why do you think so?"'
        points: 1
        then: [{ wren: "dont know. sorry" }]
        coaching: A question that starts with *why* can sound like a test.
  rough-week:
    says: []
    choices:
      - text: '"That sounds hard. Would you like to tell us about it, or rather listen tonight?"'
        points: 3
        then: [{ wren: "maybe listen first" }]
        coaching: You took them at their word and left the choice to them.
      - text: '"Cheer up, it will get better!"'
        points: 0
        then: [{ room: "@wren left." }]
        coaching: It closes the door that they had just opened.`,
} as const satisfies Readonly<Record<Question['kind'], string>>

/** The examples as questions. */
export const exampleQuestions: readonly { readonly source: string; readonly question: Question }[] =
  Object.values(questionExamples).map(written => {
    const source = written.trim()
    const [question] = z.parse(questionsSchema, [parse(source)])
    if (!question) throw new Error('An example is no question.')
    return { source, question }
  })
