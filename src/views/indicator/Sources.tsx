import type { ImportedFile } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { Badge, SyntheticBadge } from '../controls/Badge.tsx'
import { HashText } from '../dataset/HashText.tsx'
import { useLanguage, useSay, useWorkbenchState } from '../surroundings.ts'

/** The datasets in the workspace with the hashes of their files: what the figure rests on. */
export function Sources() {
  const say = useSay()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  return (
    <section>
      <h3>{say({ zh: '数据来源', en: 'Data it rests on' })}</h3>
      {datasets.map(dataset => (
        <div key={dataset.id} className="source">
          <p className="source-name">
            {dataset.name} {dataset.synthetic && <SyntheticBadge />}
          </p>
          <ul>
            {dataset.files.map(file => (
              <SourceFile key={`${file.name} ${file.sha256}`} file={file} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function SourceFile({ file }: { file: ImportedFile }) {
  const language = useLanguage()
  const rows = formatCount(file.rowsAccepted, language)
  return (
    <li className="source-file">
      <span className="ellipsis">{file.name}</span>
      <Badge text={{ zh: `${rows} 行`, en: `${rows} rows` }} />
      <HashText sha256={file.sha256} />
    </li>
  )
}
