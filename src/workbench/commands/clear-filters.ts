import { activeFilters, noFilters } from '../../domain/filter.ts'
import { command } from '../command.ts'

export default command({
  id: 'clear-filters',
  label: { zh: '清除全部筛选', en: 'Clear all filters' },
  menu: { group: 'edit', order: 30, separatorBefore: true },
  enabled: state => activeFilters(state.history.present.filters).length > 0,
  run: workbench => workbench.setFilters(noFilters),
})
