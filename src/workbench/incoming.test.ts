import { describe, expect, test } from 'vitest'
import { pathOf, sortIncoming } from './incoming.ts'
import type { Source } from './sources.ts'

/** A file as a dropped folder gives it: the path stands beside the name. */
function file(path: string, text = 'a,b\n1,2\n'): File {
  const made = new File([text], path.slice(path.lastIndexOf('/') + 1))
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  return made
}

function sources(files: readonly File[]): readonly Source[] {
  return files.map(file => ({ path: pathOf(file), file, archive: null, failure: null }))
}

async function sorted(...files: File[]) {
  const result = await sortIncoming(sources(files))
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

describe('a drop', () => {
  test('of loose files is named after the first, and says how many more', async () => {
    expect((await sorted(file('a.csv'))).name).toBe('a.csv')
    expect((await sorted(file('a.csv'), file('b.csv'), file('c.csv'))).name).toBe('a.csv + 2')
  })

  test('of a folder is named after the folder, and keeps the paths', async () => {
    const incoming = await sorted(file('june/a.csv'), file('june/b/c.csv'))
    expect(incoming.name).toBe('june')
    expect(incoming.files.map(({ name }) => name)).toEqual(['june/a.csv', 'june/b/c.csv'])
  })

  test('with a manifest takes what the manifest lists, and names the rest', async () => {
    const resources = [
      { name: 'device', path: 'data/device.csv', encoding: 'GB18030', dialect: { delimiter: ';' } },
      { name: 'gone', path: 'gone.csv' },
    ]
    const assay = { synthetic: true, as_of: '2026-06-30T00:00:00Z' }
    const manifest = JSON.stringify({ name: 'p', title: 'A package', resources, assay })
    const incoming = await sorted(
      file('p/datapackage.json', manifest),
      file('p/data/device.csv'),
      file('p/README.md'),
    )
    expect(incoming).toMatchObject({ name: 'A package', synthetic: true, unlisted: ['p/README.md'] })
    expect(incoming.files[0]).toMatchObject({ readOptions: { encoding: 'gb18030', delimiter: ';' } })
    expect(incoming.files[1]).toMatchObject({ name: 'gone.csv', file: null })
  })

  test('with a manifest that leads out of its folder is refused whole', async () => {
    const manifest = JSON.stringify({ name: 'p', resources: [{ name: 'x', path: '../secret.csv' }] })
    expect(await sortIncoming(sources([file('datapackage.json', manifest)]))).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file' },
    })
  })

  test('whose manifest cannot be read any more (moved away, no right to it) is a failure, not a throw', async () => {
    const gone = Object.assign(file('datapackage.json'), {
      text: () => Promise.reject(new Error('not found')),
    })
    expect(await sortIncoming(sources([gone]))).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', detail: 'not found' },
    })
  })
})
