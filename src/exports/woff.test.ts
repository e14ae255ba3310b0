import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from 'opentype.js/dist/opentype.mjs'
import { expect, test } from 'vitest'
import { asSfnt } from './woff.ts'

const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'))
const files = readdirSync(join(fonts, 'files')).filter(name => /-(400|600)-normal\.woff$/.test(name))

function bytesOf(name: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(join(fonts, 'files', name))
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

test('every bundled Chinese font can be read, also those that the library’s own inflater refuses', async () => {
  expect(files.length).toBeGreaterThan(150)
  for (const name of files) {
    const font = parse(await asSfnt(bytesOf(name)))
    expect([name, font.unitsPerEm]).toEqual([name, 1000])
  }
}, 120_000)

test('a font that the library reads by itself has the same glyphs either way', async () => {
  const bytes = bytesOf('noto-sans-sc-100-400-normal.woff')
  const [whole, ours] = [parse(bytes), parse(await asSfnt(bytes))]
  for (const at of [1, 2, 3]) {
    const path = (font: typeof whole) => font.glyphs.get(at).getPath(0, 0, 100).commands
    expect(path(ours)).toEqual(path(whole))
  }
})

test('a file that is no WOFF stays as it is, and a damaged one is refused', async () => {
  const plain = new Uint8Array([0, 1, 0, 0]).buffer
  expect(await asSfnt(plain)).toBe(plain)
  const damaged = bytesOf('noto-sans-sc-101-400-normal.woff')
  new Uint8Array(damaged).fill(7, damaged.byteLength / 2)
  await expect(asSfnt(damaged)).rejects.toThrow()
})
