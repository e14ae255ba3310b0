import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { namedColumns } from './column-name.ts'

test('every column of every result has a name, and no name is without its column', () => {
  const computations = catalogue.flatMap(recipe => [recipe, ...Object.values(recipe.details ?? {})])
  const used = new Set(computations.flatMap(({ result }) => Object.keys(result)))
  expect([...used].filter(column => !namedColumns.has(column))).toEqual([])
  expect([...namedColumns].filter(column => !used.has(column))).toEqual([])
})
