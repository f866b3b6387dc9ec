import { topics } from '../guides/guide.ts'
import { questionExamples } from './question-examples.ts'

const indented = (text: string, by: string) =>
  text
    .trim()
    .split('\n')
    .map(line => (line ? by + line : line))
    .join('\n')

/** A question as an item of a list. */
const item = (source: string, by = '  ') => `${by}- ${indented(source, `${by}  `).trimStart()}`

const commented = (text: string) =>
  text
    .split('\n')
    .map(line => `# ${line}`.trimEnd())
    .join('\n')

export const courseFile = (title: string, order: number) => `title: ${title}
summary: What one can do after this course, in one plain sentence.
# Its place in the list of courses.
order: ${order}
# Within which time mentors mean to answer a reflection.
promise: 3 days
# Courses to finish first, by the names of their folders.
# requires: [introduction-to-group-support]
description: |
  Who this course is for, and how it goes. This is Markdown: **bold**, lists and [links](/courses) work.
# Take this line out to publish the course.
draft: true
`

export const moduleFile = (title: string, rubric: string | undefined, { draft }: { draft: boolean }) => `---
title: ${title}
summary: What one can do after this module, in one plain sentence.
# Honest reading time, thinking included.
minutes: 10
# Earlier modules of this course that it builds on, without their numbers.
# requires: [welcome]
# Help guides that go with it.
# guides: [giving-a-warning]
${
  rubric === undefined
    ? ''
    : `# The question that opens the discussion. Ask for a moment, not for an opinion.
reflection:
  question: >-
    Think of an evening when somebody made you feel welcome in a group. What did they do or write, and what would you
    take from it into a room of your own?
  rubric: ${rubric}
  # One answers before one sees what others wrote.
  before-others: true
  # Replies to others that count as taking part, and when both are due after a cohort's first day.
  # replies: 1
  # due: { reflection: 7 days, replies: 10 days }
`
}${draft ? '# Take this line out to publish the module.\ndraft: true\n' : ''}---

${lessonBody}`

const lessonBody = `Begin with a moment that the reader knows. Two or three sentences are enough.

## What to do

Say it in words that one could use tonight. Short sentences, one thought in each.

<Scenario title="A quiet newcomer">

Somebody comes in, says "hi" and nothing else. The room goes on talking.

<Chat>

- **@wren**: hi
- **You**: Hello @wren, good that you came. You can just read along.

</Chat>

</Scenario>

<Say>

"Good that you came. You can just read along."

</Say>

<Avoid>

"Tell us about yourself!"

</Avoid>

## When it goes wrong

<Note title="Remember">

Nobody has to write. Reading along is taking part.

</Note>
`

export const guideFile = (title: string) => `---
title: ${title}
summary: What this guide helps with, in one plain sentence.
# One of: ${topics.join(', ')}.
topic: ${topics[0]}
minutes: 4
# A few questions on understanding. With all of them right, the guide is completed.
check:
${item(questionExamples.single)}
${item(questionExamples['true-false'])}
# The school grade that the page may ask of its readers, where the usual one does not fit.
# reading-level: 10
# Take this line out to publish the guide.
draft: true
---

${lessonBody}`

export const quizFile = () => `# Per cent of the points that it takes to pass.
pass-mark: 80
# How many tries in all, and how long to wait between them; leave both out for no limit.
# attempts: 3
# wait: 1 hour
# How many questions a try draws; leave out for all.
# draw: 2
questions:
${item(questionExamples.single)}

${item(questionExamples.multiple)}

${item(questionExamples.chat)}

# There is more: text, number, matching, ordering, gaps and true-false. Take the signs off to use these.
${commented(item(questionExamples.matching))}
#
${commented(item(questionExamples.gaps))}
`

export const badgeFile = (title: string, order: number) => `title: ${title}
# Or one for each age band:
# title: { adult: ${title}, teen: ${title} }
summary: What its holder does, in one plain sentence.
description: |
  What the role is, and what one may count on. This is Markdown.
emblem: star
tint: moss
# Its place in lists.
order: ${order}
# The badges that it stands on, for drawing the path.
# after: [room-supporter]
criteria:
  all:
    - weeks-since-joining: { weeks: 4 }
    - guides-completed: { count: { adult: 5, teen: 3 } }
    # - course-complete: { course: introduction-to-group-support }
    # - weeks-holding: { badge: room-supporter, weeks: 8 }
    # - evidence: { kind: group_chat, count: 10 }
# What its holder finishes after the grant.
# duties:
#   - { course: global-mod-training, within: 2 weeks }
# What opens on the chat platform: what it is known by there, and in words.
rooms: []
# rooms:
#   - { id: support-rooms, title: Support rooms }
# unlocks: [grade]
# lapses: { after: 52 weeks }
`
