import { describe, expect, test } from 'vitest'
import { columnNames, failureOfReading, inspectAll, readAll, tables, textRows, value } from '../testing.ts'

// Built from the vendor's documentation, "Annotated CSV" of InfluxDB 2, and in the shape of its sample data.
const airSensor = [
  '#group,false,false,false,false,true,true,true',
  '#datatype,string,long,dateTime:RFC3339,double,string,string,string',
  '#default,_result,,,,,,',
  ',result,table,_time,_value,_field,_measurement,sensor_id',
  ',,0,2021-06-11T09:32:25Z,0.4801705303428872,co,airSensors,TLM0100',
  ',,1,2021-06-11T09:32:35Z,71.2090170,temperature,airSensors,TLM0101',
]
const text = [
  '#group,false,false,true,false,false',
  '#datatype,string,long,string,dateTime:RFC3339,string',
  '#default,_result,,mem_level,,',
  ',result,table,_field,_time,_value',
  ',,3,,2023-01-01T00:00:00Z,ok',
]
const lines = (...all: readonly (readonly string[])[]) =>
  `${all.map(one => one.join('\r\n')).join('\r\n\r\n')}\r\n`

describe('annotated CSV', () => {
  test('gives the rows of a table, empty fields filled with its defaults, and the type of each value', async () => {
    const read = await readAll(lines(airSensor))
    expect(columnNames(read)).toEqual([
      'row_no',
      ...['result', 'table', '_time', '_value', '_field', '_measurement', 'sensor_id', '_datatype'],
    ])
    expect(textRows(read)).toEqual([
      ['_result', '0', '2021-06-11T09:32:25Z', '0.4801705303428872', 'co', 'airSensors', 'TLM0100', 'double'],
      [
        '_result',
        '1',
        '2021-06-11T09:32:35Z',
        '71.2090170',
        'temperature',
        'airSensors',
        'TLM0101',
        'double',
      ],
    ])
    expect(value(read.summary)).toMatchObject({ rowsRead: 2, rowsSent: 2, doubts: [] })
  })

  test('tables with other columns become one, by name', async () => {
    const read = await readAll(`\ufeff${lines(airSensor, text, airSensor)}`)
    expect(columnNames(read).slice(1)).toEqual(
      'result table _time _value _field _measurement sensor_id _datatype'.split(' '),
    )
    expect(textRows(read)[2]).toEqual([
      '_result',
      '3',
      '2023-01-01T00:00:00Z',
      'ok',
      'mem_level',
      null,
      null,
      'string',
    ])
    expect(tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])).toEqual([1n, 2n, 3n, 4n, 5n])
    expect(value(read.summary).doubts).toEqual([{ kind: 'split-tables', rows: 3 }])
  })

  test('inspects as it reads', async () => {
    const inspection = await inspectAll(lines(airSensor, text))
    expect(inspection).toMatchObject({ format: 'influx-csv', doubts: [{ kind: 'split-tables', rows: 2 }] })
    const read = await readAll(lines(airSensor, text))
    expect(inspection.columns).toEqual(columnNames(read).slice(1))
    expect(inspection.preview).toEqual(textRows(read))
  })

  test.each([
    [
      'only types',
      ['#datatype,string,long,double', ',result,table,_value', ',a,0,1.50'],
      [['a', '0', '1.50', 'double']],
    ],
    ['only groups', ['#group,false,false,false', ',result,table,_value', ',a,0,1'], [['a', '0', '1']]],
    ['no values', ['#datatype,string,long', ',result,table', ',a,0'], [['a', '0']]],
    ['a table without rows', ['#datatype,string,double', '#default,x,', ',result,_value'], []],
    [
      'a header that repeats',
      ['#datatype,string,double', ',r,_value', ',a,1', ',r,_value', '', ',b,2'],
      [
        ['a', '1', 'double'],
        ['b', '2', 'double'],
      ],
    ],
    [
      'no annotations on the second',
      ['#datatype,string,long,double', ',result,table,_value', ',a,0,1', '', ',result,table,host', ',b,1,h'],
      [
        ['a', '0', '1', null, 'double'],
        ['b', '1', null, 'h', null],
      ],
    ],
    ['no annotation column', ['#datatype,string,double', 'r,_value', 'a,1'], [['a', '1', 'double']]],
    [
      'an empty text',
      ['#datatype,string,double', '#default,d,', ',r,_value', ',"",""'],
      [['d', '', 'double']],
    ],
    [
      'quoted commas and line ends',
      ['#datatype,string,string', ',r,_value', ',a,"x, ""y""\nz"'],
      [['a', 'x, "y"\nz', 'string']],
    ],
    [
      'comments',
      ['#datatype,string,double', '# by hand', ',r,_value', '#,a,0', ',a,1'],
      [['a', '1', 'double']],
    ],
    ['a column twice', ['#datatype,string,string', ',h,h', ',a,b'], [['a', 'b']]],
    [
      'columns in another order',
      ['#datatype,string,double', ',r,_value', ',a,1', '', '#datatype,long,string', ',_value,r', ',2,b'],
      [
        ['a', '1', 'double'],
        ['b', '2', 'long'],
      ],
    ],
  ] as const)('with %s', async (_, given, rows) => {
    const read = await readAll(given.join('\n'))
    expect(textRows(read)).toEqual(rows)
    expect(value(read.summary)).toMatchObject({ rowsRead: rows.length, rowsSent: rows.length })
  })

  // The example of "Line protocol elements" in the same documentation.
  test('without a comma behind the annotation, the first column is data', async () => {
    const read = await readAll(
      [
        '#group false,false,false,false,false,false,false',
        '#datatype measurement,tag,tag,field,field,ignored,time',
        '#default ,,,,,,',
        'm,cpu,host,time_steal,usage_user,nothing,time',
        'cpu,cpu1,host1,0,2.7,a,1482669077000000000',
        '#2,cpu1,host2,0,2.2,b,1482669087000000000',
      ].join('\n'),
    )
    expect(columnNames(read).slice(1)).toEqual('m cpu host time_steal usage_user nothing time'.split(' '))
    expect(textRows(read)).toEqual([
      ['cpu', 'cpu1', 'host1', '0', '2.7', 'a', '1482669077000000000'],
      ['#2', 'cpu1', 'host2', '0', '2.2', 'b', '1482669087000000000'],
    ])
  })

  test.each([
    [
      'behind data',
      lines(airSensor, ['#datatype,string,long', ',error,reference', ',Failed to parse query,897']),
    ],
    ['behind data, without annotations', lines(airSensor, ['error,reference', 'Failed to parse query,897'])],
    [
      'alone',
      '#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n,Failed to parse query,\n',
    ],
  ])('an error table %s fails the file with its message', async (_, given) => {
    expect(await failureOfReading(given)).toMatchObject({
      kind: 'unreadable-file',
      format: 'InfluxDB annotated CSV',
      detail: 'InfluxDB reported an error instead of data: Failed to parse query',
    })
  })

  test('a field called error is data', async () => {
    const read = await readAll('#datatype,dateTime:RFC3339,double\n,_time,error\n,2021-06-11T09:32:25Z,1\n')
    expect(textRows(read)).toEqual([['2021-06-11T09:32:25Z', '1']])
  })

  test('rejects rows of another width, with text before the first column, or an open quote', async () => {
    const rows = [',a,1', ',a', ',a,1,2', 'x,a,1', ',a,"1', ',b,2']
    const read = await readAll(['#datatype,string,double', ',r,_value', ...rows].join('\n'))
    expect(textRows(read)).toEqual([
      ['a', '1', 'double'],
      ['b', '2', 'double'],
    ])
    const summary = value(read.summary)
    expect(summary).toMatchObject({ rowsRead: 6, rowsSent: 2 })
    expect(summary.rejects.map(({ row, reason, value }) => [row, reason, value])).toEqual([
      [2, 'wrong-field-count', '2 / 3'],
      [3, 'wrong-field-count', '4 / 3'],
      [4, 'wrong-field-count', 'x'],
      [5, 'unpaired-quote', null],
    ])
  })

  test('credentials are dropped, as columns and as fields', async () => {
    const head = ['#datatype,string,string,string,string', ',_field,_value,api_token,host']
    const read = await readAll([...head, ',password,hunter2,t0k3n,h', ',state,on,t0k3n,h'].join('\n'))
    expect(columnNames(read)).toEqual(['row_no', '_field', '_value', 'host', '_datatype'])
    expect(textRows(read)).toEqual([
      ['password', null, 'h', 'string'],
      ['state', 'on', 'h', 'string'],
    ])
    expect(value(read.summary).droppedSecrets).toEqual(['api_token', 'password'])
  })

  test.each([
    ['#datatype,string\n', 'unreadable-file'],
    ['#datatype,string\n#constant,tag,dc,west\n,a\n,1\n', 'unsupported-feature'],
    ['#datatype,dateTime:2006-01-02\n#timezone,-0500\n,a\n,1\n', 'unsupported-feature'],
    ['#datatype,string\n,password\n,x\n', 'unreadable-file'],
  ])('%j is refused', async (given, kind) => {
    expect(await failureOfReading(given)).toMatchObject({ kind, format: 'InfluxDB annotated CSV' })
  })

  test('a table that comes late adds its columns to every chunk', async () => {
    const many = Array.from({ length: 300_000 }, (_, i) => `,a,${i}`)
    const read = await readAll(['#datatype,string,long', ',r,_value', ...many, '', ...text].join('\n'))
    expect(read.chunks.length).toBeGreaterThan(1)
    for (const table of tables(read))
      expect(table.schema.fields.map(({ name }) => name).slice(1)).toEqual(
        'r _value result table _field _time _datatype'.split(' '),
      )
    expect(value(read.summary).rowsSent).toBe(300_001)
  })
})
