import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { sentence } from '../../src/authoring/problem.ts'
import { readContent } from '../../src/authoring/reading.ts'
import { changeOf, roomsOf, unlocksOf } from '../../src/badges/unlocks.ts'
import { contentFolder, smallContent } from '../authoring/small-content.ts'

/** What an author is told when two badges open these rooms. */
function told(helper: string, host: string): string[] {
  const badges = {
    'badges/helper.yaml': `${smallContent['badges/helper.yaml']}\nrooms:\n${helper}\n`,
    'badges/host.yaml': `${smallContent['badges/host.yaml']}\nrooms:\n${host}\n`,
  }
  const folder = contentFolder(badges)
  return readContent(folder).problems.map(problem => sentence(problem).replace(`${folder}/`, ''))
}
const room = (id: string, title: string) => `  - { id: ${id}, title: ${title} }`

describe('an author gives each room a name for the platform beside its words', () => {
  test('and several badges may open the same', () => {
    expect(
      told(room('porch', 'The porch'), `${room('porch', 'The porch')}\n${room('hall', 'The hall')}`),
    ).toEqual([])
  })

  test('and is told how, where there are only words', () => {
    const [problem] = told('  - The porch', room('porch', 'The porch'))
    expect(problem).toContain('badges/helper.yaml:')
    expect(problem).toContain('Write it as `{ id: support-rooms, title: Support rooms }`.')
  })

  test('and is told where two badges call one room by two names, or one names it twice', () => {
    expect(told(room('porch', 'The porch'), room('porch', 'The veranda'))).toEqual([
      expect.stringMatching(
        /badges\/host\.yaml:\d+.*calls the room 'porch' “The veranda”, and another badge “The porch”/,
      ),
    ])
    expect(told(`${room('porch', 'A')}\n${room('porch', 'A')}`, room('hall', 'B'))[0]).toContain(
      'stands here twice',
    )
    expect(told(room('The Porch', 'A'), room('hall', 'B'))[0]).toContain('is not a plain name')
  })
})

describe('what badges open', () => {
  const open = (...badges: string[]) => unlocksOf(content(), badges).map(({ kind, id }) => `${kind} ${id}`)

  test('is each thing once, whoever opens it; and nothing for a badge that is not there any more', () => {
    expect(open()).toEqual([])
    expect(open('gone')).toEqual([])
    expect(open('room-supporter', 'mentor')).toEqual(['right grade', 'room support-rooms'])
    const twice = {
      badges: [
        { id: 'a', unlocks: [], rooms: [{ id: 'porch', title: 'Porch' }] },
        { id: 'b', unlocks: [], rooms: [{ id: 'porch', title: 'Porch' }] },
      ],
    } as unknown as ReturnType<typeof content>
    const porch = (...badges: string[]) => ({ kind: 'room' as const, id: 'porch', title: 'Porch', badges })
    expect(unlocksOf(twice, ['b', 'a'])).toEqual([porch('a', 'b')])
    // Who loses one of two badges loses nothing.
    expect(changeOf([porch('a', 'b')], [porch('b')])).toEqual({
      ...{ now: [{ kind: 'room', id: 'porch' }], gained: [], lost: [] },
    })
  })

  test('every room that ships has its id', () => {
    expect(roomsOf(content()).map(({ id }) => id)).toEqual([
      ...['support-rooms', 'moderating', 'project-room', 'mentor-leaders'],
      ...['sharing-circle', 'scheduled-sessions', 'on-spot-sessions'],
    ])
  })
})
