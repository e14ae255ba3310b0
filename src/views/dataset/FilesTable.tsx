import { absentNames, fileLabel, type ImportedFile } from '../../domain/file.ts'
import { formatBytes } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { Dataset } from '../../domain/workspace.ts'
import { FailureNote } from '../failure/FailureNote.tsx'
import { Account } from '../file/Account.tsx'
import { RejectBrowser } from '../file/RejectBrowser.tsx'
import { Remarks } from '../file/Remarks.tsx'
import { encodingNames, formatNames } from '../file/words.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { HashText } from './HashText.tsx'

/** The files of a dataset: how each was read, what it gave, and what was set aside. */
export function FilesTable({ dataset }: { dataset: Dataset }) {
  const say = useSay()
  return (
    <section className="files" aria-label={say({ zh: '文件', en: 'Files' })}>
      {dataset.files.map(file => (
        <FileEntry key={`${fileLabel(file)} ${file.sha256}`} file={file} />
      ))}
    </section>
  )
}

function FileEntry({ file }: { file: ImportedFile }) {
  return (
    <article className="file">
      <header className="file-head">
        <h2 className="ellipsis" title={fileLabel(file)}>
          {fileLabel(file)}
        </h2>
        <span className="spread" />
        {file.failure === null && (
          <Account read={file.rowsRead} accepted={file.rowsAccepted} rejected={file.rowsRejected} />
        )}
      </header>
      <FileFacts file={file} />
      {file.failure !== null && <FailureNote failure={file.failure} />}
      <Remarks
        doubts={file.doubts}
        droppedSecrets={file.droppedSecrets}
        absent={absentNames(file.unresolved)}
      />
      {file.rowsRejected > 0 && <Rejected file={file} />}
    </article>
  )
}

function Rejected({ file }: { file: ImportedFile }) {
  const say = useSay()
  return (
    <details className="file-rejects">
      <summary>{say({ zh: '查看被拒绝的行', en: 'Show the rejected rows' })}</summary>
      <RejectBrowser label={fileLabel(file)} counts={file.rejectCounts} rejects={file.rejects} />
    </details>
  )
}

function FileFacts({ file }: { file: ImportedFile }) {
  const say = useSay()
  const language = useLanguage()
  const adapter = useAdapterName(file)
  const parts = [
    file.format === null ? null : say(formatNames[file.format]),
    file.failure === null ? say(adapter) : null,
    file.encoding === null ? null : say(encodingNames[file.encoding]),
    file.encoding === null || file.adapter === null ? null : `UTC${file.assumedZone}`,
    formatBytes(file.bytes, language),
    file.archive === null
      ? null
      : say({ zh: `来自压缩包 ${file.archive.name}`, en: `out of ${file.archive.name}` }),
  ]
  return (
    <p className="file-facts muted">
      <span>{parts.filter(part => part !== null).join(' · ')}</span>
      {file.sha256 !== '' && <HashText sha256={file.sha256} />}
    </p>
  )
}

function useAdapterName(file: ImportedFile): Phrase {
  const { adapters } = useWorkbench()
  if (file.adapter === null) return { zh: '原始表', en: 'raw table' }
  const name = adapters.find(({ id }) => id === file.adapter)?.name ?? same(file.adapter)
  return { zh: `${name.zh} 第 ${file.adapterVersion} 版`, en: `${name.en}, version ${file.adapterVersion}` }
}
