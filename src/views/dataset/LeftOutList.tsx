import { useSay } from '../surroundings.ts'

/** Files and sheets that were there when the dataset was imported, and were left out. */
export function LeftOutList({ names }: { names: readonly string[] }) {
  const say = useSay()
  if (names.length === 0) return null
  const title = {
    zh: `未纳入的文件与工作表（${names.length}）`,
    en: `Files and sheets left out (${names.length})`,
  }
  return (
    <section className="dataset-section" aria-label={say(title)}>
      <h2>{say(title)}</h2>
      <ul className="left-out-names">
        {names.map(name => (
          <li key={name} className="ellipsis" title={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
