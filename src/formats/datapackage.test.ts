import { describe, expect, test } from 'vitest'
import { readDataPackage } from './format.ts'
import { noSamples, sample, value } from './testing.ts'

const read = (manifest: unknown) => readDataPackage(JSON.stringify(manifest), 'datapackage.json')

describe('a Data Package', () => {
  test('names its resources and says when its data is synthetic', () => {
    const pack = value(
      read({
        name: 'sample',
        title: 'Sample',
        assay: { synthetic: true, as_of: '2026-06-30T00:00:00Z' },
        resources: [
          {
            name: 'device',
            path: './data/device.arrow',
            bytes: 12,
            hash: 'sha256:ab',
            dialect: { delimiter: ';' },
          },
        ],
      }),
    )
    expect(pack).toMatchObject({ name: 'sample', assay: { synthetic: true, asOf: '2026-06-30T00:00:00Z' } })
    expect(pack.resources).toEqual([
      {
        name: 'device',
        path: 'data/device.arrow',
        format: null,
        encoding: null,
        delimiter: ';',
        hash: 'sha256:ab',
        bytes: 12,
      },
    ])
  })

  test.each([
    '../x.csv',
    'a/../../x',
    '/etc/passwd',
    'https://example.org/x.csv',
    'C:\\x.csv',
    'a//b',
    '..',
    'a\\b',
    '',
  ])('with the path %j is refused', path => {
    expect(read({ resources: [{ name: 'r', path }] })).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', detail: 'path leads outside the package', where: 'resource r' },
    })
  })

  test.each(['not json', '{}', '{"resources":[]}', '{"resources":[{"name":"r","data":[]}]}'])(
    '%j is refused',
    text => {
      expect(readDataPackage(text, 'datapackage.json')).toMatchObject({
        ok: false,
        failure: { kind: 'unreadable-file' },
      })
    },
  )

  test.skipIf(noSamples)('of another project is read (skipped without ../shared/samples)', () => {
    const text = new TextDecoder().decode(sample('frictionless-py/datapackage.json'))
    const { name, resources } = value(readDataPackage(text, 'datapackage.json'))
    expect([name, resources.map(({ path }) => path)]).toEqual([
      'test-tabulator',
      ['table.xls', 'table-reverse.csv'],
    ])
  })
})
