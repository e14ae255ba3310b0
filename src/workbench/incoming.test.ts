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

const names = ({ origins }: { readonly origins: readonly { readonly name: string }[] }) =>
  origins.map(({ name }) => name)

describe('a drop', () => {
  test('of loose files is named after the first, and says how many more', async () => {
    expect(names(await sorted(file('a.csv')))).toEqual(['a.csv'])
    expect(names(await sorted(file('a.csv'), file('b.csv'), file('c.csv')))).toEqual(['a.csv + 2'])
  })

  test('of a folder is named after the folder, and keeps the paths', async () => {
    const incoming = await sorted(file('june/a.csv'), file('june/b/c.csv'))
    expect(names(incoming)).toEqual(['june'])
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
    expect(incoming).toMatchObject({
      origins: [{ name: 'A package', synthetic: true, asOf: '2026-06-30T00:00:00Z' }],
      unlisted: ['p/README.md'],
    })
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

describe('several data packages in one drop', () => {
  const manifest = (title: string, ...paths: readonly string[]) =>
    JSON.stringify({ title, resources: paths.map(path => ({ name: path, path })) })
  const told = async (...files: File[]) => {
    const { files: taken, unlisted } = await sorted(...files)
    return {
      taken: await Promise.all(
        taken.map(async one => [one.origin.name, one.name, (await one.file?.text()) ?? null]),
      ),
      unlisted,
    }
  }

  test('each speak for the files below their own folders, whatever order they come in', async () => {
    const all = [
      file('drop/june/device.csv', 'june'),
      file('drop/may/device.csv', 'may'),
      file('drop/may/datapackage.json', manifest('May', 'device.csv', 'gone.csv')),
      file('drop/june/datapackage.json', manifest('June', 'device.csv')),
      file('drop/june/notes.txt'),
      file('drop/README.md'),
    ]
    for (const files of [all, all.toReversed()]) {
      const { taken, unlisted } = await told(...files)
      expect(taken).toEqual([
        ['June', 'drop/june/device.csv', 'june'],
        ['May', 'drop/may/device.csv', 'may'],
        ['May', 'drop/may/gone.csv', null],
      ])
      expect(unlisted.toSorted()).toEqual(['drop/README.md', 'drop/june/notes.txt'])
    }
  })

  test('one within the other: a file belongs to the nearest that lists it, and comes in once', async () => {
    const { taken, unlisted } = await told(
      file('p/datapackage.json', manifest('Outer', 'a.csv', 'q/b.csv', 'q/c.csv')),
      file('p/q/datapackage.json', manifest('Inner', 'b.csv')),
      file('p/a.csv', 'a'),
      file('p/q/b.csv', 'b'),
      file('p/q/c.csv', 'c'),
      file('p/q/d.csv', 'd'),
    )
    expect(taken).toEqual([
      ['Outer', 'p/a.csv', 'a'],
      ['Outer', 'p/q/c.csv', 'c'],
      ['Inner', 'p/q/b.csv', 'b'],
    ])
    expect(unlisted).toEqual(['p/q/d.csv'])
  })

  test('with the same path are refused: nobody can tell whose a file is', async () => {
    const twice = [manifest('A', 'a.csv'), manifest('B', 'a.csv')].map(text => file('datapackage.json', text))
    expect(await sortIncoming(sources([...twice, file('a.csv'), file('a.csv')]))).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', file: 'datapackage.json', format: 'Data Package' },
    })
  })

  test('of which one cannot be read are refused whole, naming it', async () => {
    const files = [file('a/datapackage.json', manifest('A', 'a.csv')), file('b/datapackage.json', '{')]
    expect(await sortIncoming(sources(files))).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', file: 'b/datapackage.json' },
    })
  })
})
