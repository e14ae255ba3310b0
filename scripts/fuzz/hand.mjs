import { fork } from 'node:child_process'

/** Loading the app and starting the engine, on a busy machine. */
const startSeconds = 120

/**
 * A process that tries mutants, one at a time.
 *
 * @typedef {{ outcomes: string[], milliseconds: number, complaints: string[], spent: boolean }} Verdict
 * @param {string} script
 * @returns {Promise<{ ask(question: unknown, seconds: number): Promise<Verdict>, end(): void }>}
 */
export async function openHand(script) {
  const options = {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=2048'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  }
  const child = fork(script, [], options)
  let errors = ''
  child.stderr.on('data', chunk => {
    errors = (errors + chunk).slice(-2000)
  })
  const ended = new Promise(settle =>
    child.once('exit', code => settle(failed(`the process ended (${code}): ${errors}`))),
  )
  /** What the child says next, or why it says nothing. */
  const answer = seconds => {
    let watch
    const late = new Promise(settle => {
      watch = setTimeout(() => settle(failed(`no answer in ${seconds} s`)), seconds * 1000)
    })
    const said = new Promise(settle => child.once('message', settle))
    return Promise.race([said, late, ended]).finally(() => clearTimeout(watch))
  }
  const first = await answer(startSeconds)
  if (first !== 'ready') {
    child.kill('SIGKILL')
    throw new Error(`the app under test did not start: ${first.complaints.join()}`)
  }
  return {
    ask(question, seconds) {
      const answered = answer(seconds)
      child.send(question, () => {})
      return answered
    },
    end: () => child.kill('SIGKILL'),
  }
}

function failed(complaint) {
  return { outcomes: ['dead'], milliseconds: 0, complaints: [complaint], spent: true }
}
