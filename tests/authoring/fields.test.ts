import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../src/authoring/fields.ts'
import { files, places } from '../../src/authoring/files.ts'

describe('the reference of files', () => {
  test.each(places)('says in words what each field of %s means', place => {
    const fields = fieldsOf(files[place].schema)
    expect(fields.length).toBeGreaterThan(0)
    expect(fields.filter(({ words }) => words === '').map(({ name }) => name)).toEqual([])
  })

  test('tells fields within others, in lists and under names of one’s own', () => {
    const names = (place: (typeof places)[number]) => fieldsOf(files[place].schema).map(({ name }) => name)
    expect(names('modules')).toContain('reflection.rubric')
    expect(names('rubrics')).toContain('criteria[].levels[].points')
    expect(names('evidence')).toContain('<name>.plural')
  })
})
