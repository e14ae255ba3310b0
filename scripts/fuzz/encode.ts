/** UTF-16 with or without a byte order mark. */
export function utf16(text: string, order: 'le' | 'be', mark = true): Uint8Array {
  const whole = mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(whole.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < whole.length; i++) view.setUint16(i * 2, whole.charCodeAt(i), order === 'le')
  return bytes
}

let twoBytes: ReadonlyMap<string, readonly [number, number]> | null = null

/** The two-byte characters of GB 18030 and ASCII; anything else throws. */
export function gb18030(text: string): Uint8Array {
  twoBytes ??= table()
  const known = twoBytes
  const bytes = [...text].flatMap(character => {
    const code = character.charCodeAt(0)
    if (code < 0x80) return [code]
    const pair = known.get(character)
    if (pair === undefined) throw new Error(`no two bytes in GB 18030 for ${character}`)
    return pair
  })
  return Uint8Array.from(bytes)
}

function table(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, readonly [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) found.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  return found
}
