import type { Chart } from '../../domain/chart.ts'
import { asNumber } from '../../domain/table.ts'
import { name, sql } from '../../sql/sql.ts'
import { logRankBesides, logRankColumns, logRankSums, withLogRank } from '../curve-test.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, numberField, platformField } from '../field.ts'
import { basis, figure, headline } from '../headline.ts'
import { logLogInterval, survivalFigure } from '../lifetime-chart.ts'
import { curvePoints, curveSummary, lifetimeCurves } from '../lifetimes.ts'
import { toldSessions, watchWindows } from '../observation.ts'
import { indicator } from '../recipe.ts'
import { mostCurves, sessionLives } from '../session-lives.ts'
import { sessionRule } from '../session-words.ts'

const hour = 3.6e9

const told = {
  group: 'text',
  platform_name: 'text',
  session_hours: 'number',
  survival: 'number',
  low: 'number',
  high: 'number',
  lives_at_risk: 'integer',
  marked_at_risk: 'integer',
  group_sessions: 'integer',
  median_hours: 'number',
  overall_median_hours: 'number',
  median_low_hours: 'number',
  median_high_hours: 'number',
  counted_sessions: 'integer',
  counted_ends: 'integer',
  unseen_sessions: 'integer',
  reconnected_sessions: 'integer',
  seen_from_hours: 'number',
  emptied_hours: 'number',
  shown_until_hours: 'number',
  observed_ends: 'integer',
  expected_ends: 'number',
} as const

export default indicator({
  id: 'CON-07',
  version: 1,
  name: { zh: '会话时长中位数', en: 'Median session length' },
  unit: 'h',
  source: 'Kaplan-Meier',
  needs: ['conn_event'],
  uses: ['device', 'platform'],
  inputs: {
    window_starts: {
      kind: 'choice',
      name: { zh: '观察开始时已在线的会话', en: 'Sessions already open when observation begins' },
      choices: {
        exclude: { zh: '起点未知，不计入', en: 'Beginning unknown: left out' },
        count: { zh: '自观察起点计（偏短）', en: 'Counted from there (too short)' },
      },
      default: 'exclude',
    },
    by: {
      kind: 'choice',
      name: { zh: '图中曲线', en: 'Curves' },
      choices: {
        all: { zh: '全部会话一条', en: 'One of all sessions' },
        platform: { zh: '按平台', en: 'By platform' },
        tier: { zh: '按平台梯度', en: 'By tier of the platform' },
        protocol: { zh: '按协议', en: 'By protocol' },
      },
      default: 'all',
    },
  },
  queried: { ...told, place: 'integer', covariances: 'text' },
  result: { ...told, ...logRankColumns },

  query: (tables, { by, window_starts }) => sql`
    with ${watchWindows(tables)}, ${toldSessions(tables)}, ${sessionLives(tables, by, window_starts === 'count')},
      ${lifetimeCurves}, ${curveSummary(0)}, ${curvePoints(hour)}, ${logRankSums}, aside as (
        select count(*) filter (is_unseen) as unseen,
          count(*) filter (not is_unseen and is_event and cause = 'reconnect') as reconnected
        from session_life
      )
    select case when here.grp <> '' then substr(here.grp, 2) end as ${name('group')}, platform_name,
      moment / ${hour} as session_hours, survival, low, high, at_risk as lives_at_risk, marked as marked_at_risk,
      own.lives as group_sessions, own.median / ${hour} as median_hours,
      overall.median / ${hour} as overall_median_hours, overall.median_low / ${hour} as median_low_hours,
      overall.median_high / ${hour} as median_high_hours, overall.lives as counted_sessions,
      overall.ended as counted_ends, unseen as unseen_sessions, reconnected as reconnected_sessions,
      overall.seen_from / ${hour} as seen_from_hours, overall.emptied / ${hour} as emptied_hours,
      shown_until / ${hour} as shown_until_hours, observed_ends, expected_ends, place, covariances
    from curve_point as here join curve_summary as own on own.grp = here.grp
      join curve_summary as overall on overall.grp = ''
      left join ${platformNames(tables)} on '=' || platform_id = here.grp and ${by === 'platform'}
      left join group_test on group_test.grp = here.grp, aside, shown, all_covariances
    order by own.grp <> '', own.lives desc, own.grp, moment, marked nulls first`,

  derive: withLogRank,

  headline: rows => {
    const [sessions, ends] = [figure(rows, 'counted_sessions') ?? 0, figure(rows, 'counted_ends') ?? 0]
    const unseen = figure(rows, 'unseen_sessions')
    const isWhole = figure(rows, 'seen_from_hours') === 0
    const missing = sessions === 0 ? ['conn_event'] : isWhole ? ['session.end'] : ['session.start']
    return headline(
      isWhole ? figure(rows, 'overall_median_hours') : null,
      missing,
      [
        [{ zh: '结束的会话', en: 'Sessions that ended' }, ends, 'integer'],
        [{ zh: '删失的会话', en: 'Sessions censored' }, sessions - ends, 'integer'],
        [{ zh: '起点未见（不计入）', en: 'Sessions of unseen beginning (left out)' }, unseen, 'integer'],
        [
          { zh: '未见断开即重连（计为结束）', en: 'Ended by another connect (counted as ends)' },
          figure(rows, 'reconnected_sessions'),
          'integer',
        ],
        [
          { zh: '在险集合清空于（小时）', en: 'Nobody at risk after (h)' },
          figure(rows, 'emptied_hours'),
          'decimal',
        ],
        ...logRankBesides(rows),
      ],
      {
        interval: logLogInterval(figure(rows, 'median_low_hours'), figure(rows, 'median_high_hours')),
        basis: basis(
          sessions,
          { zh: '起点可见的会话', en: 'sessions of seen beginning' },
          sessions + (unseen ?? 0),
        ),
      },
    )
  },

  chart: (rows, { by }): Chart => {
    const shown = rows.filter(each => (by === 'all' ? each.group === null : each.group !== null))
    const colour =
      by === 'platform'
        ? platformField('group', shown)
        : categoryField(
            'group',
            { zh: '分组', en: 'Group' },
            {
              labels: { unknown: { zh: '未知', en: 'Unknown' } },
            },
          )
    const counted = shown.filter(each => asNumber(each.session_hours) === 0 && each.marked_at_risk === null)
    return survivalFigure(shown, {
      time: numberField('session_hours', { zh: '会话时长', en: 'Session length' }, 'decimal', {
        zh: '小时',
        en: 'h',
      }),
      survival: { zh: '仍在线的会话占比', en: 'Share of sessions still open' },
      ...(by === 'all' ? {} : { colour }),
      rule: { axis: 'y', at: 0.5, name: { zh: '一半', en: 'Half' } },
      until: 'shown_until_hours',
      ...(counted.length === mostCurves
        ? {
            note: {
              zh: `图中至多 ${mostCurves} 组，会话多者在前`,
              en: `At most ${mostCurves} groups are shown, those of most sessions first`,
            },
          }
        : {}),
    })
  },

  explanation: {
    meaning: {
      zh: '一半会话不超过的时长，由 Kaplan–Meier 曲线读出：仍未结束的会话也提供“至少这么长”的信息，不作为已结束、也不丢弃。',
      en: 'The length that half of the sessions do not exceed, read off a Kaplan–Meier curve: a session that is still open tells that it lasts at least so long, and is neither taken as ended nor dropped.',
    },
    formula: String.raw`\hat{S}(t) = \prod_{t_j \le t} \left( 1 - \frac{d_j}{n_j} \right), \qquad \tilde{t} = \min \{\, t : \hat{S}(t) \le 0.5 \,\}`,
    symbols: {
      zh: String.raw`$\hat{S}(t)$：长于 $t$ 的会话占比；$t_j$：有会话结束的时长；$d_j$：恰在 $t_j$ 结束的会话；$n_j$：此前已进入观察且未结束的会话；$\tilde{t}$：时长中位数`,
      en: String.raw`$\hat{S}(t)$: share of sessions longer than $t$; $t_j$: lengths at which sessions ended; $d_j$: sessions that ended at $t_j$; $n_j$: sessions under observation and open just before; $\tilde{t}$: median length`,
    },
    source: {
      zh: 'Kaplan 与 Meier（1958），J. Amer. Statist. Assoc. 53:457–481；延迟进入与 log-log 区间：Klein 与 Moeschberger（2003），Survival Analysis 第 2 版，4.2–4.6；中位数的区间：Brookmeyer 与 Crowley（1982），Biometrics 38:29–41；对数秩检验：Mantel（1966），Cancer Chemother. Rep. 50:163–170，Klein 与 Moeschberger（2003），7.3。',
      en: 'Kaplan and Meier (1958), J. Amer. Statist. Assoc. 53:457–481. Delayed entry and log-log limits: Klein and Moeschberger (2003), Survival Analysis, 2nd ed., 4.2–4.6. Interval of the median: Brookmeyer and Crowley (1982), Biometrics 38:29–41. Log-rank test: Mantel (1966), Cancer Chemother. Rep. 50:163–170; Klein and Moeschberger (2003), 7.3.',
    },
    cautions: {
      zh: `每次会话权重相同：频繁重连的设备会话多，中位数主要反映它们。同一设备的会话、同一故障造成的断开彼此相关，区间假定会话独立，因此偏窄。观察开始时已在线的会话起点未知，默认不计入（次数列在旁边），长会话因此较少进入；改为自观察起点计则偏短。两次断开之间未见连接的会话起点同样未知，从不计入。设时期时，时期前开始而起点已知的会话以延迟进入方式计入；进入者寥寥时在险集合可能中途清空，曲线此后为 0，清空时刻列在旁边，中位数落在其处则不可信；时期内没有会话开始则不可计算。未见断开而再次连接的会话按约定在再次连接时结束，实际更短。心跳超时至多晚报 1.5 倍保活时间。删失被视为与时长无关；退役时间不使会话结束。分组作图时旁列各曲线的对数秩检验（只比较图中各组，超几何方差；表中给出各组的结束数与各组相同时的期望结束数）：p 值小说明各组时长分布不同；同一设备的会话并不独立，p 值因此偏小，会话极多时微小的差别也会显著，应同时看曲线相差多少。超过一半未结束时曲线到不了 0.5，中位数不可计算。图止于各组的曲线都降到 5% 或以下之处。${sessionRule.zh}`,
      en: `Every session weighs the same: a device that reconnects often has many, and the median tells mostly of such. Sessions of one device, and disconnects by one fault, are alike; the interval takes sessions as independent and is too narrow. Sessions already open when observation begins have an unknown beginning and are left out by default (their number stands beside), which keeps out long ones rather than short ones; counted from there they are too short. Sessions between two disconnects without a connect began unseen too and never count. Under a period, sessions of known beginning that began before it enter late, at the age they then had; where few have entered, nobody may be left at risk and the curve is 0 from there on: that time stands beside, and a median at it cannot be trusted. Where no session begins within the period there is no value. A session that ends by another connect without a disconnect ends, by convention, at that connect; in truth it was shorter. Keepalive timeouts are told up to 1.5 keepalives late. Censoring is taken as unrelated to length; a time of retirement ends no session. With curves by group a log-rank test stands beside (of the groups shown, hypergeometric variance; the table has the ends of each group and those to be expected were all alike): a small p tells that lengths differ between groups. Sessions of one device are not independent, so p is too small, and with very many sessions small differences are significant too: look at how far apart the curves are. Where more than half are still open the curve does not reach 0.5 and there is no median. The figure ends where the curve of each group has come down to 5% or less. ${sessionRule.en}`,
    },
  },
})
