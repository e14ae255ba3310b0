const forbidden = /[\p{Cc}/\\:*?"<>|]/gu
const longest = 200

/** Whether a text is a name alone: no folder, nothing hidden, no character that some file system refuses. */
export function isPlainName(name: string): boolean {
  return name !== '' && name === plainName(name)
}

/** The nearest plain name: proposals carry names of files and platforms. Too long a name keeps its ending. */
export function plainName(name: string): string {
  const plain = name.replace(forbidden, '-').replace(/^\.+/, '')
  if (plain.length <= longest) return plain
  const ending = /\.[a-z0-9]{1,10}$/i.exec(plain)?.[0] ?? ''
  return plain.slice(0, longest - ending.length) + ending
}
