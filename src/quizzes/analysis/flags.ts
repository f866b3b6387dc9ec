import { enough, tells } from './enough.ts'
import { quartiles } from './quartiles.ts'
import type { OptionPull } from './option-pull.ts'
import type { QuestionAnalysis } from './of-question.ts'
import { counted } from './words.ts'
import type { QuizAnalysis } from './of-quiz.ts'

/** Something to look at, in plain words, and what may help. */
export interface Flag {
  says: string
  todo: string
}

/** Where a figure begins to ask for a look. Ebel and Frisbie (1991) call a discrimination below 0.2 poor. */
export const limits = {
  easy: 0.95,
  hard: 0.25,
  poor: 0.1,
  /** What a wrong option draws more of the strong than of the weak. */
  drawsStrong: 0.15,
  /** The share of people who give the same answer that earns nothing. */
  sameAnswer: 0.1,
  /** Times the time of the others. */
  slow: 3,
  /** Below this the questions of a quiz have little in common. */
  alpha: 0.5,
}

/** What there is to look at in one question, the gravest first. */
export function flagsOf(one: QuestionAnalysis, all: readonly QuestionAnalysis[]): Flag[] {
  return [
    ...inverted(one),
    ...sameWrongOption(one),
    ...drawsTheStrong(one),
    ...sameWrongWords(one),
    ...difficulty(one),
    ...tellsLittle(one),
    ...unpicked(one),
    ...slow(one, all),
  ]
}

/** So far below nought, in standard errors, as chance alone brings one question in twenty. */
const isInverted = ({ itemRest }: QuestionAnalysis): boolean =>
  tells(itemRest, 'correlation') && itemRest.value! < -1.645 / Math.sqrt(itemRest.people - 1)

const inverted = (one: QuestionAnalysis): Flag[] =>
  isInverted(one)
    ? [
        {
          says: 'The strong do worse on it than the weak',
          todo: 'Look at the key first. If it is right, the words may trip up whoever thinks further.',
        },
      ]
    : []

const wrongOptions = ({ drew, people }: QuestionAnalysis): readonly OptionPull[] =>
  drew.as === 'options' && people >= enough.correlation ? drew.options.filter(({ right }) => !right) : []

const sameWrongOption = (one: QuestionAnalysis): Flag[] =>
  wrongOptions(one).some(({ picked }) => picked > 0.5)
    ? [
        {
          says: 'Most pick the same wrong option',
          todo: 'Perhaps it is right, or the text that they read beforehand misleads. Ask two people who picked it why.',
        },
      ]
    : []

const drawsTheStrong = (one: QuestionAnalysis): Flag[] =>
  wrongOptions(one).some(
    ({ thirds, picked }) => picked <= 0.5 && thirds && thirds[0] - thirds[2] > limits.drawsStrong,
  )
    ? [
        {
          says: 'A wrong option draws the strong more than the weak',
          todo: 'It may be right in a way that you did not think of. Make it plainly wrong, or count it as right.',
        },
      ]
    : []

function sameWrongWords({ drew, people }: QuestionAnalysis): Flag[] {
  if (drew.as !== 'parts' || people < enough.correlation) return []
  const [most] = drew.parts
    .flatMap(({ typed, wrong }) => (typed ? wrong : []))
    .sort((a, b) => b.people - a.people)
  return most && most.people / people >= limits.sameAnswer
    ? [
        {
          says: 'Many type the same answer, and it earns nothing',
          todo: `${counted(most.people, 'person', 'people')} gave it: see below. If it is as good as yours, accept it too.`,
        },
      ]
    : []
}

function difficulty({ facility }: QuestionAnalysis): Flag[] {
  if (!tells(facility, 'share')) return []
  if (facility.value! >= limits.easy)
    return [
      {
        says: 'Nearly everybody has it right',
        todo: 'That is good where everybody must know it. Otherwise ask something nearer to what goes wrong in a room.',
      },
    ]
  return facility.value! <= limits.hard
    ? [
        {
          says: 'Few have it right',
          todo: 'Look at the key, then at whether the module says what one needs for it.',
        },
      ]
    : []
}

function tellsLittle(one: QuestionAnalysis): Flag[] {
  const { itemRest, facility } = one
  const shows = tells(itemRest, 'correlation') && !isInverted(one)
  return shows && itemRest.value! < limits.poor && facility.value! < limits.easy
    ? [
        {
          says: 'It hardly tells the strong from the weak',
          todo: 'It may ask for something else than the other questions, or invite guessing. Read it with its options.',
        },
      ]
    : []
}

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight']

/** M. C. Rodriguez (2005), "Three options are optimal for multiple-choice items": an option nobody picks adds reading. */
function unpicked(one: QuestionAnalysis): Flag[] {
  const count = wrongOptions(one).filter(({ people }) => people === 0).length
  return count === 0 || one.question.kind === 'true-false'
    ? []
    : [
        {
          says: `${numbers[count] ?? count} ${count === 1 ? 'option' : 'options'} nobody picks`,
          todo:
            count === 1
              ? 'Put a mistake in its place that people do make, or leave it out: three good options are enough.'
              : 'Put mistakes in their place that people do make, or leave them out: three good options are enough.',
        },
      ]
}

function slow(one: QuestionAnalysis, all: readonly QuestionAnalysis[]): Flag[] {
  const known = ({ seconds }: QuestionAnalysis) => seconds.people >= enough.share
  const others = all.filter(other => other !== one && known(other))
  if (!known(one) || others.length < 2) return []
  const usual = quartiles(others.map(({ seconds }) => seconds.quartiles![1]))![1]
  const times = one.seconds.quartiles![1] / usual
  return usual > 0 && times >= limits.slow
    ? [
        {
          says: `Takes ${times >= 10 ? 'ten times' : `${['three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][Math.floor(times) - 3]} times`} as long as the others${times >= 10 ? ' or longer' : ''}`,
          todo: 'Shorten what is to be read, or split it in two, unless the thinking is the point.',
        },
      ]
    : []
}

/** What there is to look at in a quiz as a whole. */
export function quizFlags({ alpha, facility }: Pick<QuizAnalysis, 'alpha' | 'facility'>): Flag[] {
  return tells(alpha, 'correlation') && alpha.value! < limits.alpha
    ? [
        {
          says: 'Its questions have little in common',
          todo:
            facility.value! >= 0.9
              ? 'Nearly all do well here, so there is little to tell apart. That is no fault where all must know it.'
              : 'They may be about different things, or some may not work: begin with those that have a mark below.',
        },
      ]
    : []
}
