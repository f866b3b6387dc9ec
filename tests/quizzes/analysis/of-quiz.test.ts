import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/quizzes/analysis/of-quiz.ts'
import type { Try } from '../../../src/quizzes/analysis/tries.ts'
import { wordingOf } from '../../../src/quizzes/analysis/wording.ts'
import type { FrozenQuestion } from '../../../src/quizzes/marking.ts'
import type { Choice } from '../../../src/quizzes/questions/choice.ts'
import { randomFrom } from '../../../src/quizzes/questions/kind.ts'
import { kindOf } from '../../../src/quizzes/questions/question.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { allKinds } from '../all-kinds.ts'
import { question } from '../made-up.ts'
import { byStrength, picking, tries, type Way } from './handed-in.ts'

/** Five single choices, each a little harder than the one before. */
const five = [1, 2, 3, 4, 5].map(n => question(`q${n}`, 'single', 'b'))
const usual = byStrength(n => n / 7)
const quizOf = (questions: readonly FrozenQuestion[], draw = questions.length) => ({ questions, draw })
const analysed = (questions: readonly FrozenQuestion[], handed: readonly Try[]) =>
  analyse(quizOf(questions), handed)
const saysOf = (one: { flags: readonly { says: string }[] } | undefined) => one?.flags.map(({ says }) => says)

/** The way of five, but for one question. */
const but =
  (id: string, way: Way): Way =>
  (asked, n, people) =>
    asked.id === id ? way(asked, n, people) : usual(asked, n, people)

describe('a quiz that works', () => {
  const analysis = analysed(five, tries(five, 70, usual))

  test('is easy at first and harder later, tells strong from weak, and hangs together', () => {
    expect(analysis.questions.map(({ facility }) => facility.value!.toFixed(2))).toEqual([
      ...['0.86', '0.71', '0.57', '0.43', '0.29'],
    ])
    for (const { itemRest } of analysis.questions) expect(itemRest.value).toBeGreaterThan(0.4)
    expect(analysis.alpha.value).toBeGreaterThan(0.7)
    expect(analysis.seconds.quartiles?.[1]).toBe(60 + 34.5)
  })

  test('draws the strong to the right option, wherever each try showed it', () => {
    const { drew } = analysis.questions[2]!
    if (drew.as !== 'options') throw new Error('a choice draws people to options')
    const right = drew.options.find(option => option.right)!
    expect(right.text).toBe('Option b of q3')
    // 30 did better on the rest and have it right; of the 20 who come next, 10 do, and the last third begins among them.
    expect(right.thirds?.map(share => Number(share.toFixed(2)))).toEqual([1, 0.64, 0.07])
    expect(right.people).toBe(40)
    expect(drew.open).toBe(30)
  })
})

describe('what there is to look at', () => {
  /** All are wrong who would leave it open. */
  const guessing = (id: string, options: readonly string[]) =>
    but(id, (asked, n, people) => {
      const right = usual(asked, n, people)
      return right.length > 0 ? right : picking(asked, `Option ${options[n % options.length]} of ${id}`)
    })

  test('options nobody picks are counted in words', () => {
    expect(saysOf(analysed(five, tries(five, 70, guessing('q4', ['a']))).questions[3])).toContain(
      'Two options nobody picks',
    )
    expect(saysOf(analysed(five, tries(five, 70, guessing('q4', ['a', 'c']))).questions[3])).toContain(
      'One option nobody picks',
    )
    expect(saysOf(analysed(five, tries(five, 70, guessing('q4', ['a', 'c', 'd']))).questions[3])).toEqual([])
  })

  test('from fewer than 30 nothing is said of them: one in ten would pick it', () => {
    expect(saysOf(analysed(five, tries(five, 29, guessing('q4', ['a']))).questions[3])).toEqual([])
  })

  test('a wrong key shows: the strong do worse, and most pick the same wrong option', () => {
    const wrongKey = but('q2', (asked, n, people) =>
      picking(asked, n > people / 3 ? 'Option c of q2' : 'Option b of q2'),
    )
    expect(saysOf(analysed(five, tries(five, 70, wrongKey)).questions[1])).toEqual(
      expect.arrayContaining(['The strong do worse on it than the weak', 'Most pick the same wrong option']),
    )
  })

  test('a wrong option that the strong prefer is named', () => {
    const tempting = but('q2', (asked, n, people) =>
      picking(asked, n > people * 0.75 ? 'Option d of q2' : `Option ${n % 3 ? 'b' : 'a'} of q2`),
    )
    expect(saysOf(analysed(five, tries(five, 70, tempting)).questions[1])).toContain(
      'A wrong option draws the strong more than the weak',
    )
  })

  test('what nearly everybody has right, and what few have right', () => {
    const always = analysed(five, tries(five, 70, but('q1', kindOfKey)))
    expect(saysOf(always.questions[0])).toContain('Nearly everybody has it right')
    const hardly = analysed(
      five,
      tries(
        five,
        70,
        but('q5', asked => picking(asked, 'Option a of q5')),
      ),
    )
    expect(saysOf(hardly.questions[4])).toContain('Few have it right')
  })

  /** Right or wrong by chance alone, each question by its own. */
  const byChance =
    (share: number): Way =>
    (asked, n) =>
      randomFrom(`${asked.id} of ${n}`)() < share ? kindOf(asked).key(asked) : []

  test('a question that strong and weak have right alike, unless nearly all have it right', () => {
    const hardly = 'It hardly tells the strong from the weak'
    const chance = but('q3', byChance(0.5))
    const { questions } = analysed(five, tries(five, 70, chance))
    expect(Math.abs(questions[2]!.itemRest.value!)).toBeLessThan(0.1)
    expect(questions.map(one => saysOf(one)?.includes(hardly))).toEqual([false, false, true, false, false])
    expect(saysOf(analysed(five, tries(five, 29, chance)).questions[2])).not.toContain(hardly)
    // Of seventy two have it wrong: those in the middle.
    const butTwo = but('q3', (asked, n) => (n === 34 || n === 35 ? [] : kindOfKey(asked, n, 70)))
    const easy = analysed(five, tries(five, 70, butTwo)).questions[2]
    expect(easy!.itemRest.value).toBeLessThan(0.1)
    expect(saysOf(easy)).toContain('Nearly everybody has it right')
    expect(saysOf(easy)).not.toContain(hardly)
  })

  test('a quiz whose questions have little in common, and whether that is a fault', () => {
    const little = 'Its questions have little in common'
    const { flags, alpha } = analysed(five, tries(five, 70, byChance(0.5)))
    expect(alpha.value).toBeLessThan(0.5)
    expect(flags).toEqual([
      { says: little, todo: expect.stringMatching(/^They may be about different things/) as string },
    ])
    const easy = analysed(five, tries(five, 70, byChance(0.93)))
    expect(easy.facility.value).toBeGreaterThan(0.9)
    expect(easy.flags).toEqual([
      { says: little, todo: expect.stringMatching(/^Nearly all do well here.*no fault/) as string },
    ])
    expect(analysed(five, tries(five, 29, byChance(0.5))).flags).toEqual([])
    expect(analysed(five, tries(five, 70, usual)).flags).toEqual([])
  })

  test('a question that takes three times as long as the others', () => {
    const slow = tries(five, 20, usual).map(one => ({
      ...one,
      spent: { q1: 20, q2: 22, q3: 68, q4: 24, q5: 21 },
    }))
    const { questions } = analysed(five, slow)
    expect(saysOf(questions[2])).toContain('Takes three times as long as the others')
    expect(saysOf(questions[3])).toEqual([])
    expect(questions[2]!.seconds.quartiles?.[1]).toBe(68)
  })

  test('from two tries no figure is said to tell anything, and nothing is flagged', () => {
    const { questions, flags } = analysed(five, tries(five, 2, usual))
    expect(questions.flatMap(one => one.flags)).toEqual([])
    expect(flags).toEqual([])
  })

  test('nobody has tried: there is nothing, and nothing breaks', () => {
    const { questions, alpha, facility } = analysed(allKinds, [])
    expect([alpha.value, facility.value]).toEqual([null, null])
    expect(questions).toHaveLength(allKinds.length)
  })
})

const kindOfKey: Way = asked => kindOf(asked).key(asked)

describe('a question in other words', () => {
  const reworded = five.map(one => (one.id === 'q3' ? { ...one, stem: 'Asked in another way?' } : one))

  test('is analysed as it stands now, and says how many saw it otherwise', () => {
    const [before, since] = [tries(five, 40, usual), tries(reworded, 25, usual)]
    const { questions, tries: all } = analysed(reworded, [...before, ...since])
    expect(all).toBe(65)
    expect(questions[2]).toMatchObject({ people: 25, otherWording: 40 })
    expect(questions[1]).toMatchObject({ people: 65, otherWording: 0 })
  })

  test('so is one whose key was changed, but not one whose feedback was', () => {
    const other = five.map(one => ({
      ...one,
      options: one.options.map(option => ({ ...option, correct: option.id === 'c' })),
    }))
    const kinder = five.map(one => ({
      ...one,
      points: 2,
      options: one.options.map(option => ({ ...option, feedback: 'Kinder.' })),
    }))
    const handed = tries(five, 12, usual)
    expect(analysed(other, handed).questions[0]).toMatchObject({ people: 0, otherWording: 12 })
    expect(analysed(kinder, handed).questions[0]).toMatchObject({ people: 12, otherWording: 0 })
  })

  test.each(allKinds.map(one => [one.kind, one] as const))(
    'a %s is the same question in whatever order it is shown, and another with another stem',
    (_, one) => {
      const random = randomFrom('orders')
      for (let n = 0; n < 20; n++) expect(wordingOf(kindOf(one).shuffled(one, random))).toBe(wordingOf(one))
      expect(wordingOf({ ...one, stem: 'Another?' })).not.toBe(wordingOf(one))
    },
  )
})

test('drawn from a pool, each is measured against what they were asked, and no figure is out of bounds', () => {
  const pool = Array.from({ length: 12 }, (_, n) => question(`q${n + 1}`, 'single', 'b'))
  const handed = tries(
    pool,
    120,
    byStrength(n => n / 14),
  ).map((one, n) => ({
    ...one,
    questions: one.questions.filter((_, index) => (index * 5 + n * 7) % 12 < 6),
  }))
  const analysis = analyse(quizOf(pool, 6), handed)
  expect(analysis.drawn).toBe(true)
  for (const { people, itemRest } of analysis.questions) {
    expect(people).toBe(60)
    expect(itemRest.value).toBeGreaterThan(0.2)
    expect(itemRest.value).toBeLessThanOrEqual(1)
  }
  expect(analysis.alpha.value).toBeGreaterThan(0.6)
})

describe('what people answered, by kind', () => {
  const of = (id: string, handed: readonly Try[]) =>
    analysed(allKinds, handed).questions.find(one => one.question.id === id)!.drew

  test('wrong words are listed once three people gave them, however they spell them', () => {
    const given = ['The rules', 'the  rules', 'thé rules', 'a rope', 'a rope', 'the ladder', 'Warning ladder']
    const drew = of(
      'typed',
      tries(allKinds, 7, (asked, n) => (asked.id === 'typed' ? [given[n]!] : [])),
    )
    expect(drew).toMatchObject({
      // Two people are too few, and what earns half is not wrong.
      parts: [{ typed: true, key: 'warning ladder', right: 1 / 7, wrong: [{ people: 3 }] }],
    })
  })

  test.each(xssCorpus)('%j that people typed stays what it is, text to be escaped', payload => {
    const drew = of(
      'typed',
      tries(allKinds, 3, asked => (asked.id === 'typed' ? [payload.slice(0, 200)] : [])),
    )
    const shown = payload.slice(0, 200).trim()
    expect(drew).toMatchObject({ parts: [{ wrong: [{ given: shown, people: 3 }] }] })
  })

  test('and it is set as text, not as HTML', () => {
    const table = readFileSync('src/quizzes/analysis/PartsTable.astro', 'utf8')
    expect(table).toContain('<bdi>{given}</bdi>')
    expect(table.match(/set:html=\{[^}]*\}/g)).toEqual([
      "set:html={renderAuthoredInline(label ?? '')}",
      'set:html={renderAuthoredInline(key)}',
    ])
  })

  test('three tries of one person are one person', () => {
    const same = tries(allKinds, 3, asked => (asked.id === 'typed' ? ['the rules'] : []))
    const drew = of(
      'typed',
      same.map(one => ({ ...one, person: 1 })),
    )
    expect(drew).toMatchObject({ parts: [{ wrong: [] }] })
  })

  test('pairs, places and gaps have the share right of each part', () => {
    const half: Way = (asked, n) => {
      const key = kindOf(asked).key(asked)
      return n % 2 ? key : key.map((one, index) => (index === 0 ? (key[1] ?? one) : one))
    }
    const handed = tries(allKinds, 8, half)
    expect(of('pairs', handed)).toMatchObject({
      parts: [
        { label: 'Moderator', key: 'keeps the room safe', right: 0.5, wrong: [{ people: 4 }] },
        { label: 'Mentor', right: 1 },
      ],
    })
    expect(of('gapped', handed)).toMatchObject({
      parts: [
        { typed: true, right: 0.5, wrong: [{ given: 'ask', people: 4 }] },
        { typed: false, right: 1 },
      ],
    })
    const places = of('steps', handed)
    expect(places.as === 'parts' && places.parts.map(({ key }) => key)).toEqual([
      ...['A reminder', 'A private warning', 'A time-out', 'Removal'],
    ])
  })

  test('a scene has the commonest paths, and how each turn was spread over those who came to it', () => {
    const played: Way = (asked, n) => {
      if (asked.kind !== 'chat') return []
      const by = (turn: string, text: string) =>
        asked.turns[turn]!.choices.find(choice => choice.text.includes(text))!.id
      if (n < 5) return [by('opening', 'Long how'), by('second', 'Wait')]
      return n < 7 ? [by('opening', 'Cheer')] : [by('opening', 'Say nothing'), by('second', 'Change')]
    }
    expect(of('scene', tries(allKinds, 8, played))).toMatchObject({
      ways: 3,
      paths: [
        { people: 5, share: 1, steps: ['“Hi @moss. Long how?”', 'Wait with them'] },
        { people: 2, share: 0 },
        { people: 1, share: 2 / 6 },
      ],
      turns: [
        { name: 'opening', people: 8, choices: [{ people: 5 }, { people: 1 }, { people: 2 }] },
        { name: 'second', people: 6, says: 'A minute goes by.', choices: [{ people: 5 }, { people: 1 }] },
      ],
    })
  })

  test('many who type the same answer make one look at it', () => {
    const handed = tries(allKinds, 40, (asked, n, people) =>
      asked.id === 'typed' && n < 10 ? ['the rules'] : n > people / 2 ? kindOf(asked).key(asked) : [],
    )
    const { questions } = analysed(allKinds, handed)
    const typed = questions.find(one => one.question.id === 'typed')
    expect(saysOf(typed)).toContain('Many type the same answer, and it earns nothing')
  })
})

test('what hints cost is off what a question earned', () => {
  const one = allKinds[0] as Choice
  const handed = tries([one], 10, kindOfKey).map(each => ({ ...each, hints: { one: 2 } }))
  expect(analysed([one], handed).questions[0]?.facility.value).toBeCloseTo(0.25, 10)
})
