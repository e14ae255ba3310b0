import { command } from '../command.ts'

export default command({
  id: 'theme-dark',
  label: { zh: '深色', en: 'Dark' },
  menu: { group: 'view', order: 31 },
  enabled: () => true,
  checked: state => state.session.theme === 'dark',
  run: workbench => workbench.setSession({ theme: 'dark' }),
})
