import type { Phrase } from './phrase.ts'
import type { ValueType } from './table.ts'

/**
 * The canonical tables: what every export is turned into before anything is computed. Declared once; types,
 * import checks, documentation and the bundled sample follow from this page.
 *
 * Every stored row also carries `file_id` (text) and `row_no` (integer, 1 = first data row of that file).
 */
export interface CanonicalColumn {
  readonly type: ValueType
  readonly name: Phrase
  readonly required?: true
  /** Part of the table's key: required, and unique together with the other key columns. */
  readonly key?: true
  /** The allowed values; a raw value may also be given as either of its names. */
  readonly values?: Readonly<Record<string, Phrase>>
  /**
   * Coded, but no reason to lose a row: a name that no value is known for is stored as absent and counted as
   * unresolved. Never on a column that is required.
   */
  readonly soft?: true
  /** Few distinct values among many rows: stored as an ENUM, which makes grouping 3 to 6 times faster. */
  readonly category?: true
  /** A month, stored as its first day whatever day of it an export gives. */
  readonly monthly?: true
  readonly range?: { readonly min?: number; readonly max?: number }
  readonly unit?: string
}

export interface CanonicalTable {
  readonly name: Phrase
  /** What one row is. */
  readonly grain: Phrase
  /** The table that its rows are computed from; no export is mapped to it. */
  readonly derivedFrom?: string
  /** What its rows speak of in other tables. A row may come before what it refers to, so breaches are counted, not refused. */
  readonly references?: readonly Reference[]
  readonly columns: Readonly<Record<string, CanonicalColumn>>
}

/** Own columns -> the columns of another canonical table that they name together. */
export interface Reference {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  /** The rows that refer so: those with these values. */
  readonly where?: Readonly<Record<string, string>>
}

const platformId = { type: 'text', name: { zh: '平台编号', en: 'Platform id' }, category: true } as const
const deviceId = { type: 'text', name: { zh: '设备编号', en: 'Device id' } } as const
const provinceCode = {
  type: 'text',
  name: { zh: '省级区划代码', en: 'Province code (GB/T 2260)' },
  category: true,
  soft: true,
} as const
const industryCode = {
  type: 'text',
  name: { zh: '行业代码', en: 'Industry division (GB/T 4754)' },
  category: true,
  soft: true,
} as const
const orgId = { type: 'text', name: { zh: '组织编号', en: 'Organisation id' } } as const
const functionName = {
  type: 'text',
  name: { zh: '功能', en: 'Function' },
  category: true,
} as const
const month = { type: 'date', name: { zh: '月份', en: 'Month' }, monthly: true } as const
const count = { type: 'integer', range: { min: 0 } } as const
const money = { type: 'number', range: { min: 0 }, unit: '元' } as const

const toPlatform = { table: 'platform', columns: { platform_id: 'platform_id' } } as const
const toDevice = { table: 'device', columns: { platform_id: 'platform_id', device_id: 'device_id' } } as const
const toOrganisation = { table: 'organisation', columns: { org_id: 'org_id' } } as const

export const canonicalTables = {
  platform: {
    name: { zh: '平台', en: 'Platforms' },
    grain: { zh: '一个平台', en: 'one platform' },
    references: [toOrganisation],
    columns: {
      platform_id: { ...platformId, key: true },
      name: { type: 'text', name: { zh: '平台名称', en: 'Name' } },
      type: {
        type: 'text',
        name: { zh: '平台类型', en: 'Type' },
        category: true,
        soft: true,
        values: {
          专业: { zh: '专业型', en: 'Professional' },
          行业: { zh: '行业型', en: 'Industry' },
          协作: { zh: '协作型', en: 'Collaborative' },
        },
      },
      tier: {
        type: 'text',
        name: { zh: '梯度', en: 'Tier' },
        category: true,
        soft: true,
        values: {
          基础: { zh: '基础级', en: 'Basic' },
          成长: { zh: '成长级', en: 'Growth' },
          引领: { zh: '引领级', en: 'Leading' },
          生态: { zh: '生态级', en: 'Ecological' },
        },
      },
      legacy_class: { type: 'text', name: { zh: '原有称号', en: 'Earlier designation' }, category: true },
      org_id: { type: 'text', name: { zh: '运营主体', en: 'Operating organisation' } },
      province_code: provinceCode,
      is_key: { type: 'boolean', name: { zh: '重点平台', en: 'Key platform' } },
      is_influential: { type: 'boolean', name: { zh: '具有一定影响力', en: 'Influential platform' } },
    },
  },
  organisation: {
    name: { zh: '组织', en: 'Organisations' },
    grain: { zh: '一个组织', en: 'one organisation' },
    columns: {
      org_id: { type: 'text', name: { zh: '组织编号', en: 'Organisation id' }, key: true },
      size: {
        type: 'text',
        name: { zh: '规模', en: 'Size' },
        category: true,
        soft: true,
        values: {
          大: { zh: '大型', en: 'Large' },
          中: { zh: '中型', en: 'Medium' },
          小: { zh: '小型', en: 'Small' },
          微: { zh: '微型', en: 'Micro' },
        },
      },
      ownership: {
        type: 'text',
        name: { zh: '所有制', en: 'Ownership' },
        category: true,
        soft: true,
        values: {
          国有: { zh: '国有', en: 'State-owned' },
          民营: { zh: '民营', en: 'Private' },
          外资: { zh: '外资', en: 'Foreign' },
          其他: { zh: '其他', en: 'Other' },
        },
      },
      province_code: provinceCode,
      industry_code: industryCode,
    },
  },
  device: {
    name: { zh: '设备', en: 'Devices' },
    grain: { zh: '某平台上的一台设备', en: 'one device on one platform' },
    references: [toPlatform, toOrganisation],
    columns: {
      platform_id: { ...platformId, key: true },
      device_id: { ...deviceId, key: true },
      parent_id: { type: 'text', name: { zh: '父设备编号', en: 'Parent device' } },
      node_type: {
        type: 'text',
        name: { zh: '节点类型', en: 'Node type' },
        category: true,
        values: {
          direct: { zh: '直连设备', en: 'Directly connected' },
          gateway: { zh: '网关', en: 'Gateway' },
          child: { zh: '网关子设备', en: 'Behind a gateway' },
        },
      },
      product: { type: 'text', name: { zh: '产品', en: 'Product' }, category: true },
      protocol: { type: 'text', name: { zh: '协议', en: 'Protocol' }, category: true },
      is_industrial: { type: 'boolean', name: { zh: '工业设备', en: 'Industrial device' } },
      industry_code: industryCode,
      province_code: provinceCode,
      org_id: { type: 'text', name: { zh: '所属组织', en: 'Organisation' } },
      created_at: { type: 'timestamp', name: { zh: '注册时间', en: 'Registered at' } },
      activated_at: { type: 'timestamp', name: { zh: '激活时间', en: 'Activated at' } },
      retired_at: { type: 'timestamp', name: { zh: '退役时间', en: 'Retired at' } },
      admin_state: {
        type: 'text',
        name: { zh: '管理状态', en: 'Administrative state' },
        category: true,
        values: { enabled: { zh: '启用', en: 'Enabled' }, disabled: { zh: '禁用', en: 'Disabled' } },
      },
    },
  },
  device_snapshot: {
    name: { zh: '设备状态快照', en: 'Device snapshots' },
    grain: { zh: '一台设备在某一时点的状态', en: 'the state of one device at one time' },
    references: [toPlatform, toDevice],
    columns: {
      platform_id: { ...platformId, key: true },
      device_id: { ...deviceId, key: true },
      as_of: { type: 'timestamp', name: { zh: '快照时点', en: 'As of' }, key: true },
      state: {
        type: 'text',
        name: { zh: '状态', en: 'State' },
        required: true,
        category: true,
        values: {
          online: { zh: '在线', en: 'Online' },
          offline: { zh: '离线', en: 'Offline' },
          never: { zh: '从未连接', en: 'Never connected' },
          unknown: { zh: '未知', en: 'Unknown' },
        },
      },
      state_kind: {
        type: 'text',
        name: { zh: '状态含义', en: 'Kind of state' },
        required: true,
        category: true,
        values: {
          session: { zh: '会话状态', en: 'Session' },
          activity: { zh: '活跃状态', en: 'Activity' },
          admin: { zh: '管理状态', en: 'Administrative' },
        },
      },
      last_seen: { type: 'timestamp', name: { zh: '最近活动时间', en: 'Last seen' } },
    },
  },
  conn_event: {
    name: { zh: '连接事件', en: 'Connection events' },
    grain: { zh: '一次连接、断开或活动', en: 'one connect, disconnect or activity' },
    references: [toPlatform, toDevice],
    columns: {
      platform_id: { ...platformId, required: true },
      device_id: { ...deviceId, required: true },
      ts_event: { type: 'timestamp', name: { zh: '发生时间', en: 'Event time' }, required: true },
      ts_ingest: { type: 'timestamp', name: { zh: '接收时间', en: 'Ingest time' } },
      kind: {
        type: 'text',
        name: { zh: '事件类型', en: 'Kind' },
        required: true,
        category: true,
        values: {
          connect: { zh: '连接', en: 'Connect' },
          disconnect: { zh: '断开', en: 'Disconnect' },
          activity: { zh: '活动', en: 'Activity' },
        },
      },
      reason_raw: { type: 'text', name: { zh: '原始原因', en: 'Reason as exported' }, category: true },
      reason_class: {
        type: 'text',
        name: { zh: '原因类别', en: 'Reason class' },
        category: true,
        values: {
          planned: { zh: '计划内', en: 'Planned' },
          keepalive: { zh: '心跳超时', en: 'Keepalive timeout' },
          lost: { zh: '连接丢失', en: 'Connection lost' },
          error: { zh: '错误', en: 'Error' },
          duplicate_id: { zh: '标识冲突', en: 'Duplicate client id' },
          retired: { zh: '退役', en: 'Retired' },
          other: { zh: '其他', en: 'Other' },
        },
      },
      session_id: { type: 'text', name: { zh: '会话编号', en: 'Session id' } },
      seq: { type: 'integer', name: { zh: '序号', en: 'Sequence number' } },
      node: { type: 'text', name: { zh: '接入节点', en: 'Broker node' }, category: true },
    },
  },
  session: {
    name: { zh: '会话', en: 'Sessions' },
    grain: { zh: '一台设备的一次在线会话', en: 'one time that a device was connected' },
    derivedFrom: 'conn_event',
    columns: {
      platform_id: { ...platformId, required: true },
      device_id: { ...deviceId, required: true },
      session_id: { type: 'text', name: { zh: '会话编号', en: 'Session id' } },
      start: { type: 'timestamp', name: { zh: '开始', en: 'Start' }, required: true },
      end: { type: 'timestamp', name: { zh: '结束', en: 'End' }, required: true },
      start_truncated: {
        type: 'boolean',
        name: { zh: '开始于观察窗之前', en: 'Began before the window' },
        required: true,
      },
      end_censored: {
        type: 'boolean',
        name: { zh: '结束未观察到', en: 'End not observed' },
        required: true,
      },
      end_cause: {
        type: 'text',
        name: { zh: '结束原因', en: 'Cause of the end' },
        category: true,
        values: {
          planned: { zh: '计划内', en: 'Planned' },
          keepalive: { zh: '心跳超时', en: 'Keepalive timeout' },
          lost: { zh: '连接丢失', en: 'Connection lost' },
          error: { zh: '错误', en: 'Error' },
          duplicate_id: { zh: '标识冲突', en: 'Duplicate client id' },
          retired: { zh: '退役', en: 'Retired' },
          reconnect: { zh: '未见断开即重连', en: 'Connected again without a disconnect' },
          other: { zh: '其他', en: 'Other' },
        },
      },
    },
  },
  telemetry: {
    name: { zh: '遥测', en: 'Telemetry' },
    grain: { zh: '一台设备一项测点在一个时刻的值', en: 'the value of one metric of one device at one time' },
    references: [toPlatform, toDevice],
    columns: {
      platform_id: { ...platformId, required: true },
      device_id: { ...deviceId, required: true, category: true },
      metric: { type: 'text', name: { zh: '测点', en: 'Metric' }, required: true, category: true },
      ts_event: { type: 'timestamp', name: { zh: '发生时间', en: 'Event time' }, required: true },
      ts_ingest: { type: 'timestamp', name: { zh: '接收时间', en: 'Ingest time' } },
      value_num: { type: 'number', name: { zh: '数值', en: 'Numeric value' } },
      value_text: { type: 'text', name: { zh: '文本值', en: 'Text value' } },
      quality: { type: 'text', name: { zh: '质量', en: 'Quality' }, category: true },
      unit: { type: 'text', name: { zh: '单位', en: 'Unit' }, category: true },
      seq: { type: 'integer', name: { zh: '序号', en: 'Sequence number' } },
    },
  },
  ingest_batch: {
    name: { zh: '汇聚批次', en: 'Ingest batches' },
    grain: { zh: '一个数据源的一个汇聚批次', en: 'one batch of one data source' },
    references: [toPlatform],
    columns: {
      batch_id: { type: 'text', name: { zh: '批次编号', en: 'Batch id' }, key: true },
      platform_id: { ...platformId, required: true },
      source_id: {
        type: 'text',
        name: { zh: '数据源编号', en: 'Source id' },
        required: true,
        category: true,
      },
      window_start: { type: 'timestamp', name: { zh: '窗口开始', en: 'Window start' }, required: true },
      window_end: { type: 'timestamp', name: { zh: '窗口结束', en: 'Window end' }, required: true },
      records: { ...count, name: { zh: '记录数', en: 'Records' } },
      bytes: { ...count, name: { zh: '字节数', en: 'Bytes' }, unit: 'B' },
      expected: { ...count, name: { zh: '应收记录数', en: 'Expected records' } },
      received: { ...count, name: { zh: '实收记录数', en: 'Received records' } },
      dup_exact: { ...count, name: { zh: '完全重复记录数', en: 'Exact duplicates' } },
      dup_conflict: { ...count, name: { zh: '冲突重复记录数', en: 'Conflicting duplicates' } },
      late: { ...count, name: { zh: '迟到记录数', en: 'Late records' } },
      counter_kind: {
        type: 'text',
        name: { zh: '计数方式', en: 'Counter kind' },
        category: true,
        values: { delta: { zh: '增量', en: 'Delta' }, cumulative: { zh: '累计', en: 'Cumulative' } },
      },
    },
  },
  data_asset: {
    name: { zh: '数据资产', en: 'Data assets' },
    grain: { zh: '一项数据资产', en: 'one data asset' },
    references: [toPlatform],
    columns: {
      asset_id: { type: 'text', name: { zh: '资产编号', en: 'Asset id' }, key: true },
      platform_id: { ...platformId, required: true },
      source_id: { type: 'text', name: { zh: '数据源编号', en: 'Source id' }, category: true },
      domain: {
        type: 'text',
        name: { zh: '数据域', en: 'Domain' },
        category: true,
        values: {
          研发: { zh: '研发', en: 'R&D' },
          生产: { zh: '生产', en: 'Production' },
          运维: { zh: '运维', en: 'Maintenance' },
          管理: { zh: '管理', en: 'Management' },
          外部: { zh: '外部', en: 'External' },
        },
      },
      level: { type: 'text', name: { zh: '数据分级', en: 'Data class' }, category: true },
      records: { ...count, name: { zh: '记录数', en: 'Records' } },
      bytes: { ...count, name: { zh: '字节数', en: 'Bytes' }, unit: 'B' },
      period: { type: 'text', name: { zh: '数据周期', en: 'Period' }, category: true },
      cost_capture: { ...money, name: { zh: '采集成本', en: 'Capture cost' } },
      cost_storage: { ...money, name: { zh: '存储成本', en: 'Storage cost' } },
      cost_maintenance: { ...money, name: { zh: '维护成本', en: 'Maintenance cost' } },
      price: { ...money, name: { zh: '价格', en: 'Price' } },
    },
  },
  asset_usage: {
    name: { zh: '资产使用', en: 'Asset usage' },
    grain: { zh: '一个使用方在一个月内对一项资产的使用', en: 'one consumer of one asset in one month' },
    references: [{ table: 'data_asset', columns: { asset_id: 'asset_id' } }],
    columns: {
      asset_id: { type: 'text', name: { zh: '资产编号', en: 'Asset id' }, key: true },
      month: { ...month, key: true },
      consumer: { type: 'text', name: { zh: '使用方', en: 'Consumer' }, key: true },
      calls: { ...count, name: { zh: '调用次数', en: 'Calls' } },
      bytes_out: { ...count, name: { zh: '输出字节数', en: 'Bytes out' }, unit: 'B' },
      revenue: { ...money, name: { zh: '收入', en: 'Revenue' } },
    },
  },
  model: {
    name: { zh: '工业模型', en: 'Industrial models' },
    grain: { zh: '一个工业模型', en: 'one industrial model' },
    references: [toPlatform],
    columns: {
      model_id: { type: 'text', name: { zh: '模型编号', en: 'Model id' }, key: true },
      platform_id: { ...platformId, required: true },
      name: { type: 'text', name: { zh: '模型名称', en: 'Name' } },
      kind: {
        type: 'text',
        name: { zh: '模型类型', en: 'Kind' },
        category: true,
        values: {
          mechanism: { zh: '机理模型', en: 'Mechanism' },
          ml: { zh: '机器学习模型', en: 'Machine learning' },
          large: { zh: '大模型', en: 'Large model' },
          agent: { zh: '智能体', en: 'Agent' },
          other: { zh: '其他', en: 'Other' },
        },
      },
      function: functionName,
      industry_code: industryCode,
      created_at: { type: 'timestamp', name: { zh: '创建时间', en: 'Created at' } },
    },
  },
  application: {
    name: { zh: '工业应用', en: 'Applications' },
    grain: { zh: '一个工业应用', en: 'one industrial application' },
    references: [toPlatform],
    columns: {
      application_id: { type: 'text', name: { zh: '应用编号', en: 'Application id' }, key: true },
      platform_id: { ...platformId, required: true },
      name: { type: 'text', name: { zh: '应用名称', en: 'Name' } },
      kind: { type: 'text', name: { zh: '应用类型', en: 'Kind' }, category: true },
      function: functionName,
      industry_code: industryCode,
      depth_level: {
        type: 'integer',
        name: { zh: '应用深度（1 连接–6 自治）', en: 'Depth (1 connect – 6 autonomous)' },
        range: { min: 1, max: 6 },
      },
      created_at: { type: 'timestamp', name: { zh: '创建时间', en: 'Created at' } },
    },
  },
  usage: {
    name: { zh: '模型与应用使用', en: 'Usage of models and applications' },
    grain: {
      zh: '一个组织在一个月内对一个模型或应用的使用',
      en: 'one organisation’s use of one model or application in one month',
    },
    references: [
      toPlatform,
      { table: 'model', columns: { subject_id: 'model_id' }, where: { subject_kind: 'model' } },
      {
        table: 'application',
        columns: { subject_id: 'application_id' },
        where: { subject_kind: 'application' },
      },
    ],
    columns: {
      subject_kind: {
        type: 'text',
        name: { zh: '对象', en: 'Subject' },
        key: true,
        category: true,
        values: {
          model: { zh: '模型', en: 'Model' },
          application: { zh: '应用', en: 'Application' },
        },
      },
      subject_id: { type: 'text', name: { zh: '模型或应用编号', en: 'Model or application id' }, key: true },
      month: { ...month, key: true },
      org_id: {
        ...orgId,
        name: { zh: '使用组织（* 为合计）', en: 'Organisation (* = all together)' },
        key: true,
      },
      platform_id: { ...platformId },
      users: { ...count, name: { zh: '用户数', en: 'Users' } },
      organisations: { ...count, name: { zh: '组织数', en: 'Organisations' } },
    },
  },
  contract: {
    name: { zh: '合同', en: 'Contracts' },
    grain: { zh: '一份服务合同', en: 'one service contract' },
    references: [toPlatform, toOrganisation],
    columns: {
      contract_id: { type: 'text', name: { zh: '合同编号', en: 'Contract id' }, key: true },
      platform_id: { ...platformId, required: true },
      org_id: { ...orgId, required: true },
      mode: {
        type: 'text',
        name: { zh: '服务模式', en: 'Mode' },
        category: true,
        values: {
          licence: { zh: '许可', en: 'Licence' },
          subscription: { zh: '订阅', en: 'Subscription' },
          pay_later: { zh: '先用后付', en: 'Use first, pay later' },
          project: { zh: '项目', en: 'Project' },
        },
      },
      start: { type: 'date', name: { zh: '开始日期', en: 'Start' }, required: true },
      matures_at: { type: 'date', name: { zh: '到期日', en: 'Matures at' } },
      first_paid_at: { type: 'date', name: { zh: '首次付款日', en: 'First paid at' } },
      ended_at: { type: 'date', name: { zh: '终止日期', en: 'Ended at' } },
      mrr: { ...money, name: { zh: '月度经常性收入', en: 'Monthly recurring revenue' } },
      arrears: { ...money, name: { zh: '欠款', en: 'Arrears' } },
    },
  },
  community: {
    name: { zh: '开源社区', en: 'Communities' },
    grain: { zh: '一个开源社区在一个月内的贡献', en: 'the contributions to one community in one month' },
    references: [toPlatform],
    columns: {
      community_id: { type: 'text', name: { zh: '社区编号', en: 'Community id' }, key: true },
      month: { ...month, key: true },
      platform_id: { ...platformId },
      repo: { type: 'text', name: { zh: '代码仓库', en: 'Repository' }, category: true },
      contributors: { ...count, name: { zh: '贡献者数', en: 'Contributors' } },
      external_contributors: { ...count, name: { zh: '外部贡献者数', en: 'External contributors' } },
      merged: { ...count, name: { zh: '合并数', en: 'Merged changes' } },
      merged_external: { ...count, name: { zh: '外部合并数', en: 'Merged changes from outside' } },
    },
  },
  platform_link: {
    name: { zh: '平台关联', en: 'Platform links' },
    grain: { zh: '两个平台之间的一种关联', en: 'one kind of link between two platforms' },
    references: [
      { table: 'platform', columns: { from: 'platform_id' } },
      { table: 'platform', columns: { to: 'platform_id' } },
    ],
    columns: {
      from: { ...platformId, name: { zh: '起点平台', en: 'From platform' }, key: true },
      to: { ...platformId, name: { zh: '终点平台', en: 'To platform' }, key: true },
      kind: {
        type: 'text',
        name: { zh: '关联类型', en: 'Kind' },
        key: true,
        category: true,
        values: {
          interconnect: { zh: '互联互通', en: 'Interconnection' },
          data_share: { zh: '数据共享', en: 'Data sharing' },
          model_reuse: { zh: '模型复用', en: 'Model reuse' },
        },
      },
      since: { type: 'date', name: { zh: '起始日期', en: 'Since' } },
    },
  },
  alias: {
    name: { zh: '别名', en: 'Aliases' },
    grain: { zh: '一个名称的规范取值', en: 'what one name stands for' },
    columns: {
      kind: { type: 'text', name: { zh: '列', en: 'Column' }, key: true, category: true },
      raw: { type: 'text', name: { zh: '原始名称', en: 'Name as exported' }, key: true },
      canonical: { type: 'text', name: { zh: '规范取值', en: 'Canonical value' }, required: true },
      approved_by: { type: 'text', name: { zh: '确认人', en: 'Approved by' } },
    },
  },
  plan_target: {
    name: { zh: '规划目标', en: 'Plan targets' },
    grain: { zh: '一项指标在一个范围内的目标', en: 'the target of one indicator in one scope' },
    columns: {
      indicator: { type: 'text', name: { zh: '指标', en: 'Indicator' }, key: true },
      scope: { type: 'text', name: { zh: '范围', en: 'Scope' }, key: true },
      base_date: { type: 'date', name: { zh: '基期', en: 'Base date' }, required: true },
      base_value: { type: 'number', name: { zh: '基期值', en: 'Base value' } },
      base_is_floor: { type: 'boolean', name: { zh: '基期值为下限', en: 'Base is a floor' } },
      target_date: { type: 'date', name: { zh: '目标期', en: 'Target date' }, required: true },
      target_value: { type: 'number', name: { zh: '目标值', en: 'Target value' }, required: true },
      source: { type: 'text', name: { zh: '来源', en: 'Source' } },
    },
  },
} as const satisfies Readonly<Record<string, CanonicalTable>>

export type CanonicalName = keyof typeof canonicalTables

export const canonicalNames = Object.keys(canonicalTables) as readonly CanonicalName[]

/** The declaration of a table, seen through its general type. */
export function canonicalTable(name: CanonicalName): CanonicalTable {
  return canonicalTables[name]
}

/** The tables that an export may be mapped to. */
export const importedNames = canonicalNames.filter(
  name => canonicalTable(name).derivedFrom === undefined,
) as readonly CanonicalName[]

/** Key columns in declaration order; empty for tables whose key is (file_id, row_no). */
export function keyColumns(name: CanonicalName): readonly string[] {
  return Object.entries(canonicalTable(name).columns).flatMap(([column, { key }]) => (key ? [column] : []))
}
