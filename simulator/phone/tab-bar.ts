// The tab bar that WeChat draws below pages of app.json's tabBar.
import type { TabBarState } from '../runtime/contract.ts'
import type { FrameHandle } from './frame.ts'
import { find } from './find.ts'

/** @param project the app's pictures and the variables of theme.json */
export function drawTabBar(
  tabBar: TabBarState | undefined,
  { runtime }: FrameHandle,
  project: (typeof globalThis)['__project'],
  press: (index: number) => void,
): void {
  const bar = find('tab-bar')
  bar.hidden = !tabBar
  if (!tabBar) return
  const { appJson, theme } = runtime
  const assets = project?.assets ?? {}
  /** app.json names a colour, or a variable of theme.json (`@name`) */
  const colour = (name: 'color' | 'selectedColor' | 'backgroundColor', fallback: string) => {
    const written = tabBar.style[name] ?? appJson.tabBar?.[name] ?? fallback
    return written.startsWith('@') ? (project?.theme[theme][written.slice(1)] ?? fallback) : written
  }
  bar.style.backgroundColor = colour('backgroundColor', '#fff')
  bar.replaceChildren(
    ...tabBar.list.map((item, index) => {
      const button = document.createElement('button')
      const selected = index === tabBar.selected
      const icon = assets[((selected ? item.selectedIconPath : item.iconPath) ?? '').replace(/^\.?\//, '')]
      if (icon) {
        const image = document.createElement('img')
        image.src = icon
        image.alt = ''
        button.append(image)
      }
      button.append(item.text ?? '')
      button.style.color = selected ? colour('selectedColor', '#3cc51f') : colour('color', '#69645a')
      if (selected) button.setAttribute('aria-current', 'page')
      const badge = tabBar.badges[index]
      if (badge !== undefined) button.append(badgeMark(badge))
      button.onclick = () => press(index)
      return button
    }),
  )
}

function badgeMark(badge: string | true): HTMLElement {
  const mark = document.createElement('em')
  if (badge === true) mark.className = 'dot'
  else mark.textContent = badge
  return mark
}
