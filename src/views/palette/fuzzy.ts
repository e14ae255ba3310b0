/**
 * How well a query fits a text: null when it does not, else the higher the better. Letters must come in order;
 * unbroken runs and beginnings of words count more, so that `shp` finds Shapley before a chance scatter.
 */
export function fitness(query: string, text: string): number | null {
  const wanted = [...query.toLowerCase().replace(/\s+/g, '')]
  const letters = [...text.toLowerCase()]
  let at = 0
  let run = 0
  let score = 0
  for (const letter of wanted) {
    const found = letters.indexOf(letter, at)
    if (found < 0) return null
    run = found === at && at > 0 ? run + 1 : 0
    score += 1 + run * 2 + (beginsWord(letters, found) ? 3 : 0) - Math.min(found - at, 8) * 0.2
    at = found + 1
  }
  return score - letters.length * 0.01
}

function beginsWord(letters: readonly string[], at: number): boolean {
  return at === 0 || /[\s\-–(（“·:：]/.test(letters[at - 1] ?? '')
}

/** The best of several texts; null when none fits. */
export function bestFit(query: string, texts: readonly string[]): number | null {
  const scores = texts.flatMap(text => fitness(query, text) ?? [])
  return scores.length === 0 ? null : Math.max(...scores)
}
