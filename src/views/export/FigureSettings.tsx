import type { Background, FigureSize } from '../../domain/figure.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { Choice } from '../controls/Choice.tsx'
import { Segments } from '../controls/Segments.tsx'
import { useSay } from '../surroundings.ts'
import { CustomSize } from './CustomSize.tsx'
import type { FigureChoices } from './ExportForm.tsx'
import { customMillimetres, customPixels, pixelsOf, presets } from './sizes.ts'

interface FigureSettingsProps {
  readonly format: 'png' | 'svg'
  readonly choices: FigureChoices
  readonly onChange: (choices: FigureChoices) => void
}

const backgrounds: readonly { readonly id: Background; readonly name: Phrase }[] = [
  { id: 'theme', name: { zh: '随主题', en: 'As the theme' } },
  { id: 'white', name: { zh: '白色', en: 'White' } },
  { id: 'transparent', name: { zh: '透明', en: 'Transparent' } },
]

const looks = [
  { id: 'light', name: { zh: '浅色', en: 'Light' } },
  { id: 'dark', name: { zh: '深色', en: 'Dark' } },
] as const

/** Size, theme and background of an exported figure. */
export function FigureSettings({ format, choices, onChange }: FigureSettingsProps) {
  return (
    <>
      <SizeChoice size={choices.size} onChange={size => onChange({ ...choices, size })} />
      {format === 'png' && <Pixels size={choices.size} />}
      <Segments
        label={{ zh: '主题', en: 'Theme' }}
        value={choices.theme}
        choices={looks}
        onChange={theme => onChange({ ...choices, theme })}
      />
      <Segments
        label={{ zh: '背景', en: 'Background' }}
        value={choices.background}
        choices={backgrounds}
        onChange={background => onChange({ ...choices, background })}
      />
    </>
  )
}

const custom: readonly { readonly id: string; readonly name: Phrase; readonly size: FigureSize }[] = [
  { id: 'custom-px', name: { zh: '自定义（像素）', en: 'Custom (pixels)' }, size: customPixels },
  { id: 'custom-mm', name: { zh: '自定义（毫米）', en: 'Custom (millimetres)' }, size: customMillimetres },
]

function SizeChoice({ size, onChange }: { size: FigureSize; onChange: (size: FigureSize) => void }) {
  const preset = presets.find(one => one.size === size)
  const value = preset?.id ?? `custom-${size.unit}`
  const all = [...presets, ...custom]
  return (
    <>
      <Choice
        label={{ zh: '尺寸', en: 'Size' }}
        value={value}
        choices={all}
        onChange={id => {
          const next = all.find(one => one.id === id)
          if (next !== undefined) onChange(next.size)
        }}
      />
      {preset === undefined && <CustomSize size={size} onChange={onChange} />}
    </>
  )
}

function Pixels({ size }: { size: FigureSize }) {
  const say = useSay()
  const { width, height } = pixelsOf(size)
  return (
    <p className="field-help">
      {say({ zh: `输出 ${width} × ${height} 像素`, en: `Gives ${width} × ${height} pixels` })}
    </p>
  )
}
