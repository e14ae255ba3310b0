import type { Chart, Field } from '../../domain/chart.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { deviceLives, lifeInputs, livesByQuarter, livesTogether } from '../device-lives.ts'
import { categoryField, numberField } from '../field.ts'
import { basis, figure, headline } from '../headline.ts'
import { instant } from '../instant.ts'
import { logLogInterval, survivalFigure } from '../lifetime-chart.ts'
import { curvePoints, curveSummary, lifetimeCurves } from '../lifetimes.ts'
import { indicator } from '../recipe.ts'
import { intervalName } from '../share-bars.ts'

const day = 86_400e6

export default indicator({
  id: 'CON-15',
  version: 1,
  name: { zh: '180天留存率', en: '180-day retention' },
  unit: 'percent',
  source: 'Kaplan-Meier',
  needs: ['device'],
  uses: ['device_snapshot'],
  atAsOf: true,
  inputs: {
    horizon: {
      kind: 'number',
      name: { zh: '激活后天数', en: 'Days since activation' },
      unit: { zh: '天', en: 'days' },
      min: 1,
      max: 3650,
      default: 180,
    },
    ...lifeInputs,
  },
  result: {
    age_days: 'number',
    survival: 'number',
    low: 'number',
    high: 'number',
    lives_at_risk: 'integer',
    marked_at_risk: 'integer',
    retained: 'number',
    retained_low: 'number',
    retained_high: 'number',
    retained_at_risk: 'integer',
    undelayed_retained: 'number',
    counted_devices: 'integer',
    counted_losses: 'integer',
    registered: 'integer',
    vanished_devices: 'integer',
    blind_devices: 'integer',
    seen_from_days: 'number',
    emptied_days: 'number',
    shown_until_days: 'number',
  },

  query: (tables, { horizon, ...given }, { asOf }) => sql`
    with ${deviceLives(tables, asOf, given)}, ${livesTogether}, ${lifetimeCurves}, ${curveSummary(horizon * day)}, ${curvePoints(day)},
      aside as (
        select count(*) as registered, count(vanished_at) as vanished, count(*) filter (not tells) as blind from device_life
      ), base as (
        select aside.*, overall.*, naive.horizon_survival as undelayed from aside
          left join curve_summary as overall on overall.grp = '' left join curve_summary as naive on naive.grp = 'activation'
      )
    select moment / ${day} as age_days, survival, low, high, at_risk as lives_at_risk, marked as marked_at_risk,
      horizon_survival as retained, horizon_low as retained_low, horizon_high as retained_high,
      horizon_at_risk as retained_at_risk, undelayed as undelayed_retained, lives as counted_devices,
      ended as counted_losses, registered, vanished as vanished_devices, blind as blind_devices,
      seen_from / ${day} as seen_from_days, emptied / ${day} as emptied_days, shown_until / ${day} as shown_until_days
    from base left join curve_point on curve_point.grp = '', shown
    where registered > 0
    order by moment, marked nulls first`,

  headline: (rows, { horizon, silent }) => {
    const [registered, devices] = [figure(rows, 'registered') ?? 0, figure(rows, 'counted_devices') ?? 0]
    const blind = figure(rows, 'blind_devices') ?? 0
    const emptied = figure(rows, 'emptied_days')
    const isWhole = figure(rows, 'seen_from_days') === 0 && (emptied === null || emptied > horizon)
    const losses = figure(rows, 'counted_losses') ?? 0
    const value = isWhole ? figure(rows, 'retained') : null
    return headline(
      value,
      missingFrom(registered, silent === 'exclude' ? blind : 0),
      [
        [{ zh: '已退役或消失的设备', en: 'Retired or vanished' }, losses, 'integer'],
        [
          { zh: '从清单中消失（全部注册设备）', en: 'Vanished from the lists (of all registered)' },
          figure(rows, 'vanished_devices'),
          'integer',
        ],
        [
          { zh: '该天数时的在险设备', en: 'At risk at that age' },
          figure(rows, 'retained_at_risk'),
          'integer',
        ],
        [
          { zh: '不作延迟进入（偏高）', en: 'Without delayed entry (too high)' },
          figure(rows, 'undelayed_retained'),
          'percent',
        ],
        [{ zh: '平台看不出退役的设备', en: 'On platforms that tell of no ends' }, blind, 'integer'],
      ],
      {
        interval:
          value === null || value === 0 || value === 1
            ? null
            : logLogInterval(figure(rows, 'retained_low'), figure(rows, 'retained_high')),
        basis: basis(devices, { zh: '设备', en: 'devices' }, registered),
      },
    )
  },

  chart: (rows, { horizon }): Chart =>
    survivalFigure(rows, {
      time: numberField('age_days', { zh: '激活后', en: 'Since activation' }, 'integer', {
        zh: '天',
        en: 'days',
      }),
      survival: { zh: '留存的设备占比', en: 'Share of devices retained' },
      rule: { axis: 'x', at: horizon, name: { zh: `${horizon} 天`, en: `${horizon} days` } },
      until: 'shown_until_days',
    }),

  details: {
    cohorts: {
      name: { zh: '各激活季度的留存', en: 'Retention by quarter of activation' },
      meaning: {
        zh: '每行一个激活季度（UTC），按先后排列：激活的设备数、其中有随访时间而计入的设备数、其退役或消失数（不限于所设天数以内）、以及仅用本季度设备得出的 Kaplan–Meier 留存率、95% 区间与该天数时的在险设备数。计入的设备数与退役数按季度相加即为首要数字的依据。首次观察之前激活的季度、随访尚不足所设天数的季度不给留存率；不作延迟进入的数值列在其后，含全部已知退役，一般偏高。',
        en: 'One row a quarter of activation (UTC), in the order of time: devices activated, those of them with a time of follow-up, which count, how many of these retired or vanished (at whatever age), and the Kaplan–Meier retention of the devices of that quarter alone with its 95% interval and the devices at risk at that age. Devices that count and losses add up to those of the headline. There is no retention for a quarter before the first look at the platforms, or not yet followed for so many days; the figure without delayed entry, of all known retirements, follows and is mostly too high.',
      },
      result: {
        activated_quarter: 'date',
        activated: 'integer',
        counted_devices: 'integer',
        counted_losses: 'integer',
        retained: 'number',
        retained_low: 'number',
        retained_high: 'number',
        retained_at_risk: 'integer',
        undelayed_retained: 'number',
        seen_from_days: 'number',
      },
      query: (tables, { horizon, ...given }, { asOf }) => sql`
        with ${deviceLives(tables, asOf, given)}, ${livesByQuarter}, ${lifetimeCurves}, ${curveSummary(horizon * day)},
          onboarded as (
            select date_trunc('quarter', activated_at)::date::varchar as grp, count(*) as activated from device_life
            where activated_at <= ${instant(asOf)} group by 1
          ), cohort as (
            select grp, activated, followed.lives, followed.ended, followed.seen_from, followed.horizon_at_risk,
              followed.horizon_survival, followed.horizon_low, followed.horizon_high,
              followed.seen_from = 0 and coalesce(followed.emptied > ${horizon * day}, true) as is_whole,
              naive.horizon_survival as undelayed
            from onboarded left join curve_summary as followed using (grp)
              left join curve_summary as naive on naive.grp = onboarded.grp || ' activation'
          )
        select grp::date as activated_quarter, activated, coalesce(lives, 0) as counted_devices,
          coalesce(ended, 0) as counted_losses, case when is_whole then horizon_survival end as retained,
          case when is_whole and horizon_survival > 0 and horizon_survival < 1 then horizon_low end as retained_low,
          case when is_whole and horizon_survival > 0 and horizon_survival < 1 then horizon_high end as retained_high,
          horizon_at_risk as retained_at_risk, undelayed as undelayed_retained, seen_from / ${day} as seen_from_days
        from cohort order by grp::date`,
      chart: rows => {
        const quarter = categoryField(
          'activated_quarter',
          { zh: '激活季度', en: 'Quarter of activation' },
          quarters(rows),
        )
        const percent = (field: string, name: Phrase) => numberField(field, name, 'percent')
        return {
          layers: [
            {
              mark: 'bar',
              x: percent('retained', { zh: '留存的设备占比', en: 'Share of devices retained' }),
              y: quarter,
            },
            {
              mark: 'whisker',
              at: quarter,
              low: percent('retained_low', intervalName),
              high: percent('retained_high', intervalName),
              along: 'x',
            },
          ],
          rows: rows.filter(({ retained }) => asNumber(retained) !== null),
        }
      },
    },
  },

  explanation: {
    meaning: {
      zh: '设备激活 180 天（可设）之后仍未退役的概率，由 Kaplan–Meier 曲线得出；设备自其平台首次被看到（首次导出或快照）起才进入在险集合。',
      en: 'The probability that a device is not retired 180 days (or as set) after its activation, by a Kaplan–Meier curve into which devices enter when their platform was first looked at (its first export or snapshot).',
    },
    formula: String.raw`R = \hat{S}(180\,\mathrm{d}), \qquad \hat{S}(t) = \prod_{t_j \le t} \left( 1 - \frac{d_j}{n_j} \right), \qquad n_j = \#\{\, i : v_i < t_j \le x_i \,\}`,
    symbols: {
      zh: String.raw`$R$：留存率；$\hat{S}(t)$：激活后 $t$ 仍在的占比；$d_j$：年龄 $t_j$ 时退役的设备；$n_j$：此时在险的设备；$v_i$：设备 $i$ 进入观察时的年龄，首次观察时或其后激活者自 0 起（含 0 时的退役）；$x_i$：其退役、消失或删失（其平台最后一次导出或快照，不晚于数据时点）时的年龄`,
      en: String.raw`$R$: retention; $\hat{S}(t)$: share still there at age $t$; $d_j$: devices retired at age $t_j$; $n_j$: devices then at risk; $v_i$: age of device $i$ when observation began, from the very beginning for those activated then or later; $x_i$: its age when it was retired, vanished, or was censored (at the last export or snapshot of its platform, not after the time of the data)`,
    },
    source: {
      zh: 'Kaplan 与 Meier（1958），J. Amer. Statist. Assoc. 53:457–481；延迟进入与 log-log 区间：Klein 与 Moeschberger（2003），Survival Analysis 第 2 版，4.2–4.6。',
      en: 'Kaplan and Meier (1958), J. Amer. Statist. Assoc. 53:457–481. Delayed entry and log-log limits: Klein and Moeschberger (2003), Survival Analysis, 2nd ed., 4.2–4.6.',
    },
    cautions: {
      zh: '幸存者偏差：设备清单通常不含已删除的设备，因此首次观察之前的寿命不计；不作延迟进入的数值列在旁边，一般偏高。只有一次清单或快照时没有随访时间，不可计算；首次观察之后没有新激活的设备、或在险集合中途清空时，曲线只在条件意义下成立，也不可计算。没有任何退役时间、又只有一次设备清单的平台看不出退役（快照不一定列出全部设备，不作清单），其设备默认不计入；其中也可能有确实无一退役的小平台，那样留存率偏低，可改为视为无一退役，两者相差多少即这一选择的影响。后一次清单中不再出现、又无退役时间的设备视为消失，时刻取两次清单的中点（可设）；不完整的导出会被误认为消失，同一天（UTC）的多份导出视为一次清单。没有激活时间、激活晚于数据时点、或退役早于激活的设备不计入。删失视为与寿命无关；同批激活的设备彼此相关，区间偏窄；无一退役时不给区间。设备多时，结果表只列曲线下降至每 0.4% 一级时的各点，各点数值即曲线在该处的值。时期筛选不裁剪设备，但其终点会移动数据时点。',
      en: 'Survivor bias: lists mostly omit deleted devices, so life before the first look does not count; the figure without delayed entry stands beside and is mostly too high. With a single list or snapshot there is no time of follow-up and no value; nor is there where no device was activated after the first look, or where nobody is left at risk on the way: the curve is then a conditional one. A platform with no retirement time at all and one device list tells of no ends (a snapshot need not name every device and is no list), and its devices are left out by default; some such platforms may truly have retired none, and the figure is then too low: they can be taken as without any retirement instead, and the difference is what this choice weighs. A device that a later list of its platform lacks, and that has no retirement time, has vanished, half way between the two lists unless set otherwise; an incomplete export looks like that too. Exports of one UTC day are one list. Devices without an activation time, activated after the time of the data, or retired before their activation do not count. Censoring is taken as unrelated to life; devices activated in batches are alike and the interval is too narrow; there is none where nothing was retired. With many devices the table has the curve where it falls below each step of 0.4%, exactly as it stands there. A period does not cut devices, but its end moves the time of the data.',
    },
  },
})

/** What would have to be there: a list, times of retirement, or a second look at the platforms. */
function missingFrom(registered: number, blind: number): readonly string[] {
  if (registered === 0) return ['device']
  return blind === registered ? ['device.retired_at'] : ['device.activated_at', 'device_snapshot']
}

/** The quarters by name, in the order of time. */
function quarters(rows: readonly Row[]): Pick<Field, 'labels' | 'order'> {
  const begins = rows.map(({ activated_quarter }) => String(activated_quarter))
  const words = begins.map(microseconds => {
    const date = new Date(Number(microseconds) / 1000)
    const [year, nth] = [date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) + 1]
    return [microseconds, { zh: `${year} 年第 ${nth} 季度`, en: `${year} Q${nth}` }] as const
  })
  return { order: begins, labels: Object.fromEntries(words) }
}
