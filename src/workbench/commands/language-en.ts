import { same } from '../../domain/phrase.ts'
import { command } from '../command.ts'

export default command({
  id: 'language-en',
  label: same('English'),
  menu: { group: 'view', order: 21 },
  enabled: () => true,
  checked: state => state.session.language === 'en',
  run: workbench => workbench.setSession({ language: 'en' }),
})
