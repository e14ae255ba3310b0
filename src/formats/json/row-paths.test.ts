import { describe, expect, test } from 'vitest'
import {
  columnNames,
  failureOfReading,
  inspectAll,
  type Read,
  readAll,
  tables,
  textRows,
  value,
} from '../testing.ts'

/** Built from the vendors' documentation; no export of theirs was at hand. */
const edgex = [
  '{"apiVersion":"v3","id":"e1","deviceName":"Pump-1","profileName":"Pump","sourceName":"all","origin":1602168089665565200,"readings":[{"id":"r1","origin":1602168089665565201,"deviceName":"Pump-1","resourceName":"temperature","profileName":"Pump","valueType":"Float64","value":"3.140000e+00"},{"id":"r2","origin":1602168089665565202,"resourceName":"flow","valueType":"Int64","value":"7","units":"m3/h"}],"tags":{"line":"A"}}',
  '{"apiVersion":"v3","id":"e2","deviceName":"Pump-2","profileName":"Pump","sourceName":"all","origin":1602168089665565300,"readings":[{"id":"r3","origin":1602168089665565301,"resourceName":"flow","valueType":"Int64","value":"9"}]}',
]

/** OPC UA Part 14, 7.2.5: key frame with values and stamps, raw encoding, keep-alive without a payload. */
const opcUa = [
  '{"MessageId":"m1","MessageType":"ua-data","PublisherId":"plc-1","Messages":[{"DataSetWriterId":101,"SequenceNumber":7,"MetaDataVersion":{"MajorVersion":1,"MinorVersion":0},"Timestamp":"2026-01-01T00:00:00Z","Payload":{"Temp":{"Value":21.50,"SourceTimestamp":"2026-01-01T00:00:00Z"},"Flow":{"Value":9007199254740993}}}]}',
  '{"MessageId":"m2","MessageType":"ua-data","PublisherId":"plc-1","Messages":[{"DataSetWriterId":101,"SequenceNumber":8,"Payload":{"Temp":22.0,"Mode":null,"Axes":[1,2.0]}},{"DataSetWriterId":102,"SequenceNumber":1,"MessageType":"ua-keepalive"}]}',
]

const telemetry =
  '{"temperature":[{"ts":1609459200000,"value":"25"},{"ts":1609459260000,"value":"25.10"}],"humidity":[{"ts":1609459200000,"value":"60"}]}'

/** Rows as objects, absent values left out. */
function records(read: Read): readonly Readonly<Record<string, string>>[] {
  const names = columnNames(read).slice(1)
  return textRows(read).map(row =>
    Object.fromEntries(row.flatMap((cell, i) => (cell === null ? [] : [[names[i] ?? '', cell]]))),
  )
}

describe('rows that lie deeper in a JSON file', () => {
  const forms = {
    NDJSON: edgex.join('\n'),
    'an array': `[${edgex.join(',\n')}]`,
    'values one behind the other': edgex.join(''),
    'arrays line by line': edgex.map(event => `[${event}]`).join('\n'),
  }

  test.each(Object.entries(forms))('readings of EdgeX events in %s carry their event', async (_, text) => {
    const read = await readAll(text, { part: 'readings[]' })
    expect(records(read)).toEqual([
      {
        apiVersion: 'v3',
        id: 'e1',
        deviceName: 'Pump-1',
        profileName: 'Pump',
        sourceName: 'all',
        origin: '1602168089665565200',
        'tags.line': 'A',
        'readings.id': 'r1',
        'readings.origin': '1602168089665565201',
        'readings.deviceName': 'Pump-1',
        'readings.resourceName': 'temperature',
        'readings.profileName': 'Pump',
        'readings.valueType': 'Float64',
        'readings.value': '3.140000e+00',
      },
      expect.objectContaining({ id: 'e1', 'readings.id': 'r2', 'readings.units': 'm3/h' }),
      expect.objectContaining({ id: 'e2', deviceName: 'Pump-2', 'readings.value': '9' }),
    ])
    expect(value(read.summary)).toMatchObject({ rowsRead: 3, rowsSent: 3 })
    expect(tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])).toEqual([1n, 2n, 3n])
    expect(textRows(await readAll(text, { part: '[].readings[]' }))).toEqual(textRows(read))
  })

  test('members of OPC UA payloads become rows, whichever encoding; a keep-alive is a reject', async () => {
    const read = await readAll(opcUa.join('\n'), { part: 'Messages[].Payload{}' })
    expect(records(read)).toEqual([
      {
        MessageId: 'm1',
        MessageType: 'ua-data',
        PublisherId: 'plc-1',
        'Messages.DataSetWriterId': '101',
        'Messages.SequenceNumber': '7',
        'Messages.MetaDataVersion.MajorVersion': '1',
        'Messages.MetaDataVersion.MinorVersion': '0',
        'Messages.Timestamp': '2026-01-01T00:00:00Z',
        'Messages.Payload.$key': 'Temp',
        'Messages.Payload.Value': '21.50',
        'Messages.Payload.SourceTimestamp': '2026-01-01T00:00:00Z',
      },
      expect.objectContaining({
        'Messages.Payload.$key': 'Flow',
        'Messages.Payload.Value': '9007199254740993',
      }),
      expect.objectContaining({
        MessageId: 'm2',
        'Messages.SequenceNumber': '8',
        'Messages.Payload.$key': 'Temp',
        'Messages.Payload': '22.0',
      }),
      {
        MessageId: 'm2',
        MessageType: 'ua-data',
        PublisherId: 'plc-1',
        'Messages.DataSetWriterId': '101',
        'Messages.SequenceNumber': '8',
        'Messages.Payload.$key': 'Mode',
      },
      expect.objectContaining({ 'Messages.Payload.$key': 'Axes', 'Messages.Payload': '[1,2.0]' }),
    ])
    expect(value(read.summary)).toMatchObject({ rowsRead: 6, rowsSent: 5 })
    expect(value(read.summary).rejects).toEqual([
      { row: 6, reason: 'not-an-object', column: 'Messages.Payload', value: 'missing' },
    ])
  })

  test('series of ThingsBoard telemetry are recognised, and their names are a column', async () => {
    expect(await inspectAll(telemetry)).toMatchObject({
      parts: [{ id: '{}[]', kind: 'list', rows: 3 }],
      part: '{}[]',
      columns: ['$key', 'ts', 'value'],
      declaredRows: 3,
    })
    expect(textRows(await readAll(telemetry))).toEqual([
      ['temperature', '1609459200000', '25'],
      ['temperature', '1609459260000', '25.10'],
      ['humidity', '1609459200000', '60'],
    ])
    expect(textRows(await readAll(telemetry, { part: '{}[]' }))).toHaveLength(3)
  })

  test('a chosen path to the list of a page gives what the page gives by itself', async () => {
    const page = '{"count":2,"devices":[{"device_id":"d1","tags":[{"tag_key":"k"}]},{"device_id":"d2"}]}'
    const read = await readAll(page, { part: 'devices[]' })
    expect(textRows(read)).toEqual(textRows(await readAll(page)))
    expect(records(read)).toEqual([{ device_id: 'd1', tags: '[{"tag_key":"k"}]' }, { device_id: 'd2' }])
  })

  test('a path from $ keeps what stands around the list', async () => {
    const page = '{"items":[{"thingId":"a"}],"deviceId":"D1","links":[{"x":1}]}'
    expect(records(await readAll(page, { part: '$.items[]' }))).toEqual([
      { deviceId: 'D1', links: '[{"x":1}]', 'items.thingId': 'a' },
    ])
    expect(records(await readAll(page, { part: '$' }))).toEqual([
      { items: '[{"thingId":"a"}]', deviceId: 'D1', links: '[{"x":1}]' },
    ])
  })

  test('what breaks the path is a reject that names it, not a row that vanished', async () => {
    const lines = [
      '{"id":1,"r":[{"v":1},2,null]}',
      '{"id":2}',
      '{"id":3,"r":{"v":1}}',
      '7',
      '{"id":5,"r":[]}',
    ]
    const read = await readAll(lines.join('\n'), { part: 'r[]' })
    expect(records(read)).toEqual([{ id: '1', 'r.v': '1' }, { id: '1', r: '2' }, { id: '1' }])
    const summary = value(read.summary)
    expect(summary).toMatchObject({ rowsRead: 6, rowsSent: 3 })
    expect(summary.rejects.map(({ column, value }) => [column, value])).toEqual([
      ['r', 'missing'],
      ['r', 'object'],
      ['r', 'literal'],
    ])
  })

  test('signs that have a meaning in a path may stand in names', async () => {
    const text = '{\n"a.b":{"l[0]":[{"x":1},{"x":2}]}}'
    const { parts } = await inspectAll(text)
    expect(parts.map(({ id }) => id)).toEqual(['a\\.b.l\\[0\\][]'])
    expect(textRows(await readAll(text, { part: 'a\\.b.l\\[0\\][]' }))).toEqual([['1'], ['2']])
  })

  test('two levels of keys have two columns', async () => {
    const read = await readAll('{"m":{"a":{"x":1,"y":2},"b":{"z":{"v":3}}}}\n{"m":{}}\n', { part: 'm{}{}' })
    expect(records(read)).toEqual([
      { 'm.$key': 'a', 'm.$key_2': 'x', m: '1' },
      { 'm.$key': 'a', 'm.$key_2': 'y', m: '2' },
      { 'm.$key': 'b', 'm.$key_2': 'z', 'm.v': '3' },
    ])
  })

  test.each(['a[', 'a..b', '.a', '[', 'a{}b', '$a]', 'a[].'])('%j is no path', async part => {
    expect(await failureOfReading('{"a":[{"b":1}]}\n{}\n', { part })).toMatchObject({
      kind: 'unreadable-file',
      detail: 'a path to rows that cannot be read',
    })
  })

  test('a path to nothing is said', async () => {
    expect(await failureOfReading('{"a":[{"b":1}]}', { part: 'c[]' })).toMatchObject({
      detail: 'no rows at the path',
      where: 'c[]',
    })
  })

  test('keys given twice are refused wherever the path goes', async () => {
    expect(await failureOfReading('{"a":[{"ts":1}],"a":[{"ts":2}]}')).toMatchObject({
      detail: 'not valid JSON',
    })
    expect(await failureOfReading('{\n"d":{"l":[{"x":1}],"l":[{"x":2}]}}')).toMatchObject({
      detail: 'not valid JSON',
    })
    const { rejects } = value(
      (await readAll('{"r":[{"v":1}]}\n{"r":[{"v":1,"v":2}]}\n', { part: 'r[]' })).summary,
    )
    expect(rejects).toMatchObject([{ row: 2, reason: 'not-json' }])
  })
})

describe('the lists of a JSON document', () => {
  test('are all named, and the first is taken', async () => {
    const text =
      '{"data":{"list":[{"x":"1"}],"n":[1]},\n"b":[{"y":1},{"y":2}],"a":{"b":{"c":{"d":[{"z":1}]}}}}'
    const inspection = await inspectAll(text)
    expect(inspection.parts.map(({ id, rows }) => [id, rows])).toEqual([
      ['data.list[]', 1],
      ['b[]', 2],
      ['a.b.c.d[]', 1],
    ])
    expect(inspection).toMatchObject({ part: 'data.list[]', columns: ['x'] })
    expect(textRows(await readAll(text))).toEqual([['1']])
    expect(textRows(await readAll(text, { part: 'b[]' }))).toEqual([['1'], ['2']])
    expect(textRows(await readAll(text, { part: 'a.b.c.d[]' }))).toEqual([['1']])
  })

  test.each(['{"code":0,"data":{"list":[{"x":1},{"x":2}]}}', '{"Data":{"DeviceInfo":[{"x":1},{"x":2}]}}'])(
    '%j on one line is a page',
    async text => {
      expect(textRows(await readAll(text))).toEqual([['1'], ['2']])
    },
  )

  test('are none in a document of one record, and in an array', async () => {
    expect(await inspectAll('{\n"id":"a",\n"t":[1]}')).toMatchObject({
      parts: [],
      part: null,
      preview: [['a', '[1]']],
    })
    expect(await inspectAll('[{"r":[{"x":1}]}]')).toMatchObject({ parts: [], part: null, declaredRows: 1 })
  })

  test('that hold credentials are none', async () => {
    const text = '{"credentials":[{"id":"u"}],\n"devices":[{"id":"a"}]}'
    expect((await inspectAll(text)).parts.map(({ id }) => id)).toEqual(['devices[]'])
    expect(await failureOfReading(text, { part: 'credentials[]' })).toMatchObject({
      kind: 'unsupported-feature',
    })
  })
})

describe('values one behind the other', () => {
  test('on one line of NDJSON are rows of their own, and one reject where they break', async () => {
    const read = await readAll('{"a":1}{"a":2} {"a":3}\n{"a":4}{"a":\n{"a":5}\n')
    expect(textRows(read)).toEqual([['1'], ['2'], ['3'], ['5']])
    expect(value(read.summary)).toMatchObject({ rowsRead: 5, rejects: [{ row: 4, reason: 'not-json' }] })
  })

  test('over several lines are rows of a document', async () => {
    expect(textRows(await readAll('{\n"a":1\n}\n{\n"a":2\n}\n'))).toEqual([['1'], ['2']])
    expect(await failureOfReading('{\n"a":1\n}\n{\n"a":')).toMatchObject({ detail: 'not valid JSON' })
  })
})

describe('a credential below a row path never leaves the reader', () => {
  const planted = 'CANARY-7f3a'
  test.each([
    ['a member that is walked over', `{"id":"d","cfg":{"password":"${planted}","mode":"x"}}\n{}\n`, 'cfg{}'],
    ['a series', `{"token":[{"ts":1,"value":"${planted}"}],"t":[{"ts":1,"value":"2"}]}`, '{}[]'],
    ['an ancestor', `{"auth":{"secret":"${planted}"},"r":[{"v":1}],"apiKey":"${planted}"}\n{}\n`, 'r[]'],
    ['the element', `[{"id":"d","r":[{"v":1,"deviceSecret":"${planted}"}]}]`, 'r[]'],
    ['a kept array', `[{"k":[{"pwd":"${planted}"}],"r":[{"v":1}]}]`, 'r[]'],
    ['a page', `{"d":{"l":[{"v":1,"privateKey":"${planted}"}]},"authToken":"${planted}"}`, 'd.l[]'],
    ['a text that is JSON', `[{"r":[${JSON.stringify(`\n{"passwd":"${planted}","v":1}`)}]}]`, 'r[]'],
  ])('in %s', async (_, text, part) => {
    const read = await readAll(text, { part })
    for (const chunk of read.chunks) expect(new TextDecoder('latin1').decode(chunk)).not.toContain(planted)
    expect(JSON.stringify([value(read.summary), await inspectAll(text, { part })])).not.toContain(planted)
    expect(value(read.summary).rowsSent).toBeGreaterThan(0)
    expect(value(read.summary).droppedSecrets.length).toBeGreaterThan(0)
  })
})
