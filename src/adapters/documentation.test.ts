import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adapters } from './adapter.ts'

test('docs/import.md names every adapter', () => {
  const text = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8')
  expect(adapters.filter(({ id }) => !text.includes(`\`${id}\``)).map(({ id }) => id)).toEqual([])
})
