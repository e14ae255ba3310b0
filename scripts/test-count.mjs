/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * Counts in Vitest's JSON report. A file that could not even be loaded holds no tests: it counts as one failure.
 *
 * @returns {Count}
 */
export function vitestCount(report) {
  const brokenFiles = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Counts in Playwright's JSON report. A flaky journey has failed; an error outside any journey counts as one failure.
 *
 * @returns {Count}
 */
export function playwrightCount(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  const total = key => counts.reduce((result, count) => result + count[key], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}
