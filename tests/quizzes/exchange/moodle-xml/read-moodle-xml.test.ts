import { expect, test } from 'vitest'
import { readMoodleXml } from '../../../../src/quizzes/exchange/moodle-xml/read-moodle-xml.ts'
import { moodleXml } from '../samples.ts'
import { drafts, lineOf, lines, noPictures, parts } from '../told.ts'

test('the kinds of Moodle XML come in, their HTML as Markdown, their weights as credit', () => {
  const reading = readMoodleXml(moodleXml, noPictures)
  const tags = ['rules']
  expect(drafts(reading)).toEqual([
    {
      ...{
        kind: 'single',
        stem: 'What do you **say**?\\\nChoose one of these:\n\n- softly\n- at once',
        feedback: 'Hello is enough.',
      },
      ...{
        points: 2,
        hints: [{ text: 'What would you like to hear?', cost: '50%' }],
        tags: ['first-words', 'rules'],
      },
      options: [{ text: 'Hello & welcome', correct: true, feedback: 'It is kind.' }, { text: 'Nothing' }],
    },
    {
      kind: 'true-false',
      stem: 'A welcome can be short.',
      answer: true,
      'when-right': 'Yes.',
      otherwise: 'It can.',
      tags,
      unexplained: true,
    },
    {
      kind: 'text',
      stem: 'What do we call it?',
      'match-case': true,
      accept: ['Safe*', { text: 'calm', credit: '50%', feedback: 'Nearly.' }],
      otherwise: 'Look again.',
      tags,
      unexplained: true,
    },
    {
      kind: 'number',
      stem: 'How many weeks?',
      accept: [{ value: 8, tolerance: 0.5 }],
      unit: ['weeks'],
      tags,
      unexplained: true,
    },
    {
      kind: 'matching',
      stem: 'Who does what?',
      pairs: [
        { prompt: 'Leads', match: 'Moderator' },
        { prompt: 'Teaches', match: 'Mentor' },
      ],
      others: ['Nobody'],
      tags,
      unexplained: true,
    },
    {
      kind: 'ordering',
      stem: 'Put them in order.',
      items: ['Ask', 'Warn', 'Remove'],
      tags,
      unexplained: true,
    },
    {
      kind: 'gaps',
      stem: 'Fill in the gaps.',
      text: 'San Francisco: [1]\nThe capital of France is [2].',
      gaps: [
        { options: ['California', 'Arizona'], correct: 'California' },
        {
          accept: [
            { text: 'Paris', feedback: 'Congratulations!' },
            { text: 'Marseille', credit: '50%', feedback: 'No.' },
          ],
        },
      ],
      tags,
      unexplained: true,
    },
    {
      kind: 'gaps',
      stem: 'Choose the missing words.',
      text: 'The [1] sat on the [2].',
      gaps: [
        { options: ['cat', 'dog'], correct: 'cat' },
        { options: ['mat', 'cap'], correct: 'mat' },
      ],
      tags,
      unexplained: true,
    },
  ])
  expect(parts(reading)).toEqual([
    ['Greeting', 'its feedback for any incorrect answer is left out'],
    ['Cities', 'what is said to single words to choose is left out'],
    ['Cities', 'what a gap says to any other answer is left out'],
  ])
  expect(lines(reading)).toEqual([
    [
      lineOf(moodleXml, 'Flag'),
      expect.stringContaining("a picture that is not on this site ('@@PLUGINFILE@@/flag.png')"),
    ],
    [lineOf(moodleXml, 'Tell us'), expect.stringContaining('one’s own words')],
    [lineOf(moodleXml, 'Look at'), 'it asks nothing'],
  ])
})

test('a picture comes in where the site has one of its name and it says what it shows', () => {
  const has = (name: string) => name === 'flag-of-ours.png'
  for (const address of [
    '@@PLUGINFILE@@/Flag%20of%20ours.PNG',
    'https://elsewhere.example/files/12/flag_of_ours.png?forcedownload=1',
    'pictures/flag-of-ours.png',
  ])
    expect(
      drafts(readMoodleXml(moodleXml.replaceAll('@@PLUGINFILE@@/flag.png', address), has)).map(
        ({ stem }) => stem,
      ),
      address,
    ).toContain('Whose flag is ![A flag](pictures/flag-of-ours.png)?')
  expect(lines(readMoodleXml(moodleXml.replace(' alt="A flag"', ''), () => true))[0]![1]).toContain(
    'without words',
  )
})

test.each([
  ['https://elsewhere.example/a/../%2e%2e/etc/passwd.png', 'passwd.png'],
  ['data:image/png;base64,AAAA', 'a-name.png'],
  ['/picture.php?id=3', 'a-name.png'],
  ['Wappen Österreich.jpeg', 'wappen-osterreich.jpg'],
])('of a picture at %s it is said by what name it is looked for', (address, name) => {
  const asked: string[] = []
  const xml = moodleXml.replaceAll('@@PLUGINFILE@@/flag.png', address)
  const { skipped } = readMoodleXml(xml, wanted => {
    asked.push(wanted)
    return false
  })
  expect(skipped[0]!.remedy).toContain(`content/pictures/${name}`)
  expect(asked.join()).not.toMatch(/[/\\]|\.\./)
})
