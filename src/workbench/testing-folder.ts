import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'

/** A file of the folder with what must become of it. */
export interface FolderFile {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly adapter: string
  /** Rows read = accepted + rejected. */
  readonly accepted: number
  readonly rejected: number
}

/** Stands in every secret place of the folder. */
export const canary = 'CANARY-7f3a'

/**
 * What the operator of a mixed landscape sends: a folder with the exports of twelve platforms in as many shapes, built
 * from the vendors' documented field names.
 */
export function mixedFolder(): readonly FolderFile[] {
  return [
    azure(),
    awsEvents(),
    emqx(),
    thingsboard(),
    influx(),
    iotdb(),
    tdengine(),
    huawei(),
    alibaba(),
    jetlinks(),
    edgex(),
    ditto(),
  ].map(file => ({ ...file, path: `operator/${file.path}` }))
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const lines = (...rows: readonly string[]) => utf8(`${rows.join('\n')}\n`)
const ndjson = (...rows: readonly unknown[]) => lines(...rows.map(row => JSON.stringify(row)))

/** Three devices and a module, which is none. */
function azure(): FolderFile {
  const device = (id: string) => ({
    id,
    eTag: 'MA==',
    status: 'enabled',
    authentication: { symmetricKey: { primaryKey: canary, secondaryKey: canary } },
  })
  const bytes = ndjson(
    device('az-1'),
    device('az-2'),
    { ...device('az-1'), moduleId: '$edgeHub' },
    device('az-3'),
  )
  return { path: 'azure/devices.txt', bytes, adapter: 'azure-iot-hub', accepted: 3, rejected: 1 }
}

/** A session, and one that is still open. */
function awsEvents(): FolderFile {
  const event = (clientId: string, timestamp: number, eventType: string, versionNumber: number) => ({
    clientId,
    timestamp,
    eventType,
    sessionIdentifier: `s-${clientId}-${versionNumber}`,
    principalIdentifier: 'p',
    versionNumber,
    ...(eventType === 'disconnected' ? { disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT' } : {}),
  })
  const at = Date.UTC(2026, 5, 1)
  const bytes = ndjson(
    event('aws-1', at, 'connected', 0),
    event('aws-1', at + 3_600_000, 'disconnected', 0),
    event('aws-2', at + 60_000, 'connected', 0),
  )
  return { path: 'aws/lifecycle.ndjson', bytes, adapter: 'aws-lifecycle-events', accepted: 3, rejected: 0 }
}

function emqx(): FolderFile {
  const client = (clientid: string, connected: boolean) => ({
    clientid,
    username: 'someone',
    password: canary,
    connected,
    connected_at: '2026-06-01T08:00:00.000+08:00',
    node: 'emqx@10.0.0.1',
    proto_name: 'MQTT',
    proto_ver: 5,
    keepalive: 60,
  })
  const page = { data: [client('emqx-1', true), client('emqx-2', true)], meta: { count: 2 } }
  const bytes = utf8(JSON.stringify(page))
  return { path: 'emqx/clients.json', bytes, adapter: 'emqx-clients', accepted: 2, rejected: 0 }
}

/** Values are strings by default. */
function thingsboard(): FolderFile {
  const at = Date.UTC(2026, 5, 1)
  const series = (first: string, second: string) => [
    { ts: at + 60_000, value: second },
    { ts: at, value: first },
  ]
  const bytes = utf8(JSON.stringify({ temperature: series('21.5', '21.7'), state: series('on', 'off') }))
  return {
    path: 'thingsboard/boiler.json',
    bytes,
    adapter: 'thingsboard-telemetry',
    accepted: 4,
    rejected: 0,
  }
}

/** Packed, two tables in one file. */
function influx(): FolderFile {
  const table = (n: number, field: string, type: string, value: string) => [
    '#group,false,false,false,false,true,true,true',
    `#datatype,string,long,dateTime:RFC3339,${type},string,string,string`,
    '#default,_result,,,,,,',
    ',result,table,_time,_value,_field,_measurement,sensor_id',
    `,,${n},2026-06-01T00:00:00Z,${value},${field},airSensors,TLM0100`,
    '',
  ]
  const text = [...table(0, 'co', 'double', '0.48'), ...table(1, 'count', 'long', '9007199254740993')]
  const bytes = new Uint8Array(gzipSync(text.join('\r\n')))
  return { path: 'influx/air.csv.gz', bytes, adapter: 'influxdb', accepted: 2, rejected: 0 }
}

/** Backslash escapes, which are not RFC 4180. */
function iotdb(): FolderFile {
  const bytes = lines(
    'Time,root.plant.press1.temperature(FLOAT),root.plant.press1.note(TEXT)',
    '2026-06-01T08:00:00.000+08:00,21.5,"12\\,3"',
    '2026-06-01T08:01:00.000+08:00,,"ok"',
  )
  return { path: 'iotdb/dump_0.csv', bytes, adapter: 'iotdb', accepted: 2, rejected: 0 }
}

/** Blanks behind the commas. */
function tdengine(): FolderFile {
  const bytes = lines(
    'devid,location,color,devgroup,ts,temperature,humidity',
    '0, beijing, white, 0, 1780272000000, 16, 19.405091',
    '0, beijing, white, 0, 1780272060000, 17, 19.5',
    '1, shanghai, black, 1, 1780272000000, 18, 20.25',
  )
  return { path: 'tdengine/sensor_info.csv', bytes, adapter: 'tdengine', accepted: 3, rejected: 0 }
}

function huawei(): FolderFile {
  const device = (device_id: string, status: string) => ({
    app_id: 'app',
    device_id,
    node_id: device_id,
    gateway_id: device_id,
    device_name: device_id,
    node_type: 'GATEWAY',
    product_id: 'p1',
    product_name: 'press',
    fw_version: '1.0',
    status,
    auth_info: { auth_type: 'SECRET', secret: canary },
    tags: [{ tag_key: 'site', tag_value: 'A' }],
  })
  const devices = [device('hw-1', 'ONLINE'), device('hw-2', 'FROZEN'), device('hw-3', 'INACTIVE')]
  const bytes = utf8(JSON.stringify({ devices, page: { count: 3, marker: '5c90fa7d3c4e4405e8525079' } }))
  return { path: 'huawei/devices.json', bytes, adapter: 'huawei-iotda', accepted: 3, rejected: 0 }
}

function alibaba(): FolderFile {
  const bytes = lines(
    'DeviceName,ProductKey,DeviceSecret,IotId,Nickname,NodeType,Status,GmtCreate,UtcCreate',
    `d1,a1B2c3,${canary},iot-1,press one,0,ONLINE,2019-06-21 20:31:42,2019-06-21T12:31:42.000Z`,
    `d2,a1B2c3,${canary},iot-2,press two,1,UNACTIVE,2019-06-21 20:31:42,2019-06-21T12:31:42.000Z`,
  )
  return { path: 'alibaba/devices.csv', bytes, adapter: 'alibaba-iot', accepted: 2, rejected: 0 }
}

/** An Excel sheet under a title row. */
function jetlinks(): FolderFile {
  const sheet = utils.aoa_to_sheet([
    ['设备导出'],
    ['设备ID', '设备名称', '产品名称', '设备类型', '父设备ID', '状态'],
    ['jet-1', '一号', '压机', '直连设备', '', '在线'],
    ['jet-2', '二号', '压机', '网关子设备', 'jet-1', '禁用'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '设备')
  const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
  return { path: 'jetlinks/设备.xlsx', bytes, adapter: 'jetlinks-devices', accepted: 2, rejected: 0 }
}

/** Two readings in one event; the times are nanoseconds beyond 2^53. */
function edgex(): FolderFile {
  const reading = (resourceName: string, valueType: string, value: string) =>
    `{"id":"r-${resourceName}","origin":1780272000123456789,"deviceName":"dev-1","resourceName":"${resourceName}","profileName":"p","valueType":"${valueType}","value":"${value}"}`
  const bytes = lines(
    `{"apiVersion":"v3","id":"e1","deviceName":"dev-1","profileName":"p","sourceName":"all","origin":1780272000123456789,"readings":[${reading('speed', 'Float64', '12.5')},${reading('mode', 'String', 'auto')}]}`,
  )
  return { path: 'edgex/events.ndjson', bytes, adapter: 'edgex-events', accepted: 2, rejected: 0 }
}

function ditto(): FolderFile {
  const thing = (thingId: string, readyUntil: string) => ({
    thingId,
    policyId: thingId,
    definition: 'org.eclipse:press:1.0.0',
    attributes: { site: 'A' },
    features: {
      ConnectionStatus: {
        properties: { status: { readySince: '2026-06-01T00:00:00Z', readyUntil } },
      },
    },
  })
  const items = [thing('org:1', '9999-12-31T23:59:59Z'), thing('org:2', '2026-06-01T01:00:00Z')]
  const bytes = utf8(JSON.stringify({ items }))
  return { path: 'ditto/things.json', bytes, adapter: 'ditto-things', accepted: 2, rejected: 0 }
}
