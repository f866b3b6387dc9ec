import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import type { HeldCertificate } from '../../src/badges/certificates.ts'
import type { Criterion } from '../../src/badges/criterion.ts'
import { nextLink } from '../../src/badges/next-link.ts'
import { nearestBadge, pathSteps } from '../../src/badges/path.ts'
import { inWords, titleForAnybody } from '../../src/badges/words.ts'

const all = content()
const walker = (badges: string[], ageBand: 'adult' | 'teen' = 'adult') => ({ badges, ageBand })
const stateOf = (id: string, badges: string[], certificates: HeldCertificate[] = []) =>
  pathSteps(all, walker(badges), new Map(), certificates).find(({ badge }) => badge === id)!.state

describe('on the path', () => {
  test('a newcomer is near the first badge and far from those above it', () => {
    expect(stateOf('room-supporter', [])).toBe('near')
    expect(stateOf('moderator', [])).toBe('far')
  })

  test('a Room Supporter is near Moderator, and from there on Mentor is far', () => {
    expect(stateOf('room-supporter', ['room-supporter'])).toBe('held')
    expect(stateOf('moderator', ['room-supporter'])).toBe('near')
    expect(stateOf('mentor', ['room-supporter'])).toBe('far')
  })

  test('a badge whose time was over says so, until it is held again', () => {
    const lapsed = { badge: 'moderator', validity: 'lapsed' } as HeldCertificate
    expect(stateOf('moderator', ['room-supporter'], [lapsed])).toBe('lapsed')
    expect(stateOf('moderator', ['room-supporter', 'moderator'], [lapsed])).toBe('held')
  })

  test('a teen reads teen titles, and a visitor has no standing', () => {
    const titles = pathSteps(all, walker([], 'teen'), new Map(), []).map(({ title }) => title)
    expect(titles).toContain('Teen Star')
    expect(pathSteps(all, null, new Map(), []).every(({ progress }) => progress === null)).toBe(true)
  })

  test('the badge to work towards is the first whose turn it is', () => {
    expect(nearestBadge(all, walker([]))?.id).toBe('room-supporter')
    expect(nearestBadge(all, walker(['room-supporter']))?.id).toBe('moderator')
    expect(nearestBadge(all, walker(all.badges.map(({ id }) => id)))).toBeUndefined()
  })
})

describe('a badge in words for anybody', () => {
  const text = (criterion: Criterion) => JSON.stringify(inWords(criterion, all.outline))

  test('names the number for adults, and for teens beside it', () => {
    expect(text(all.badge('mentor')!.criteria)).toContain('75 group chats (teens: 50)')
  })

  test('tells what listeners and members do side by side', () => {
    const words = inWords(all.badge('room-supporter')!.criteria, all.outline)
    expect(words.parts.map(part => part.text)).toEqual(['For listeners', 'For members'])
  })

  test('names both titles where there are two', () => {
    expect(titleForAnybody({ adult: 'Group Support Mentor', teen: 'Teen Star' })).toBe(
      'Group Support Mentor or Teen Star',
    )
    expect(titleForAnybody({ adult: 'Moderator', teen: 'Moderator' })).toBe('Moderator')
  })

  test('has words for every badge that ships', () => {
    for (const { criteria } of all.badges) expect(text(criteria)).not.toMatch(/undefined|null|\[object/)
  })
})

describe('the next step links', () => {
  const open = { label: '', have: 0, need: 1, met: false, metOn: [], metFrom: null, metUntil: null }

  test('to the course, the guides, the practice log or the badge to earn first', () => {
    const href = (leaf: Parameters<typeof nextLink>[0]) => nextLink(leaf, all)?.href
    expect(href({ ...open, kind: 'quizzes-passed', course: 'moderator-training' })).toBe(
      '/courses/moderator-training',
    )
    expect(href({ ...open, kind: 'reflections-passed', course: null })).toBe('/courses')
    expect(href({ ...open, kind: 'guides-completed' })).toBe('/guides')
    expect(href({ ...open, kind: 'evidence', evidence: 'group_chat' })).toBe('/practice')
    expect(href({ ...open, kind: 'holds', badge: 'moderator' })).toBe('/path/moderator')
    expect(href({ ...open, kind: 'application', badge: 'ambassador' })).toBe('/path/ambassador#application')
    expect(href({ ...open, kind: 'endorsements', badge: 'ambassador' })).toBe('/path/ambassador#endorsements')
  })

  test('nowhere, where only time or somebody else can help', () => {
    expect(nextLink({ ...open, kind: 'weeks-since-joining', metFrom: '2099-01-01' }, all)).toBeUndefined()
    expect(
      nextLink({ ...open, kind: 'weeks-holding', badge: 'moderator', metFrom: '2099-01-01' }, all),
    ).toBeUndefined()
    expect(nextLink({ ...open, kind: 'evidence', evidence: 'gone' }, all)).toBeUndefined()
    expect(nextLink({ ...open, kind: 'not' }, all)).toBeUndefined()
  })
})
