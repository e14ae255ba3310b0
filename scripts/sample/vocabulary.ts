import { mainlandProvinces } from '../../src/domain/province.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Choices } from './random.ts'

/** What the synthetic rows are drawn from. Weights are plausible, not measured. */

// biome-ignore format: a table reads better in rows
const provinceWeights: Readonly<Record<string, number>> = {
  '11': 6, '12': 2, '13': 3, '21': 2, '31': 6, '32': 12, '33': 9, '34': 4, '35': 4, '36': 2,
  '37': 9, '41': 4, '42': 4, '43': 3, '44': 14, '50': 3, '51': 4, '54': 0.3, '61': 2, '63': 0.4,
}

export const provinceChoices: Choices<string> = mainlandProvinces.map(({ code }) => [
  code,
  provinceWeights[code] ?? 0.8,
])

/** Tibet and Qinghai have devices but none that was heard of lately, so region coverage stays under 31. */
export const unconnectedProvinces: ReadonlySet<string> = new Set(['54', '63'])

// biome-ignore format: a table reads better in rows
const industryWeights: Readonly<Record<string, number>> = {
  '06': 3, '26': 6, '27': 3, '30': 5, '31': 5, '33': 5, '34': 8, '35': 8, '36': 8, '37': 3,
  '38': 9, '39': 10, '40': 3, '44': 4,
}

/** The 41 industrial divisions of GB/T 4754: mining 06-12, manufacturing 13-43, utilities 44-46. */
export const industryChoices: Choices<string> = Array.from({ length: 41 }, (_, i) => {
  const code = String(i + 6).padStart(2, '0')
  return [code, industryWeights[code] ?? 1]
})

export const protocolChoices: Choices<string | null> = [
  ['MQTT', 24],
  ['Modbus TCP', 19],
  ['OPC UA', 17],
  ['Siemens S7', 9],
  ['Modbus RTU', 7],
  ['Profinet', 5],
  ['EtherNet/IP', 4],
  ['EtherCAT', 3],
  ['HTTP', 3],
  ['BACnet/IP', 2],
  ['IEC 60870-5-104', 2],
  ['CoAP', 1],
  [null, 4],
]

export const productChoices: Choices<string> = [
  ['数控机床', 14],
  ['PLC 控制器', 16],
  ['注塑机', 8],
  ['工业机器人', 9],
  ['空压机', 9],
  ['智能电表', 12],
  ['温度传感器', 10],
  ['振动传感器', 7],
  ['变频器', 6],
  ['AGV', 3],
  ['锅炉', 3],
  ['水泵', 3],
]

export const sourceKinds = ['SCADA', 'MES', 'ERP', 'QMS', 'EMS', 'PLM', 'WMS', '边缘网关'] as const

type ReasonClass = NonNullable<CanonicalRow<'conn_event'>['reason_class']>

/** A disconnect reason as exported and its class; both null where the export leaves it out. */
export interface Reason {
  readonly raw: string | null
  readonly class: ReasonClass | null
}

const unsaid: Reason = { raw: null, class: null }

/** Words of the AWS IoT lifecycle events and of EMQX; each platform speaks one of the two. */
export const reasonChoices: Readonly<Record<'aws' | 'emqx', Choices<Reason>>> = {
  aws: [
    [{ raw: 'CLIENT_INITIATED_DISCONNECT', class: 'planned' }, 46],
    [{ raw: 'MQTT_KEEP_ALIVE_TIMEOUT', class: 'keepalive' }, 24],
    [{ raw: 'CONNECTION_LOST', class: 'lost' }, 16],
    [{ raw: 'SERVER_ERROR', class: 'error' }, 3],
    [{ raw: 'DUPLICATE_CLIENTID', class: 'duplicate_id' }, 4],
    [{ raw: 'SERVER_INITIATED_DISCONNECT', class: 'other' }, 3],
    [unsaid, 4],
  ],
  emqx: [
    [{ raw: 'normal', class: 'planned' }, 44],
    [{ raw: 'keepalive_timeout', class: 'keepalive' }, 26],
    [{ raw: 'tcp_closed', class: 'lost' }, 17],
    [{ raw: 'internal_error', class: 'error' }, 2],
    [{ raw: 'discarded', class: 'duplicate_id' }, 4],
    [{ raw: 'kicked', class: 'other' }, 3],
    [unsaid, 4],
  ],
}

export const retirement: Reason = { raw: 'decommissioned', class: 'retired' }

export const brokerNodes: readonly string[] = ['node-1', 'node-2', 'node-3', 'node-4']

export const rawReasons: readonly string[] = [
  ...reasonChoices.aws,
  ...reasonChoices.emqx,
  [retirement, 1] as const,
].flatMap(([{ raw }]) => (raw === null ? [] : [raw]))

/** What a model or an application is for. */
export const functionNames = [
  '设备监测',
  '故障诊断',
  '能耗优化',
  '质量检测',
  '工艺优化',
  '生产排程',
  '供应链协同',
  '安全管理',
] as const
