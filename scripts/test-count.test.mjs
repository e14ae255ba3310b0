import { expect, test } from 'vitest'
import { playwrightCount, sum, vitestCount } from './test-count.mjs'

const file = (status, ...tests) => ({ status, assertionResults: tests.map(result => ({ status: result })) })

test('a test file that cannot be loaded is a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed'), file('failed')],
  }
  expect(vitestCount(report)).toEqual({ passed: 3, failed: 2, skipped: 3 })
})

test('a flaky journey and an error outside any journey are failures', () => {
  const report = {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no file' }],
  }
  expect(playwrightCount(report)).toEqual({ passed: 4, failed: 3, skipped: 2 })
})

test('counts are summed', () => {
  const counts = [
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ]
  expect(sum(counts)).toEqual({ passed: 11, failed: 22, skipped: 33 })
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
})
