/** What a column may be, in any table that a platform or a person made. */
export type Role =
  | 'device'
  | 'platform'
  | 'time'
  | 'ingest'
  | 'metric'
  | 'value'
  | 'unit'
  | 'quality'
  | 'kind'
  | 'reason'
  | 'session'
  | 'seq'
  | 'state'
  | 'lastSeen'
  | 'created'
  | 'activated'
  | 'retired'
  | 'product'
  | 'nodeType'
  | 'protocol'
  | 'province'
  | 'industry'
  | 'organisation'
  | 'parent'
  | 'name'

/**
 * The headers that name each role, the surest first, in Chinese and English. Compared without case, blanks, `_`, `-`,
 * `.`, `/` and units in brackets. A header that several roles know goes to the first of them whose values fit.
 */
export const roleNames: Readonly<Record<Role, readonly string[]>> = {
  device: words(
    '设备id 设备编号 设备编码 设备标识 设备唯一标识 设备标识码 设备号 设备代码 设备sn 设备序列号 设备唯一编码 终端编号 终端id 终端号',
    '终端标识 终端编码 终端序列号 序列号 sn码 deviceid devid deviceno devno devicecode devcode devicekey deviceuid deviceuuid',
    'devicesn devsn deviceserial deviceserialnumber devicenumber deviceidentifier equipmentid equipmentno machineid terminalid',
    'sensorid assetid clientid imei sn serialnumber serialno devicename device 设备名称 设备名 设备 终端 dev',
  ),
  platform: words(
    '平台编号 平台id 平台编码 平台标识 平台 平台名称 platformid platformcode platform platformname',
  ),
  time: words(
    '采集时间 上报时间 发生时间 事件时间 数据时间 采样时间 监测时间 测量时间 记录时间 时间戳 日期时间 时间 eventtime eventtimestamp',
    'sampletime samplingtime collecttime collectiontime collectedat reporttime reportedat occurredat occurtime recordtime recordedat',
    'datatime sourcetimestamp devicetime timestamp timestamputc datetime time ts tsevent eventts eventat',
  ),
  ingest: words(
    '接收时间 入库时间 到达时间 服务器时间 平台接收时间 平台时间 receivetime receivedtime receivedat recvtime servertime servertimestamp',
    'ingesttime ingestedat ingesttimestamp tsingest arrivaltime arrivedat enqueuedtime enqueuedtimeutc',
  ),
  metric: words(
    '测点 测点名称 测点名 测点编号 测点编码 测点id 测点标识 点位 点位名称 点位编号 点位编码 指标 指标名称 指标编码 指标项 属性 属性名称',
    '属性名 属性标识 变量 变量名 变量名称 参数 参数名 参数名称 监测项 监测指标 数据项 metric metricname metricid point pointname pointid',
    'tag tagname tagid measurement measurementname item itemname itemid key variable variablename varname parameter parametername',
    'param property propertyname propertyid attribute attributename resourcename datapoint field signal signalname channel',
  ),
  value: words(
    '值 数值 采集值 测量值 监测值 属性值 测点值 点位值 指标值 上报值 参数值 变量值 value val reading pointvalue tagvalue datavalue numericvalue',
    'measuredvalue propertyvalue itemvalue',
  ),
  unit: words('计量单位 数值单位 单位 unit units uom engineeringunit'),
  quality: words('质量码 数据质量 质量戳 质量 qualitycode quality statuscode qos'),
  kind: words(
    '事件类型 事件名称 事件 连接事件 上下线事件 上下线 上下线类型 上下线状态 动作 操作 类型 eventtype eventname event eventkind kind',
    'action actiontype operation type 状态 状态变化 status state',
  ),
  reason: words(
    '断开原因 离线原因 下线原因 断线原因 掉线原因 事件原因 原因 disconnectreason offlinereason reasoncode reason cause',
  ),
  session: words('会话id 会话编号 会话标识 会话 sessionid sessionidentifier session'),
  seq: words(
    '报文序号 消息序号 流水号 消息编号 sequencenumber sequenceno seqno seqnum seq sequence messageseq',
  ),
  state: words(
    '在线状态 连接状态 设备状态 联网状态 通信状态 通讯状态 激活状态 启用状态 活跃状态 当前状态 状态 是否在线 是否启用 是否活跃 onlinestatus onlinestate',
    'connectionstatus connectionstate connectstatus connstatus devicestatus devicestate status state isonline online connected',
    'activitystate activitystatus activestatus activestate isconnected isactive active enabled isenabled',
  ),
  lastSeen: words(
    '最后在线时间 最近在线时间 最后上线时间 最近上线时间 最后活跃时间 最近活跃时间 最后活动时间 最近活动时间 最后通信时间 最近通信时间',
    '最后通讯时间 最近通讯时间 最后上报时间 最近上报时间 最后心跳时间 最近心跳时间 最后连接时间 最近连接时间 最后数据时间 lastseen',
    'lastseenat lastseentime lastonline lastonlinetime lastonlineat lastactivity lastactivitytime lastactivetime lastactiveat lastactive',
    'lastreporttime lastreportedat lastheartbeat lastheartbeattime lastconnecttime lastconnectedat lastcommunicationtime lastcommunication',
    'lastmessagetime',
  ),
  created: words(
    '注册时间 创建时间 添加时间 接入时间 录入时间 登记时间 注册日期 创建日期 接入日期 createtime createdtime createdat created creationtime',
    'creationdate createddate createdon registertime registeredat registrationtime registrationdate registered gmtcreate',
  ),
  activated: words(
    '激活时间 启用时间 首次上线时间 首次在线时间 首次激活时间 激活日期 投运时间 投运日期 activetime activatedat activationtime activatetime',
    'activatedtime activationdate activated firstonlinetime firstonline firstseen commissionedat gmtactive',
  ),
  retired: words(
    '停用时间 退役时间 注销时间 报废时间 拆除时间 停用日期 退役日期 注销日期 retiredat retiretime retiredtime retirementdate decommissionedat',
    'deactivatedat deactivationtime deregisteredat disabledat',
  ),
  product: words(
    '产品 产品名称 产品型号 产品类型 产品标识 所属产品 设备型号 型号 规格型号 设备类型 设备类别 设备种类 product productname producttype',
    'productkey productid devicemodel model modelname devicetype equipmenttype thingtype devicecategory',
  ),
  nodeType: words('节点类型 设备节点类型 设备类型 nodetype devicetype'),
  protocol: words(
    '通信协议 通讯协议 接入协议 协议类型 协议 protocol protocoltype protocolname accessprotocol',
  ),
  province: words(
    '省份 所在省份 所属省份 省级区划 省 所在省 所属省 省级区划代码 省市 所在地区 地区 province provincename provincecode region',
  ),
  industry: words('所属行业 行业 行业名称 行业代码 行业类别 industry industryname industrycode'),
  organisation: words(
    '企业 企业名称 所属企业 接入企业 客户 客户名称 所属客户 使用单位 所属单位 单位名称 单位 租户 租户名称 组织 所属组织 组织机构 公司 公司名称',
    '所属公司 orgid orgname organisation organization organisationname organizationname customer customername customerid customertitle',
    'tenant tenantid tenantname company companyname enterprise',
  ),
  parent: words(
    '父设备id 父设备编号 父设备 上级设备 上级设备id 网关id 网关编号 网关设备id 网关标识 所属网关 网关 parentid parentdeviceid parentdevice',
    'gatewayid gatewaydeviceid gatewaysn gateway',
  ),
  name: words('设备名称 设备名 终端名称 设备昵称 名称 别名 devicename nickname displayname name'),
}

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap(line => line.split(' '))
}
