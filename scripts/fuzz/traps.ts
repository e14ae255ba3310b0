/** Uncaught errors as the page's worker would meet them: its `error` event, which a reader may answer. */
export interface Traps {
  /** How often a reader answered an uncaught error: the library behind it is unusable from then on. */
  answered(): number
  /** Errors and rejections that nobody answered, since the last time. */
  takeUnanswered(): readonly string[]
}

export function watchTraps(): Traps {
  const target = new EventTarget()
  let answered = 0
  let unanswered: string[] = []
  const words = (thrown: unknown) =>
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  process.on('uncaughtException', error => {
    const event = Object.assign(new Event('error', { cancelable: true }), { message: error.message })
    if (target.dispatchEvent(event)) unanswered.push(`uncaught: ${words(error)}`)
    else answered++
  })
  process.on('unhandledRejection', reason => unanswered.push(`rejection: ${words(reason)}`))
  Object.assign(globalThis, {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  })
  return {
    answered: () => answered,
    takeUnanswered() {
      const taken = unanswered
      unanswered = []
      return taken
    },
  }
}
