/** Words with formulas in them, `$x_i$: share of platform $i$`, cut where TeX begins and ends. */
export interface Piece {
  readonly kind: 'words' | 'tex'
  readonly text: string
}

/** Every second part between dollar signs is TeX; a dollar sign without its partner is a word. */
export function pieces(text: string): readonly Piece[] {
  const parts = text.split('$')
  if (parts.length % 2 === 0) return [{ kind: 'words', text }]
  return parts.flatMap((part, i) =>
    part === '' ? [] : [{ kind: i % 2 === 1 ? ('tex' as const) : ('words' as const), text: part }],
  )
}

/** The entries of a list of symbols: parted by semicolons, Western or Chinese, that stand outside of TeX. */
export function entries(text: string): readonly string[] {
  return (text.match(/(?:\$[^$]*\$|[^;；])+/g) ?? []).map(entry => entry.trim()).filter(entry => entry !== '')
}
