import { expect, test } from 'vitest'
import { droppedFiles } from './entries.ts'

function file(path: string): FileSystemEntry {
  const name = path.split('/').at(-1) ?? ''
  const made = { isFile: true, isDirectory: false, name, fullPath: path }
  return Object.assign(made, { file: (give: (file: File) => void) => give(new File(['x'], name)) }) as never
}

/** Gives its children two at a time, as Chromium gives them a hundred at a time. */
function folder(path: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    const left = [...children]
    return { readEntries: (give: (some: FileSystemEntry[]) => void) => give(left.splice(0, 2)) }
  }
  return {
    isFile: false,
    isDirectory: true,
    name: path.split('/').at(-1),
    fullPath: path,
    createReader,
  } as never
}

function drop(...entries: FileSystemEntry[]): DataTransfer {
  const items = entries.map(entry => ({ kind: 'file', webkitGetAsEntry: () => entry }))
  return { items, files: [] } as never
}

test('folders are walked to their ends, however many reads that takes', async () => {
  const parts = ['a', 'b', 'c', 'd', 'e'].map(name => file(`/export/${name}.csv`))
  const found = await droppedFiles(
    drop(folder('/export', [...parts, folder('/export/deep', [file('/export/deep/f.csv')])])),
  )
  expect(found.map(({ name }) => name)).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.csv', 'f.csv'])
})

test('files of a folder keep their path below the drop, single files have none', async () => {
  const found = await droppedFiles(
    drop(folder('/export', [file('/export/datapackage.json')]), file('/alone.csv')),
  )
  expect(found.map(one => one.webkitRelativePath ?? '')).toEqual(['export/datapackage.json', ''])
})

test('hidden files and folders stay out', async () => {
  const found = await droppedFiles(
    drop(
      folder('/export', [file('/export/.DS_Store'), folder('/export/.git', [file('/export/.git/config')])]),
    ),
  )
  expect(found).toEqual([])
})
