import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const module = (title: string, more = '') => `---
title: ${title}
summary: What one can do after it.
minutes: 5
${more}---

## Hello

<Scenario title="A quiet newcomer">

Somebody comes in and says nothing.

</Scenario>
`

const quiz = `pass-mark: 80
wait: 1 hour
draw: 1
questions:
  - id: first
    kind: single
    stem: What do you do?
    options:
      - text: Say hello.
        correct: true
        feedback: It is kind.
      - text: Wait.
        feedback: They may leave.
  - id: second
    kind: true-false
    stem: A welcome can be short.
    answer: true
    feedback: One line is enough.
`

/** A community's content, as small as it can be and sound. */
export const smallContent: Readonly<Record<string, string>> = {
  'courses/hosting/course.yaml': 'title: Hosting\nsummary: How to host.\norder: 1\n',
  'courses/hosting/01-welcome.mdx': module(
    'Welcome',
    'guides: [saying-hello]\nreflection:\n  question: When were you welcomed?\n  rubric: plain\n  before-others: true\n',
  ),
  'courses/hosting/02-goodbye.mdx': module('Goodbye', 'requires: [welcome]\n'),
  'courses/hosting/quizzes/welcome.yaml': quiz,
  'guides/saying-hello.mdx': module(
    'Saying hello',
    'topic: Welcoming\ncheck:\n  - id: short\n    kind: true-false\n    stem: Short is fine.\n    answer: true\n    feedback: It is.\n',
  ),
  'rubrics/plain.yaml': `title: Plain
summary: For any answer.
criteria:
  - id: honest
    title: Honest
    levels:
      - { id: not-yet, points: 0, title: Not yet, description: Not yet. }
      - { id: there, points: 1, title: There, description: There. }
`,
  'badges/helper.yaml': badge('Helper', 1, 'course-complete: { course: hosting }'),
  'badges/host.yaml': badge('Host', 2, 'weeks-holding: { badge: helper, weeks: 8 }'),
  'evidence.yaml':
    'group_chat:\n  title: group chat\n  plural: group chats\n  summary: A chat.\n  self-logged: true\n',
  'helplines.yaml': `checked: 2026-11-22
international: { name: Find A Helpline, url: https://findahelpline.com }
regions:
  - region: GB
    name: United Kingdom
    emergency: "999"
    zones: [Europe/London]
    helplines:
      - { name: Samaritans, phone: 116 123 }
`,
  'discussions.yaml': `reactions: [{ id: thank-you, sign: 🙏, title: Thank you }]
content-notes: [Loss]
feelings: [Low, So-so, Good]
`,
  'reasons.yaml':
    'reasons: [{ id: duty-not-done, title: A duty not done, of: [suspension, revocation], duty: true }]\n',
  'reports.yaml': `plan: saying-hello
reasons: [{ id: worried, title: Worried, help: When they may be in danger., concern: true }]
`,
  'crisis-words.yaml': 'phrases: [want to die]\n',
}

/** A badge file that asks for `criterion`, on its line 7. */
export function badge(title: string, order: number, criterion: string) {
  return `title: ${title}
summary: What they do.
description: What the role is.
emblem: star
tint: moss
criteria:
  ${criterion}
order: ${order}
`
}

/** Writes the small content with `changes` (null takes a file away) to a folder that goes when the test ends. */
export function contentFolder(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-content-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries({ ...smallContent, ...changes })) {
    if (text === null) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
