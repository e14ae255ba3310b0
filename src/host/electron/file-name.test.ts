import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainName, plainName } from './file-name.ts'

test.each(['CON-01.png', '设备集中度 2026.svg', 'a b.csv', '-'])('%s is a plain name', name => {
  expect(isPlainName(name)).toBe(true)
})

test.each([
  '',
  '.',
  '..',
  '.hidden',
  '../a',
  'a/b',
  'a\\b',
  'C:a',
  'a\u0000b',
  'a\nb',
  'a*',
  'x'.repeat(201),
])('%j is not a plain name', name => expect(isPlainName(name)).toBe(false))

test('a proposal becomes a plain name and keeps its ending', () => {
  expect(plainName('平台/设备: "在线".png')).toBe('平台-设备- -在线-.png')
  expect(plainName(`${'长'.repeat(300)}.csv`)).toMatch(/^长{196}\.csv$/)
})

test('whatever is proposed, the outcome is a plain name or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), proposal => {
      const name = plainName(proposal)
      expect(name === '' || isPlainName(name)).toBe(true)
    }),
  )
})
