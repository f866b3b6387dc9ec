import { describe, expect, test } from 'vitest'
import { badge, smallContent } from './small-content.ts'
import { told as toldOf } from './told.ts'

const told = (changes: Parameters<typeof toldOf>[0]) => toldOf(changes).problems

const checklist = `title: Leading
summary: Somebody sits in.
assessors: [helper]
enough: 1
items:
  - { id: opening, text: Opened it., must: true }
`
const hours = (kind: string) => ({
  'badges/host.yaml': badge('Host', 2, `supervised-hours: { kind: ${kind}, hours: 2 }`),
})
const supervised = { 'evidence.yaml': `${smallContent['evidence.yaml']}  supervised-by: [helper]\n` }

describe('an author is told of', () => {
  test('nothing, where a badge asks for a checklist and for hours that somebody can stand by', () => {
    const assessed = badge('Host', 2, 'assessed: { checklist: leading, within: 52 weeks }')
    expect(told({ 'checklists/leading.yaml': checklist, 'badges/host.yaml': assessed })).toEqual([])
    expect(told({ ...supervised, ...hours('group_chat') })).toEqual([])
  })

  test('a checklist that is not there', () => {
    const assessed = badge('Host', 2, 'assessed: { checklist: leeding }')
    expect(told({ 'checklists/leading.yaml': checklist, 'badges/host.yaml': assessed })).toEqual([
      "badges/host.yaml:7: there is no checklist called 'leeding'. Did you mean 'leading'?",
    ])
  })

  test('assessors and supervisors that no badge is for', () => {
    expect(told({ 'checklists/leading.yaml': checklist.replace('helper', 'halper') })).toEqual([
      "checklists/leading.yaml:3: there is no badge called 'halper'. Did you mean 'helper'?",
    ])
    const [problem] = told({ 'evidence.yaml': supervised['evidence.yaml'].replace('[helper]', '[halper]') })
    expect(problem).toBe("evidence.yaml:6: there is no badge called 'halper'. Did you mean 'helper'?")
  })

  test('a checklist that asks for more than it has', () => {
    expect(told({ 'checklists/leading.yaml': checklist.replace('enough: 1', 'enough: 2') })).toEqual([
      'checklists/leading.yaml:4: `enough` asks for more than there are. Lower `enough`, or add to `items`.',
    ])
  })

  test('hours of what nobody stands by, and of what is not there', () => {
    expect(told(hours('group_chat'))).toEqual([
      "badges/host.yaml:7: asks for hours of 'group_chat', by which nobody stands. Say in evidence.yaml whose word counts: `supervised-by: [mentor]`.",
    ])
    expect(told(hours('group_chit'))).toEqual([
      "badges/host.yaml:7: there is no kind of evidence called 'group_chit'. Did you mean 'group_chat'?",
    ])
  })
})
