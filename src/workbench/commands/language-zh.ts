import { same } from '../../domain/phrase.ts'
import { command } from '../command.ts'

export default command({
  id: 'language-zh',
  label: same('中文'),
  menu: { group: 'view', order: 20, separatorBefore: true },
  enabled: () => true,
  checked: state => state.session.language === 'zh',
  run: workbench => workbench.setSession({ language: 'zh' }),
})
