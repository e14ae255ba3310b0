/**
 * True when bytes read as Chinese: most double bytes are first-level Hanzi of GB 2312 (lead B0-D7, the 3,755 most
 * used) or its punctuation, or there are the four-byte forms that no Western text makes by chance. Latin-1 text
 * often decodes as GB18030 too, but into rare characters: an accented letter swallows the ASCII letter behind it.
 */
export function looksLikeGb18030(bytes: Uint8Array): boolean {
  const counts = { common: 0, other: 0, four: 0 }
  for (let i = 0; i + 1 < bytes.length; ) {
    const lead = bytes[i] ?? 0
    i += lead < 0x80 ? 1 : countCharacter(lead, bytes[i + 1] ?? 0, counts)
  }
  if (counts.four > 0) return counts.four + counts.common >= counts.other / 20
  return counts.common > 0 && counts.common >= (counts.common + counts.other) * 0.6
}

/** Returns how many bytes the character takes. */
function countCharacter(
  lead: number,
  trail: number,
  counts: { common: number; other: number; four: number },
): number {
  if (trail >= 0x30 && trail <= 0x39) {
    counts.four++
    return 4
  }
  const punctuation = lead >= 0xa1 && lead <= 0xa3
  const firstLevel = lead >= 0xb0 && lead <= 0xd7
  if (trail >= 0xa1 && (punctuation || firstLevel)) counts.common++
  else counts.other++
  return 2
}
