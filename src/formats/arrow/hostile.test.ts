import { describe, expect, test } from 'vitest'
import { noSamples, type Read, readAll, sample, tables } from '../testing.ts'
import { nestedStream } from './testing.ts'

const files = ['primitive', 'dictionary', 'nested'].flatMap(stem =>
  ['stream', 'arrow_file'].map(ending => `arrow/1.0.0-littleendian/generated_${stem}.${ending}`),
)
const compressed = [
  'arrow/2.0.0-compression/generated_lz4.stream',
  'arrow/2.0.0-compression/generated_zstd.stream',
]

/** Either a failure with words in it, or chunks that another reader decodes with all their rows. */
function expectSound(read: Read): void {
  if (!read.summary.ok) {
    expect(read.summary.failure.kind).not.toBe('cancelled')
    return
  }
  const rows = tables(read).map(table => {
    for (const row of table)
      JSON.stringify(row, (_, cell) => (typeof cell === 'bigint' ? String(cell) : cell))
    return table.numRows
  })
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(read.summary.value.rowsSent)
}

/** The same numbers on every machine (Mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe.skipIf(noSamples)('hostile Arrow bytes (skipped without ../shared/samples)', () => {
  test.each(files)('%s cut short is never read as whole', async path => {
    const bytes = sample(path)
    for (let length = 64; length < bytes.length; length += 64) {
      const read = await readAll(bytes.slice(0, length))
      expect(read.summary.ok, `${length} of ${bytes.length} bytes`).toBe(false)
    }
  })

  test.each([...files, ...compressed])('%s with bytes changed fails or stays decodable', async path => {
    await expectSoundWhenChanged(sample(path))
  })
})

test('nested columns of pyarrow with bytes changed fail or stay decodable', async () => {
  await expectSoundWhenChanged(nestedStream)
})

async function expectSoundWhenChanged(bytes: Uint8Array): Promise<void> {
  const next = random(2026)
  let accepted = 0
  for (let trial = 0; trial < 150; trial++) {
    const changed = bytes.slice()
    for (let flips = 1 + Math.floor(next() * 4); flips > 0; flips--)
      changed[Math.floor(next() * changed.length)] = Math.floor(next() * 256)
    const read = await readAll(changed)
    expectSound(read)
    if (read.summary.ok) accepted++
  }
  expect(accepted).toBeLessThan(150)
}
