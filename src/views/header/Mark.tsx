import { useSay } from '../surroundings.ts'

/** The product's mark: a balance of bars, and its name. */
export function Mark() {
  const say = useSay()
  return (
    <div className="mark">
      <svg className="mark-sign" viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1" y="10" width="4" height="9" rx="1" />
        <rect x="8" y="5" width="4" height="14" rx="1" />
        <rect x="15" y="1" width="4" height="18" rx="1" />
      </svg>
      <span>{say({ zh: 'Assay', en: 'Assay' })}</span>
    </div>
  )
}
