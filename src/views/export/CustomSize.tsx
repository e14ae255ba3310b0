import type { FigureSize } from '../../domain/figure.ts'
import { same } from '../../domain/phrase.ts'
import { Choice } from '../controls/Choice.tsx'
import { Amount } from '../controls/Fields.tsx'

const scales = ['1', '2', '3', '4'] as const

/** Width and height in the chosen unit, and how finely it is drawn. */
export function CustomSize({ size, onChange }: { size: FigureSize; onChange: (size: FigureSize) => void }) {
  const [min, max] = size.unit === 'px' ? [200, 8000] : [30, 1200]
  return (
    <div className="custom-size">
      <Amount
        label={{ zh: '宽', en: 'Width' }}
        unit={same(size.unit)}
        value={size.width}
        min={min}
        max={max}
        onChange={width => onChange({ ...size, width })}
      />
      <Amount
        label={{ zh: '高', en: 'Height' }}
        unit={same(size.unit)}
        value={size.height}
        min={min}
        max={max}
        onChange={height => onChange({ ...size, height })}
      />
      {size.unit === 'mm' ? (
        <Amount
          label={{ zh: '分辨率', en: 'Resolution' }}
          unit={same('dpi')}
          value={size.dpi}
          min={72}
          max={1200}
          onChange={dpi => onChange({ ...size, dpi })}
        />
      ) : (
        <Choice
          label={{ zh: '倍数', en: 'Scale' }}
          value={String(size.scale)}
          choices={scales.map(id => ({ id, name: same(`${id}×`) }))}
          onChange={scale => onChange({ ...size, scale: Number(scale) as 1 | 2 | 3 | 4 })}
        />
      )}
    </div>
  )
}
