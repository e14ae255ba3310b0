import { asNumber } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { clusteredInterval, clusteredLimits, clusteredRates, estimateIn } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { sequenceInputs, sequenceRuns } from '../sequence-runs.ts'
import { shareBars, withLimits } from '../share-bars.ts'

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  table_name: 'text',
  records: 'integer',
  sequenced_records: 'integer',
  stray_messages: 'integer',
  runs: 'integer',
  telling_runs: 'integer',
  received: 'number',
  expected: 'number',
  lost: 'number',
  loss_rate: 'number',
  devices: 'integer',
  platform_error: 'number',
  all_devices: 'integer',
  overall_loss_rate: 'number',
  standard_error: 'number',
} as const

export default indicator({
  id: 'CON-10',
  version: 1,
  name: { zh: '报文丢失率', en: 'Message-loss rate' },
  unit: 'percent',
  source: 'RFC 3550 style',
  needs: [],
  uses: ['telemetry', 'conn_event', 'platform'],
  inputs: sequenceInputs,
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, inputs) => sql`
    with ${sequenceRuns(tables, inputs)}, counted as (
      select platform_id, count(*) as runs, count(*) filter (expected > 1) as telling_runs,
        sum(received) as received, sum(lost) as lost
      from run group by platform_id
    ), stray as (
      select platform_id, count(*) filter (is_stray) as stray_messages from judged join counter using (c) join sender using (s) group by platform_id
    ), per_device as (
      select platform_id, device_id, sum(lost) as k, sum(expected) as n from run group by platform_id, device_id
    ), ${clusteredRates(sql`per_device`)}
    select source.platform_id, platform_name, table_name, records, sequenced_records,
      coalesce(stray_messages, 0) as stray_messages, coalesce(runs, 0) as runs,
      coalesce(telling_runs, 0) as telling_runs, received, by_platform.n as expected, lost,
      by_platform.rate as loss_rate, coalesce(by_platform.devices, 0) as devices,
      by_platform.standard_error as platform_error, overall.devices as all_devices,
      overall.rate as overall_loss_rate, overall.standard_error
    from source
    left join counted on counted.platform_id is not distinct from source.platform_id
    left join stray on stray.platform_id is not distinct from source.platform_id
    left join by_platform on by_platform.platform_id is not distinct from source.platform_id
    left join ${platformNames(tables)} as named on named.platform_id = source.platform_id
    cross join overall
    order by loss_rate desc nulls last, records desc, source.platform_id nulls last`,

  derive: rows =>
    withLimits(rows, given => clusteredLimits(estimateIn(given, 'loss_rate', 'platform_error', 'devices'))),

  headline: (rows, { table }) => {
    const [records, sequenced] = [total(rows, 'records'), total(rows, 'sequenced_records')]
    const value = total(rows, 'telling_runs') === 0 ? null : figure(rows, 'overall_loss_rate')
    return headline(
      value,
      missing(table, records),
      [
        [{ zh: '序号区间内应有的报文', en: 'Messages in the runs' }, total(rows, 'expected'), 'integer'],
        [{ zh: '未收到的报文', en: 'Not received' }, total(rows, 'lost'), 'integer'],
        [{ zh: '序号段', en: 'Runs' }, total(rows, 'runs'), 'integer'],
        [
          { zh: '多于一条报文的序号段', en: 'Runs of more than one message' },
          total(rows, 'telling_runs'),
          'integer',
        ],
        [
          { zh: '孤立序号（不计）', en: 'Stray numbers (left out)' },
          total(rows, 'stray_messages'),
          'integer',
        ],
        [{ zh: '有序号的记录占比', en: 'Records with a number' }, quotient(sequenced, records), 'percent'],
      ],
      {
        interval: clusteredInterval(
          estimateIn(rows[0], 'overall_loss_rate', 'standard_error', 'all_devices'),
        ),
        basis: basis(sequenced, { zh: '有序号的记录', en: 'records with a sequence number' }, records),
      },
    )
  },

  chart: rows =>
    shareBars(
      rows.filter(({ telling_runs }) => (asNumber(telling_runs) ?? 0) > 0),
      {
        value: numberField('loss_rate', { zh: '报文丢失率', en: 'Message-loss rate' }, 'percent'),
        overall: figure(rows, 'overall_loss_rate'),
        platforms: { zh: '平台（按丢失率从高到低）', en: 'platforms, by loss' },
      },
    ),

  details: {
    runs: {
      name: { zh: '有缺号的序号段', en: 'Runs with numbers missing' },
      meaning: {
        zh: '一行为一个有缺号的序号段；缺得最多的在前。首末序号按时间先后，未展开回绕。',
        en: 'One row a run in which numbers are missing; the most missing first. First and last number in time, as they were written.',
      },
      result: {
        platform_id: 'text',
        device_id: 'text',
        series: 'text',
        began: 'timestamp',
        ended: 'timestamp',
        first_seq: 'integer',
        last_seq: 'integer',
        received: 'number',
        expected: 'number',
        lost: 'number',
      },
      query: (tables, inputs) => sql`
        with ${sequenceRuns(tables, inputs)}
        select platform_id, device_id, series, began, ended, first_seq, last_seq, received, expected, lost
        from run where lost > 0
        order by lost desc, platform_id nulls last, device_id, series, began, first_seq, last_seq, received, ended`,
    },
  },

  explanation: {
    meaning: {
      zh: '按报文序号的缺号估计的丢失比例：在每一段连续的序号里，从最小到最大应有多少个号，实际收到多少个不同的号。',
      en: 'The share of messages lost, told from gaps in their sequence numbers: in each run of numbers, how many there should be from the least to the greatest, and how many different ones arrived.',
    },
    formula: String.raw`L = 1 - \frac{\sum_r \#\{ s : s \in r \}}{\sum_r \bigl( \max_{s \in r} s - \min_{s \in r} s + 1 \bigr)}`,
    symbols: {
      zh: '$r$：序号段，在会话变更与序号复位处分开；$s$：段内收到的不同序号，已展开回绕；$L$：报文丢失率',
      en: '$r$: runs of sequence numbers, parted at a change of session and at a reset; $s$: the different numbers received in a run, unwrapped; $L$: message-loss rate',
    },
    source: {
      zh: '做法仿 RFC 3550 附录 A.1、A.3（最大乱序 100、最大跳跃 3000）。区间为以设备为整群的比率估计（Cochran, 1977）。',
      en: 'In the manner of RFC 3550, appendices A.1 and A.3 (misorder 100, dropout 3000). The interval is that of a ratio with devices as clusters (Cochran 1977).',
    },
    cautions: {
      zh: '序号取自遥测；遥测没有序号时取连接事件的。同一报文的多个测点同号，只计一次；每个测点自有计数器的，应改为“设备与测点”。报文按发生时间排序：序号后退不超过乱序窗口而未跌到一半以下的是乱序，不是丢失；跌到一半以下或退得更多的是复位，另起一段，复位前后丢了多少无从知道；只退一个号，或下一条报文又接上前一条的（迟到的报文），不算复位。会话变更由会话编号判断，没有编号的由两条报文之间的连接事件判断；若序号跨会话接续，按默认设置会看不见会话之间的丢失，应改为“序号接续”。AWS 生命周期事件的 versionNumber 按客户端计数、每次连接加一，连接与断开同号：它数的是会话，应选“序号接续”，得到的是生命周期事件的丢失。每段首号之前、末号之后的丢失都看不见，没有任何两条报文同属一段时不可计算。自动回绕只认距 2¹⁶、2³² 边界不超过乱序窗口的跨越，明确给出模数时放宽到 3000；不回绕时，回绕按复位处理。前后两条相接（相差不超过乱序窗口）而自身偏离超过乱序窗口的孤立序号（多因时钟错误）不计，条数列在旁边；段首、段末的孤立序号无从判断，照计，可使丢失率大增：请看明细中缺号最多的段。丢失成串出现，同一设备的报文并不独立，故区间以设备为单位。',
      en: 'Numbers are those of telemetry, or of connection events where telemetry has none. Several metrics of one message carry the same number and count once; where each metric has its own counter, choose “Device and metric”. Messages stand in the order of their event times: a step back within the misorder window that does not fall below half is a message out of order, not a loss; one that falls below half or farther is a reset and begins another run, and what was lost around it cannot be known; a step back by one, or one after which the next message goes on from the one before (a late message), is none. A change of session is told by the session id, or without one by a connect between two messages; where numbers go on across sessions the default hides what was lost between them: choose “Numbers go on”. The versionNumber of AWS lifecycle events counts connections of a client, the same for a connect and its disconnect: it numbers sessions, so choose “Numbers go on”, which gives the loss of lifecycle events. Losses before the first and after the last number of a run are not seen, and without two messages in any run the indicator is not computable. Automatic wrapping takes only steps across 2¹⁶ or 2³² within the misorder window, up to 3,000 where the modulus is given; without wrapping a wrap is a reset. A stray number, farther than the misorder window from neighbours that follow each other within it (mostly a faulty clock), is left out and counted beside; the first or last of a run cannot be told from a jump and counts, which may raise the loss beyond all measure: look at the runs with most numbers missing. Losses come in bursts and messages of one device are alike, so the interval takes devices as its units.',
    },
  },
})

function missing(table: string, records: number): readonly string[] {
  const tables = table === 'auto' ? ['telemetry', 'conn_event'] : [table]
  return records === 0 ? tables : tables.map(name => `${name}.seq`)
}
