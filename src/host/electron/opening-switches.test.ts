import { expect, test } from 'vitest'
import { openingSwitches } from './opening-switches.ts'

test.each([
  ['--remote-debugging-port=9222'],
  ['--REMOTE-DEBUGGING-PORT=0'],
  ['-remote-debugging-port=1'],
  ['--remote-debugging-pipe'],
  ['--inspect'],
  ['--inspect-brk=0.0.0.0:9229'],
  ['--disable-web-security'],
  ['--no-sandbox'],
  ['--host-resolver-rules=MAP * 1.2.3.4'],
  ['--proxy-server=evil:8080'],
  ['--js-flags=--allow-natives-syntax'],
])('%s opens the app', argument => {
  expect(openingSwitches(['.', '--lang=zh-CN', argument])).toEqual([argument])
})

test('a person may choose a language, a profile and a report', () => {
  expect(
    openingSwitches(['--lang=zh-CN', '--user-data-dir=/tmp/x', '--report=/tmp/no-sandbox.json', 'inspect']),
  ).toEqual([])
})
