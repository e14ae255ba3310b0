import { Field, Struct, Table, tableFromArrays, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { inspectAll, readAll, value } from './testing.ts'

const planted = 'CANARY-7f3a'

const structs = new Table({
  id: vectorFromArray(['a'], new Utf8()),
  auth: vectorFromArray(
    [{ kind: 'sas', primaryKey: planted }],
    new Struct([new Field('kind', new Utf8(), true), new Field('primaryKey', new Utf8(), true)]),
  ),
})

const exports_: Readonly<Record<string, Uint8Array | string>> = {
  'a CSV column': `id,DeviceSecret\na,${planted}\n`,
  'a CSV column with space around its name': `id, password \na,${planted}\n`,
  'the second of two CSV columns': `id,password,password\na,${planted},${planted}\n`,
  'a JSON text in a CSV cell': `id,config\na,"{""mqtt"":{""password"":""${planted}""},""x"":1}"\n`,
  'a JSON text behind a line break': `id,config\na,"\n{""password"":""${planted}""}"\n`,
  'a JSON text that was cut off': `id,config\na,"{""x"":1,""password"":""${planted}"\n`,
  'a JSON text with a key given twice': `id,config\na,"{""pwd"":""${planted}"",""pwd"":1}"\n`,
  'a JSON text written as a JSON text': `${JSON.stringify({ id: 'a', raw: JSON.stringify(JSON.stringify({ token: planted })) })}\n`,
  'a rejected CSV row': `id,password\na,${planted},c\nb,${planted}\n`,
  'a nested NDJSON path': `{"id":"a","authentication":{"symmetricKey":{"primaryKey":"${planted}"}}}\n`,
  'an object in a JSON array': `{"id":"a","mods":[{"name":"m","connectionString":"${planted}"}]}\n`,
  'a JSON text in a JSON string': `${JSON.stringify({ id: 'a', raw: JSON.stringify({ token: planted, x: 1 }) })}\n`,
  'the value beside a key in a list': `{"id":"a","tags":[{"tag_key":"password","tag_value":"${planted}"}]}\n`,
  'a row of key and value': `{"id":"a","key":"token","value":"${planted}"}\n{"id":"a","key":"x","value":"1"}\n`,
  'a list of names and values in a CSV cell': `id,tags\na,"[{""name"":""DeviceSecret"",""value"":""${planted}""}]"\n`,
  'a JSON document': `{"things":[{"id":"a","accessKey":"${planted}"}]}`,
  'a line that is no JSON': `{"id":"a","password":"${planted}"\n{"id":"b"}\n`,
  'an Arrow column': tableToIPC(tableFromArrays({ id: ['a'], token: [planted] }), 'stream'),
  'a dictionary column in an Arrow file': tableToIPC(
    tableFromArrays({ id: ['a'], appSecret: [planted] }),
    'file',
  ),
  'a member of an Arrow struct': tableToIPC(structs, 'stream'),
}

describe('a credential never leaves the reader', () => {
  test.each(Object.keys(exports_))('in %s', async where => {
    const bytes = exports_[where] ?? ''
    const read = await readAll(bytes)
    const inspection = await inspectAll(bytes)
    for (const chunk of read.chunks) expect(new TextDecoder('latin1').decode(chunk)).not.toContain(planted)
    expect(JSON.stringify([value(read.summary), inspection])).not.toContain(planted)
    expect(value(read.summary).rowsSent).toBeGreaterThan(0)
  })

  test('and its name is told', async () => {
    const { droppedSecrets } = value((await readAll('id,DeviceSecret\na,b\n')).summary)
    expect(droppedSecrets).toEqual(['DeviceSecret'])
    const nested = await inspectAll('{"id":"a","authentication":{"symmetricKey":{"primaryKey":"k"}}}\n')
    expect(nested).toMatchObject({ columns: ['id'], droppedSecrets: ['authentication'] })
  })
})
