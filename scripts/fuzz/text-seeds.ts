import { gb18030, utf16 } from './encode.ts'
import { canary, type Seed, textSeed } from './seed.ts'

/** Exports as text, with the field names of the vendors' documentation; every credential is the canary. */
export function textSeeds(): readonly Seed[] {
  return [...csvSeeds(), ...encodedSeeds(), ...jsonSeeds(), ...ndjsonSeeds(), ...influxSeeds()]
}

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const minute = (i: number) => `2026-06-30T08:${String(i % 60).padStart(2, '0')}:00Z`

const devices = lines(
  'platform_id,device_id,name,protocol,created_at,password',
  ...numbers(12).map(i => `P${i % 3},D${i},"泵 ""${i}"", A",MQTT,2026-01-0${(i % 9) + 1},${canary}`),
)
const events = lines(
  'platform_id,device_id,event,ts_ingest,reason',
  ...numbers(40).map(
    i => `P1,86${String(i % 7).padStart(13, '0')},${i % 2 ? 'disconnect' : 'connect'},${minute(i)},keepalive`,
  ),
)
const chinese = lines(
  '设备编号,设备名称,协议,省份,是否在线,密码',
  ...numbers(10).map(
    i => `0000${i},数控机床${i},Modbus,${i % 2 ? '浙江省' : '广东省'},${i % 2 ? '是' : '否'},${canary}`,
  ),
)

function csvSeeds(): readonly Seed[] {
  const german = lines('Zeit;Wert;Einheit', ...numbers(20).map(i => `01.06.2026 10:${10 + i};${i},5;"k;W"`))
  const titled = lines('设备台账', '导出时间: 2026-06-30', '', ...devices.trimEnd().split('\n'))
  const tdengine = lines(
    ' ts | current | voltage |',
    '=====',
    ...numbers(9).map(i => ` 2026-06-30 08:0${i}:00.000 | 1${i}.5 | 220 |`),
  )
  const iotdb = lines(
    'Time,root.ln.wf01.wt01.status,root.ln.wf01.wt01.name',
    ...numbers(9).map(i => `17671${i}0000000,${i % 2 === 0},"a\\"b${i}"`),
  )
  return [
    textSeed('csv', 'device.csv', devices),
    textSeed('csv', 'conn_event.csv', events),
    textSeed('csv', 'werte.csv', german),
    textSeed('csv', 'tabs.tsv', devices.replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\t')),
    textSeed('csv', '台账.csv', titled),
    textSeed('csv', 'tdengine.csv', tdengine),
    textSeed('csv', 'iotdb.csv', iotdb),
    textSeed('csv', 'comments.csv', `# made by hand\n# twice\n${events}`),
    textSeed('csv', 'lines.csv', lines('id,note', '1,"a', 'b', 'c"', '2,"x,""y"""', '3,')),
    textSeed('csv', 'prototype.csv', lines('__proto__,constructor,toString,a', '1,2,3,4', '5,6,7,8')),
  ]
}

function encodedSeeds(): readonly Seed[] {
  return [
    { format: 'csv, encoded', name: 'gb.csv', bytes: gb18030(chinese) },
    { format: 'csv, encoded', name: 'utf16le.csv', bytes: utf16(chinese, 'le') },
    { format: 'csv, encoded', name: 'utf16be.csv', bytes: utf16(devices, 'be') },
    { format: 'csv, encoded', name: 'unmarked.csv', bytes: utf16(events, 'le', false) },
    textSeed('csv, encoded', 'mark.csv', `\ufeff${chinese}`),
  ]
}

const azure = numbers(8).map(i => ({
  deviceId: `d${i}`,
  etag: 'AAAA',
  status: i % 2 ? 'enabled' : 'disabled',
  connectionState: 'Connected',
  lastActivityTime: minute(i),
  authentication: { symmetricKey: { primaryKey: canary, secondaryKey: canary }, type: 'sas' },
  tags: { 地点: { 楼: i } },
}))
const thingsboard = {
  data: numbers(6).map(i => ({
    id: { entityType: 'DEVICE', id: `784f394c-42b6-435a-983c-b7beff2784f${i}` },
    createdTime: 1_767_225_600_000 + i * 60_000,
    name: `表 ${i}`,
    type: 'meter',
    credentialsValue: canary,
    additionalInfo: { gateway: false, description: null },
  })),
  totalPages: 1,
  totalElements: 6,
  hasNext: false,
}
const telemetry = Object.fromEntries(
  ['temperature', 'pressure'].map(key => [
    key,
    numbers(9).map(i => ({ ts: 1_767_225_600_000 + i * 1000, value: `${i}.25` })),
  ]),
)
const things = {
  things: numbers(5).map(i => ({
    thingName: `t${i}`,
    thingTypeName: 'pump',
    attributes: { imei: `86000000000000${i}`, api_key: canary },
    connectivity: { connected: true, timestamp: 1_767_225_600_000 },
  })),
  nextToken: null,
}

function jsonSeeds(): readonly Seed[] {
  return [
    textSeed('json', 'azure.json', JSON.stringify(azure, null, 2)),
    textSeed('json', 'devices.json', JSON.stringify(thingsboard)),
    textSeed('json', 'telemetry.json', JSON.stringify(telemetry)),
    textSeed('json', 'things.json', JSON.stringify(things)),
    textSeed('json', 'pages.json', `${JSON.stringify(things)}\n${JSON.stringify(things)}`),
    textSeed(
      'json',
      'numbers.json',
      '[{"a":12345678901234567890,"a":1,"b":1e400},{"a":-0,"c":[1,{"d":[]}]}]',
    ),
  ]
}

function ndjsonSeeds(): readonly Seed[] {
  const lifecycle = numbers(20).map(i =>
    JSON.stringify({
      clientId: `c${i % 4}`,
      timestamp: 1_767_225_600_000 + i * 5000,
      eventType: i % 2 ? 'disconnected' : 'connected',
      sessionIdentifier: `s${i}`,
      disconnectReason: 'CLIENT_ERROR',
      authToken: canary,
      versionNumber: i,
    }),
  )
  const nested = numbers(9).map(i =>
    JSON.stringify({ device: { id: i, password: canary }, v: [1, { __proto__: null, x: i }], t: minute(i) }),
  )
  return [
    textSeed('ndjson', 'lifecycle.jsonl', lines(...lifecycle)),
    textSeed('ndjson', 'nested.ndjson', lines(...nested)),
    textSeed('ndjson', 'azure.jsonl', lines(...azure.map(one => JSON.stringify(one)))),
  ]
}

function influxSeeds(): readonly Seed[] {
  const annotated = lines(
    '#group,false,false,true,true,false,false,true,true,true',
    '#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string',
    '#default,mean,,,,,,,,',
    ',result,table,_start,_stop,_time,_value,_field,_measurement,host',
    ...numbers(12).map(
      i => `,,${i >> 2},2026-06-30T00:00:00Z,2026-07-01T00:00:00Z,${minute(i)},${i}.5,load,cpu,h${i >> 2}`,
    ),
  )
  const points = lines(
    '# DML',
    ...numbers(15).map(
      i =>
        `cpu\\ x,host=h${i % 3},地=杭州 load=${i}.5,n=${i}i,s="a \\"b\\"",password="${canary}" 176722560000000000${i % 10}`,
    ),
  )
  return [
    textSeed('influx-csv', 'annotated.csv', annotated),
    textSeed('influx-csv', 'two.csv', `${annotated}\n${annotated.replaceAll('load', 'idle')}`),
    textSeed('line-protocol', 'points.lp', points),
    textSeed(
      'line-protocol',
      'export.lp',
      `# DDL\nCREATE DATABASE x\n# DML\n# CONTEXT-DATABASE: x\n${points}`,
    ),
  ]
}
