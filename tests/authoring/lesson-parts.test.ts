import { describe, expect, test } from 'vitest'
import { lessonParts } from '../../src/authoring/lesson-parts.ts'
import { lesson, told } from './told.ts'
import { ending } from './told.ts'

const square = {
  name: 'square.svg',
  file: 'content/pictures/square.svg',
  href: '/pictures/square.1234.svg',
  type: 'svg' as const,
  width: 64,
  height: 48,
}

const parts = (text: string) =>
  lessonParts(`---\ntitle: Hello\n---\n\n${text}\n`, new Map([['square.svg', square]]))

describe('a lesson is drawn', () => {
  test('with its words in HTML, and quotes and dots as a typesetter sets them', () => {
    expect(parts(`It's **"late"**... & 1 < 2`)).toEqual([
      '<p>It’s <strong>“late”</strong>… &#x26; 1 &#x3C; 2</p>',
    ])
  })

  test('with the ids of headings that links to it are checked against', () => {
    const heading = '## What do *you* say?'
    expect(parts(`${heading}\n\n## What do you say`)).toEqual([
      '<h2 id="what-do-you-say">What do <em>you</em> say?</h2>\n<h2 id="what-do-you-say-1">What do you say</h2>',
    ])
    expect(told(ending(lesson, `${heading}\n\n[Up](#what-do-you-say)`)).problems).toEqual([])
  })

  test('with components where they stand, those within others and within a list included', () => {
    expect(
      parts('<Scenario title="One & two">\n\nFirst.\n\n<Chat>\n\n- hi\n\n</Chat>\n\n</Scenario>\n\nLast.'),
    ).toEqual([
      '',
      {
        component: 'Scenario',
        title: 'One & two',
        parts: [
          '<p>First.</p>',
          { component: 'Chat', title: undefined, parts: ['<ul>\n<li>hi</li>\n</ul>'] },
          '',
        ],
      },
      '\n<p>Last.</p>',
    ])
    expect(parts('1. Look <Note>here</Note> now')).toEqual([
      '<ol>\n<li>Look ',
      { component: 'Note', title: undefined, parts: ['here'] },
      ' now</li>\n</ol>',
    ])
  })

  test('with its pictures at their address and in their size, and in words where there is none', () => {
    expect(parts('![A green square](pictures/square.svg)')).toEqual([
      '<p><img class="picture" src="/pictures/square.1234.svg" alt="A green square" width="64" height="48" loading="lazy" decoding="async"></p>',
    ])
    expect(parts('![A red square](pictures/red.svg)')).toEqual(['<p>A red square</p>'])
  })

  test('without what its author remarked', () => {
    expect(parts('Before{/* see the guide */}.\n\n{/* later */}\n\nAfter.')).toEqual([
      '<p>Before.</p>\n\n<p>After.</p>',
    ])
  })
})
