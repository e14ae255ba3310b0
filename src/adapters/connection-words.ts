import { join, type Sql, sql } from '../sql/sql.ts'

/** Words for what a list says of a device, by what they mean; compared in lower case without blanks at the ends. */
export const stateWords = {
  online: [
    '在线',
    '已在线',
    '已上线',
    '上线',
    '已连接',
    '连接',
    '联网',
    'online',
    'on-line',
    'connected',
    'up',
  ],
  offline: [
    '离线',
    '已离线',
    '下线',
    '已下线',
    '已断开',
    '断开',
    '断线',
    '掉线',
    '未连接',
    'offline',
    'off-line',
    'disconnected',
    'down',
  ],
  never: [
    ...['未激活', '待激活', '从未上线', '从未连接', '未上线过', '从未在线', '未注册'],
    ...[
      'unactive',
      'unactivated',
      'notactive',
      'not active',
      'not activated',
      'not_active',
      'never',
      'never connected',
    ],
  ],
  unknown: ['未知', 'unknown'],
  enabled: ['启用', '已启用', 'enabled', 'enable'],
  disabled: [
    '禁用',
    '已禁用',
    '停用',
    '已停用',
    '冻结',
    '已冻结',
    'disabled',
    'disable',
    'frozen',
    'freezed',
  ],
  active: ['活跃', 'active'],
  /** Not activated yet on one platform, not active lately on another. */
  inactive: ['不活跃', '非活跃', 'inactive'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Words for what happened to a connection, by canonical kind. */
export const eventWords = {
  connect: [
    ...['上线', '设备上线', '连接', '已连接', '建立连接', '连接成功', '登录', '设备登录', '重连', '在线'],
    ...['online', 'connect', 'connected', 'connection', 'login', 'logon', 'reconnect', 'reconnected', 'up'],
    ...['client.connected', 'device.online', 'device_online', 'device_connected', 'session_start'],
  ],
  disconnect: [
    ...[
      '下线',
      '设备下线',
      '离线',
      '设备离线',
      '断开',
      '断开连接',
      '连接断开',
      '断线',
      '掉线',
      '登出',
      '设备登出',
    ],
    ...['offline', 'disconnect', 'disconnected', 'disconnection', 'logout', 'logoff', 'lost', 'down'],
    ...['client.disconnected', 'device.offline', 'device_offline', 'device_disconnected', 'session_end'],
  ],
  activity: [
    ...['心跳', '上报', '数据上报', '属性上报', '活动', '活跃'],
    ...[
      'activity',
      'active',
      'heartbeat',
      'keepalive',
      'ping',
      'report',
      'publish',
      'subscribe',
      'telemetry',
      'uplink',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Chinese words for why a connection ended, by reason class; brokers' own words are in `reasons.ts`. */
export const reasonWords = {
  planned: ['正常', '正常断开', '正常下线', '主动断开', '主动下线', '主动离线', '手动断开', '计划停机'],
  keepalive: [
    ...['心跳超时', '保活超时', '心跳丢失', '超时'],
    ...['keepalive timeout', 'heartbeat timeout', 'timeout'],
  ],
  lost: [
    ...['连接丢失', '连接超时', '网络异常', '网络中断', '网络断开', '异常断开', '异常离线', '断网'],
    ...['connection lost', 'network error'],
  ],
  error: ['认证失败', '鉴权失败', '协议错误', '服务器错误', '系统错误'],
  duplicate_id: ['标识冲突', '重复登录', '重复连接', '被踢下线', '踢下线', '异地登录'],
  retired: ['退役', '注销', '已注销', '设备删除', '删除'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Truth as a column such as `是否在线` writes it. */
export const truthWords = {
  yes: ['1', 'true', 'yes', 'y', 't', '是'],
  no: ['0', 'false', 'no', 'n', 'f', '否'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** True when the value is one of the words. */
export function isWord(words: readonly string[], value: string): boolean {
  return words.includes(value.trim().toLowerCase())
}

/** The meaning of the text where its words are known, else the text itself: staging refuses it or asks for an alias. */
export function meaningOf(text: Sql, meanings: Readonly<Record<string, readonly string[]>>): Sql {
  const cases = Object.entries(meanings)
    .filter(([, words]) => words.length > 0)
    .map(([meaning, words]) => sql`when lower(trim(${text})) in ${words} then ${meaning}`)
  return sql`case ${join(cases, ' ')} else ${text} end`
}
