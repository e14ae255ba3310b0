import { command } from '../command.ts'
import { neighbourIndicator } from '../neighbour.ts'

export default command({
  id: 'next-indicator',
  label: { zh: '下一个指标', en: 'Next indicator' },
  menu: { group: 'go', order: 20, separatorBefore: true },
  keys: 'Alt+Right',
  enabled: state => state.importing === null && state.history.present.datasets.length > 0,
  run: (workbench, state) => workbench.setSession({ place: neighbourIndicator(state.session.place, 1) }),
})
