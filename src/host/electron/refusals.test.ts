import { expect, test } from 'vitest'
import { refusalLog } from './refusals.ts'

test('a refusal is logged by kind and origin, without path, query or credentials', () => {
  const log = refusalLog()
  log.note('request', 'https://user:secret@evil.example:8443/path?data=42#x')
  log.note('permission', 'app://assay/index.html?file=secret', 'geolocation')
  log.note('webview', 'not an address')
  expect(log.read()).toEqual({
    count: 3,
    last: [
      'request https://evil.example:8443',
      'permission app://assay geolocation',
      'webview unreadable address',
    ],
  })
})

test('all are counted, the last fifty are kept', () => {
  const log = refusalLog()
  for (let n = 1; n <= 60; n++) log.note('request', `http://h${n}/`)
  expect(log.read().count).toBe(60)
  expect(log.read().last).toHaveLength(50)
  expect(log.read().last.at(0)).toBe('request http://h11')
})
