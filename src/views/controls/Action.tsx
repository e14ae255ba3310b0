import type { LucideIcon } from 'lucide-react'
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './controls.css'

interface ActionProps {
  readonly label: Phrase
  readonly icon?: LucideIcon
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly disabled?: boolean
  readonly onPress: () => void
}

/** A button with words. */
export function Action({ label, icon: Icon, kind = 'plain', disabled = false, onPress }: ActionProps) {
  const say = useSay()
  return (
    <Button className={`action action-${kind}`} isDisabled={disabled} onPress={onPress}>
      {Icon && <Icon aria-hidden />}
      <span>{say(label)}</span>
    </Button>
  )
}

interface IconActionProps {
  readonly label: Phrase
  readonly icon: LucideIcon
  /** The shortcut as it is written on this machine. */
  readonly keys?: string | undefined
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly onPress?: () => void
}

/** A button that is only a picture; its name is heard, and seen in a tooltip. */
export function IconAction({ label, icon: Icon, keys, disabled = false, pressed, onPress }: IconActionProps) {
  const say = useSay()
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <Button
        className="icon-action"
        aria-label={say(label)}
        isDisabled={disabled}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...(onPress === undefined ? {} : { onPress })}
      >
        <Icon aria-hidden />
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {say(label)}
        {keys !== undefined && <kbd className="keys">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
