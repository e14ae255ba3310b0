import type {
  BarSeriesOption,
  CustomSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
} from 'echarts/charts'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import type {
  GridComponentOption,
  LegendComponentOption,
  MarkLineComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
  VisualMapComponentOption,
} from 'echarts/components'
import {
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

echarts.use([
  BarChart,
  CustomChart,
  GridComponent,
  LegendPlainComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  ScatterChart,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
])

/** One drawn series, of the four kinds that the marks use. */
export type Series = BarSeriesOption | CustomSeriesOption | LineSeriesOption | ScatterSeriesOption

/** All that is ever handed to ECharts. */
export type Option = ComposeOption<
  | Series
  | GridComponentOption
  | LegendComponentOption
  | MarkLineComponentOption
  | TitleComponentOption
  | TooltipComponentOption
  | VisualMapComponentOption
>

type One<T> = T extends readonly (infer Item)[] ? Item : T

export type AxisOption = One<NonNullable<Option['xAxis']>>

export { echarts }
