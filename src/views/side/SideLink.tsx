import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'

interface SideLinkProps {
  readonly name: string
  readonly icon?: LucideIcon
  readonly current: boolean
  readonly disabled?: boolean
  readonly depth?: 0 | 1
  readonly children?: ReactNode
  readonly onPress: () => void
}

/** One line of the side panel that leads somewhere; what stands at its right end comes as children. */
export function SideLink({
  name,
  icon: Icon,
  current,
  disabled = false,
  depth = 0,
  children,
  onPress,
}: SideLinkProps) {
  return (
    <Button
      className={`side-link side-depth-${depth}`}
      isDisabled={disabled}
      onPress={onPress}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {Icon && <Icon aria-hidden />}
      <span className="side-name ellipsis" title={name}>
        {name}
      </span>
      {children}
    </Button>
  )
}
